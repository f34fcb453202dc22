"""Deadlines in one phrase with its colour, and the clocks of a case as they are drawn."""

from datetime import datetime

from django.utils.translation import gettext as _

from anzhi.foundation.calendar.drawing import Drawn, draw, length
from anzhi.foundation.calendar.rules import Unit, WorkCalendar, local
from anzhi.foundation.parameters import clock
from anzhi.foundation.workflow.engine import clocks
from anzhi.foundation.workflow.models import Case, Clock
from anzhi.foundation.workflow.states import ClockKind

Phrase = tuple[str, str]
ORDER = [ClockKind.SERVICE, ClockKind.STATUTORY, ClockKind.STEP]


class Days:
    """Phrases for one page: the calendar is asked for once."""

    def __init__(self) -> None:
        self.now = clock.now()
        self.calendar = clocks.office(local(self.now).date()).calendar

    def said(self, due: datetime | None) -> Phrase:
        """What is left in words, and its tone; nothing without a deadline."""
        return phrase(due, self.now, self.calendar) if due else ("", "")


def phrase(due: datetime, now: datetime, calendar: WorkCalendar) -> Phrase:
    """3 working days left, due today 17:30, overdue by 1 working day."""
    ends, here = local(due), local(now)
    if here > ends:
        days = calendar.working_days(ends.date(), here.date())
        if days == 0:
            return _("past its limit"), "late"
        return _("overdue by %(days)s") % {"days": length(days, Unit.WORKING)}, "late"
    if here.date() == ends.date():
        return _("due today %(time)s") % {"time": f"{ends:%H:%M}"}, "soon"
    return _("%(days)s left") % {"days": length(calendar.working_days(here.date(), ends.date()), Unit.WORKING)}, ""


def clocks_of(case: Case, visit: int | None = None) -> list[Drawn]:
    """Both clocks of a case, service first, then that of the round at hand."""
    rows = [row for row in Clock.objects.filter(case=case) if row.visit_id is None or row.visit_id == visit]
    if not rows:
        return []
    now = clock.now()
    here, spans = clocks.office(local(now).date()), clocks.spans_of(case.pk)
    rows.sort(key=lambda row: ORDER.index(ClockKind(row.kind)))
    return [
        draw(row.get_kind_display(), clocks.as_rule(row, spans, here.closing), row.stopped_at or now, here.calendar)
        for row in rows
    ]
