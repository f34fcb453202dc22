"""Procedures: every edition, and what one of them says."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.acts import Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import DetailPage
from anzhi.foundation.workflow import desk, tables
from anzhi.foundation.workflow.engine.plans import plan_of


class DefinitionList(ListPage):
    """Every edition of every procedure."""

    permission = Permission.DEFINITION_VIEW
    title = _("Procedures")
    rows = desk.definitions
    table, filters = tables.EditionTable, tables.EditionFilters
    counted = ngettext_lazy("%(n)s edition", "%(n)s editions", "count")
    empty = (_("No procedure yet"), _("A procedure appears once it is drafted."))


class DefinitionPage(DetailPage):
    """One edition: its steps, where they lead, and the offices where nobody would be found."""

    permission = Permission.DEFINITION_VIEW
    nav = "workflow:definitions"
    row = desk.definition
    template = "workflow/definition.html"

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the row
        """Its name."""
        return self.object.name

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]  # depends on the row
        """Back to the list."""
        return (
            Crumb(_("Procedures"), reverse("workflow:definitions")),
            Crumb(_("Edition %(n)s") % {"n": self.object.version}),
        )

    @property
    def marks(self) -> SafeString:
        """Its state."""
        return state_pill(tables.EDITIONS[self.object.state], self.object.get_state_display())

    def context(self) -> dict[str, Any]:
        """Its steps, with the names of those they lead to."""
        plan = plan_of(self.object)
        steps = [(node, [(way.name, plan[way.to].name or way.to) for way in node.routes]) for node in plan.steps]
        return {"steps": steps, "holes": self.object.holes}
