"""Lists of the desk: what waits, what was done, what was begun, what was put before somebody."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.parameters import clock
from anzhi.foundation.web import cells, places, words
from anzhi.foundation.web.columns import Date, Figure, Link, State, Text
from anzhi.foundation.web.filters import Ask, Choice, DateRange, Filters, Region, Search
from anzhi.foundation.web.tables import Table
from anzhi.foundation.workflow import desk
from anzhi.foundation.workflow.states import CaseState, CopyKind, Edition

CASES = {"running": "run", "paused": "wait", "approved": "done", "rejected": "bad", "terminated": "bad"}
EDITIONS = {"draft": "", "review": "wait", "published": "done", "retired": ""}
READ = {True: _("Read"), False: _("Not read yet")}


class Due(Date):
    """A deadline in one phrase and its colour; the page has said it (`due_said`). A whole date in a sheet."""

    phone = "amount"

    def html(self, row: Any) -> SafeString | str:
        """The phrase."""
        text, tone = getattr(row, "due_said", ("", ""))
        return render_to_string("web/ui/due.html", {"text": text, "tone": tone}) if text else cells.NONE


def step_of(row: Any) -> str:
    """Procedure and step, the grey line under a title."""
    return f"{row.procedure} · {row.step_name}"


def stands_at(row: Any) -> str:
    """Where a case is: the names of its open steps."""
    return "、".join(dict.fromkeys(task.step_name for task in row.open_tasks))


def first_due(row: Any) -> Any:
    """The nearest deadline among the open tasks of a case."""
    return min((task.due_at for task in row.open_tasks if task.due_at), default=None)


class TodoTable(Table):
    """What waits, the most urgent first."""

    order = "due_at"
    title = Link(_("Matter"), "case.title", url="workflow:case", key="case_id", note=step_of)
    due = Due(_("Due by"), "due_at", time=True, sort="due_at")
    area = Text(_("Area"), lambda row: places.name_of(row.region_code), phone="note")
    came_from = Text(_("Came from"), drop=True, phone="more")
    created_at = Date(_("Reached the desk"), time=True, sort="created_at", phone="more")


class HandledTable(Table):
    """What one has done, the newest first."""

    order = "-done_at"
    day = "done_at"
    title = Link(_("Matter"), "case.title", url="workflow:case", key="case_id", note=step_of)
    opinion = Text(_("Opinion"), drop=True, phone="more")
    done_at = Date(_("Handled on"), time=True, sort="done_at", phone="more")
    state = State(_("Case"), "case.state", kinds=CASES, labels=dict(CaseState.choices))


class StartedTable(Table):
    """What one has begun, the newest first."""

    order = "-started_at"
    title = Link(_("Matter"), "title", url="workflow:case", note="procedure")
    due = Due(_("Due by"), first_due, time=True)
    where = Text(_("Stands at"), stands_at, phone="note")
    started_at = Date(_("Begun on"), time=True, sort="started_at", phone="more")
    state = State(_("Case"), "state", kinds=CASES)


class SupervisedTable(StartedTable):
    """Live cases of an area, the longest under way first."""

    order = "started_at"
    area = Text(_("Area"), lambda row: places.name_of(row.region_code), phone="more")


class CopyTable(Table):
    """What was put before somebody, the newest first."""

    order = "-sent_at"
    day = "sent_at"
    title = Link(_("Matter"), "case.title", url="workflow:case", key="case_id", note="procedure")
    kind = Text(_("Kind"), "get_kind_display", phone="note")
    note = Text(_("Note"), drop=True, phone="more")
    sent_by = Text(_("Sent by"), phone="more")
    sent_at = Date(_("Sent on"), time=True, sort="sent_at", phone="more")
    read = State(_("State"), lambda row: bool(row.read_at), kinds={True: "done", False: "wait"}, labels=READ)


class EditionTable(Table):
    """Every edition of every procedure."""

    order = "key"
    name = Text(_("Procedure"), href=desk.address_of, phone="title")
    version = Figure(_("Edition"), sort="version", phone="note")
    drafted_by = Text(_("Drafted by"), lambda row: words.person(row.drafted_by), phone="more")
    published_at = Date(_("In force from"), drop=True, phone="more")
    holes = Figure(_("Offices with holes"), lambda row: len({hole["agency"] for hole in row.holes}), phone="more")
    state = State(_("State"), kinds=EDITIONS)


def _late(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(due_at__lt=clock.now())


def _until(days: int) -> Any:
    def found(rows: QuerySet[Any]) -> QuerySet[Any]:
        now = clock.now()
        last = (localtime(now) + timedelta(days=days)).replace(hour=23, minute=59, second=59)
        return rows.filter(due_at__gte=now, due_at__lte=last)

    return found


class TaskFilters(Filters):
    """By urgency, procedure, area, words."""

    due = Ask(
        _("Due by"),
        ask={
            "late": (_("past the deadline"), _late),
            "today": (_("due today"), _until(0)),
            "week": (_("within seven days"), _until(7)),
            "none": (_("without a deadline"), Q(due_at=None)),
        },
    )
    kind = Choice(_("Procedure"), "case__key", choices=desk.procedures)
    area = Region(_("Area"), "region_code")
    q = Search(_("Title or step"), lookups=("case__title__icontains", "step_name__icontains"))


class HandledFilters(Filters):
    """By procedure, day, words."""

    kind = Choice(_("Procedure"), "case__key", choices=desk.procedures)
    done_at = DateRange(_("Handled on"))
    q = Search(_("Title or step"), lookups=("case__title__icontains", "step_name__icontains"))


class CaseFilters(Filters):
    """By state, procedure, area, words."""

    state = Choice(_("Case"), choices=CaseState.choices)
    kind = Choice(_("Procedure"), "key", choices=desk.procedures)
    area = Region(_("Area"), "region_code")
    q = Search(_("Title"), lookups=("title__icontains",))


class CopyFilters(Filters):
    """By kind, whether read, words."""

    kind = Choice(_("Kind"), choices=CopyKind.choices)
    read = Ask(_("State"), ask={"no": (READ[False], Q(read_at=None)), "yes": (READ[True], Q(read_at__isnull=False))})
    q = Search(_("Title"), lookups=("case__title__icontains",))


class EditionFilters(Filters):
    """By state and words."""

    state = Choice(_("State"), choices=Edition.choices)
    q = Search(_("Name"), lookups=("name__icontains", "key__icontains"))
