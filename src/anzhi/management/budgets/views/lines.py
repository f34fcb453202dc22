"""Lines of a budget."""

from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.pages import ActionPage, DetailPage, FormPage
from anzhi.management.budgets import forms, queries, tables
from anzhi.management.budgets.services import making
from anzhi.management.budgets.states import Stage
from anzhi.management.budgets.views.budgets import Step


class LinePage(DetailPage):
    """One line: what may still be promised, and every movement that made it so."""

    permission = Permission.BUDGET_VIEW
    nav = "budgets:index"
    row = queries.line
    template = "budgets/line.html"

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the row
        """Its purpose."""
        return self.object.name

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Its budget above it."""
        budget = self.object.budget
        return (
            Crumb(_("Budgets"), reverse("budgets:index")),
            Crumb(str(budget), reverse("budgets:budget", args=[budget.pk])),
            Crumb(self.object.get_kind_display()),
        )

    @property
    def marks(self) -> SafeString | str:
        """Whether reports show it apart."""
        return state_pill("wait", _("Watched spending")) if self.object.is_watched else ""

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """Ask, move money; drop while it is only proposed."""
        line, stage = self.object, self.object.budget.stage
        if stage == Stage.PROPOSAL:
            url = reverse("budgets:line_drop", args=[line.pk])
            return [Act(_("Take out"), url, "trash", "bad", Permission.BUDGET_EDIT, post=True)]
        closed = "" if stage == Stage.APPROVED else _("The budget is not in force.")
        empty = closed or ("" if line.available else _("Nothing is left on this line."))
        move, ask = (reverse(f"budgets:{name}", args=[line.pk]) for name in ("line_adjust", "expense_new"))
        return [
            Act(_("Move money"), move, "arrows-exchange", "", Permission.BUDGET_DECIDE, empty),
            Act(_("Ask to spend"), ask, "plus", "main", Permission.EXPENSE_ASK, empty),
        ]

    def context(self) -> dict[str, Any]:
        """Movements, requests, the trail."""
        return {
            "moves": list(queries.moves(self.object)),
            "expenses": [(found, tables.DECIDED[found.state]) for found in queries.expenses_of(self.object)],
            "history": audit.history(self.object),
        }


class LineNew(Step):
    """A line of the first proposal."""

    permission = Permission.BUDGET_EDIT
    title = gettext_lazy("Add a line")
    form = forms.LineForm
    submit = gettext_lazy("Add")
    done = gettext_lazy("The line is in the proposal.")

    def form_arguments(self) -> dict[str, Any]:
        """The divisions of the office."""
        return {"departments": queries.departments(self.object.agency_id)}

    def save(self, form: Any) -> str:
        """Propose it."""
        making.propose(by=self.actor, budget=self.object, **form.cleaned_data)
        return self.back


class LineDrop(ActionPage):
    """Out of the first proposal."""

    permission = Permission.BUDGET_EDIT
    nav = "budgets:index"
    row = queries.line
    title = gettext_lazy("Take out")
    done = gettext_lazy("The line is out of the proposal.")

    def act(self) -> str:
        """Drop it."""
        budget = self.object.budget_id
        making.drop(by=self.actor, line=self.object)
        return reverse("budgets:budget", args=[budget])


class OfLine(FormPage, abstract=True):
    """Base of the forms of one line."""

    nav = "budgets:index"
    row = queries.line

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the line."""
        return reverse("budgets:line", args=[self.object.pk])

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Above it."""
        return (Crumb(_("Budgets"), reverse("budgets:index")), Crumb(self.object.name, self.back))


class LineAdjust(OfLine):
    """Money to another line."""

    permission = Permission.BUDGET_DECIDE
    title = gettext_lazy("Move money")
    form = forms.AdjustForm
    submit = gettext_lazy("Move")
    done = gettext_lazy("The money is moved.")

    def form_arguments(self) -> dict[str, Any]:
        """The other lines."""
        return {"lines": queries.siblings(self.object)}

    def save(self, form: Any) -> str:
        """Move it."""
        making.adjust(by=self.actor, source=self.object, **form.cleaned_data)
        return self.back
