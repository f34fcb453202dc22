"""A clock as the component `web/ui/clock.html` draws it, and the one phrase of lists (`web/ui/due.html`)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anzhi.foundation.calendar.rules import Clock, Mark, Unit, WorkCalendar, local
from anzhi.foundation.web.words import prose_day

KINDS = {Mark.USED: "u", Mark.OUT: "p", Mark.LAST: "w", Mark.LATE: "o", Mark.LEFT: ""}


@dataclass(frozen=True)
class Part:
    """One cell."""

    kind: str
    today: bool


@dataclass(frozen=True)
class Drawn:
    """What the component takes."""

    name: str
    limit: str
    left: str
    tone: str
    cells: list[Part]
    note: str


def draw(name: str, clock: Clock, now: datetime, calendar: WorkCalendar) -> Drawn:
    """The whole clock."""
    left, tone = phrase(clock, now, calendar)
    cells = [Part(KINDS[cell.mark], cell.today) for cell in clock.cells(now, calendar)]
    return Drawn(name, length(clock.limit, clock.unit), left, tone, cells, _note(clock, now, calendar))


def phrase(clock: Clock, now: datetime, calendar: WorkCalendar) -> tuple[str, str]:
    """What is left in words, and its tone: "", "soon" on the last day, "late" after it."""
    due, here = clock.due(calendar), local(now)
    if due is None:
        return _("stands still, %(left)s left") % {"left": length(clock.left(now, calendar), clock.unit)}, ""
    if here > due:
        return _("overdue by %(days)s") % {"days": length(clock.overdue(now, calendar), clock.unit)}, "late"
    if here.date() == due.date():
        return _("due today %(time)s") % {"time": f"{due:%H:%M}"}, "soon"
    return _("%(days)s left") % {"days": length(clock.left(now, calendar), clock.unit)}, ""


def length(days: int, unit: Unit) -> str:
    """3 working days, 15 days."""
    if unit is Unit.WORKING:
        return ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def _note(clock: Clock, now: datetime, calendar: WorkCalendar) -> str:
    due = clock.due(calendar)
    parts = [_("Due %(day)s") % {"day": prose_day(due)}] if due else []
    out: dict[str, int] = {}
    for cell in clock.cells(now, calendar):
        if cell.mark is Mark.OUT and cell.reason:
            out[cell.reason] = out.get(cell.reason, 0) + 1
    if out:
        reasons = _(", ").join(f"{reason} {length(days, clock.unit)}" for reason, days in out.items())
        parts.append(_("not counted: %(reasons)s") % {"reasons": reasons})
    if clock.provisional(calendar):
        parts.append(_("provisional: the year’s holidays are not announced"))
    return _("; ").join(parts)
