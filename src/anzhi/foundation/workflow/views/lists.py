"""The desk: to do, done, begun, copies, supervision, and the queue of tasks nobody was found for."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from anzhi.foundation.access.gate import may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.paging import Chunk
from anzhi.foundation.workflow import desk, tables
from anzhi.foundation.workflow.due import Days

TASKS = ngettext_lazy("%(n)s task", "%(n)s tasks", "count")
CASES = ngettext_lazy("%(n)s case", "%(n)s cases", "count")


@dataclass(frozen=True)
class Tab:
    """One of the lists, with its figure."""

    label: Any
    url: str
    count: int
    here: bool


class DeskPage(ListPage, abstract=True):
    """A list with the tabs of the desk above it; `tab` is its own url name."""

    nav = "workflow:inbox"
    template = "workflow/desk.html"
    styles = ("workflow/css/case.css",)
    tab: ClassVar[str]
    own_area = False
    due: ClassVar[Any] = None  # how a row's deadline is found

    def query(self) -> QuerySet[Any]:
        """The rows of this tab."""
        return self.lists[self.tab]

    @cached_property
    def lists(self) -> dict[str, QuerySet[Any]]:
        """The rows behind each tab."""
        by = self.actor
        found: dict[str, QuerySet[Any]] = {
            "inbox": desk.todo(by),
            "handled": desk.handled(by),
            "started": desk.started(by),
            "copies": desk.copies(by),
        }
        if may(by, Permission.CASE_SUPERVISE):
            found |= {"supervised": desk.supervised(self.scope), "queue": desk.queue(self.scope)}
        return found

    @cached_property
    def tabs(self) -> list[Tab]:
        """The lists this person has, each with its figure."""
        labels = {page.tab: page.title for page in PAGES}
        counts = desk.figures(self.lists)
        return [Tab(labels[n], reverse(f"workflow:{n}"), counts[n], n == self.tab) for n in self.lists]

    @cached_property
    def chunk(self) -> Chunk:
        """The rows of this page, their deadlines in words."""
        found = super().chunk
        if type(self).due is not None:
            days = Days()
            for row in found.rows:
                row.due_said = days.said(type(self).due(row))
        return found


class Inbox(DeskPage):
    """What waits for me, the most urgent first."""

    permission = Permission.CASE_VIEW
    tab, title = "inbox", _("My desk")
    table, filters = tables.TodoTable, tables.TaskFilters
    due = staticmethod(lambda row: row.due_at)
    counted = TASKS
    empty = (_("Nothing waits for you"), _("What comes to your desk appears here with its deadline."))


class Handled(DeskPage):
    """What I have done."""

    permission = Permission.CASE_VIEW
    tab, title = "handled", _("Handled by me")
    table, filters = tables.HandledTable, tables.HandledFilters
    counted = TASKS
    empty = (_("Nothing handled yet"), _("What you pass, send back or answer appears here."))


class Started(DeskPage):
    """What I have begun."""

    permission = Permission.CASE_VIEW
    tab, title = "started", _("Begun by me")
    table, filters = tables.StartedTable, tables.CaseFilters
    due = staticmethod(tables.first_due)
    counted = CASES
    empty = (_("You have begun no case"), _("A case begins on the page of what it is about."))


class Copies(DeskPage):
    """What was put before me."""

    permission = Permission.CASE_VIEW
    tab, title = "copies", _("Copies to me")
    table, filters = tables.CopyTable, tables.CopyFilters
    counted = ngettext_lazy("%(n)s copy", "%(n)s copies", "count")
    empty = (_("No copies"), _("Copies, reminders and marks of deadlines appear here."))


class Supervised(DeskPage):
    """Live cases of my area."""

    permission = Permission.CASE_SUPERVISE
    tab, title = "supervised", pgettext_lazy("desk", "Supervision")
    table, filters = tables.SupervisedTable, tables.CaseFilters
    due = staticmethod(tables.first_due)
    counted = CASES
    empty = (_("No case is under way"), _("Cases of your area stand here until they end."))


class Queue(DeskPage):
    """Tasks nobody was found for."""

    permission = Permission.CASE_SUPERVISE
    tab, title = "queue", _("Nobody found")
    table, filters = tables.TodoTable, tables.TaskFilters
    due = staticmethod(lambda row: row.due_at)
    counted = TASKS
    empty = (_("Somebody was found for every task"), _("Where a post is empty, the task waits here to be assigned."))


PAGES = (Inbox, Handled, Started, Copies, Supervised, Queue)
