"""Budgets: the list, one budget, and its way into force."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.parameters import clock
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import ActionPage, DetailPage, FormPage
from anzhi.management.budgets import forms, queries, rules, tables
from anzhi.management.budgets.services import making
from anzhi.management.budgets.states import Stage


class BudgetList(ListPage):
    """What each office of the area may spend, and what is left of it."""

    permission = Permission.BUDGET_VIEW
    title = gettext_lazy("Budgets")
    rows = queries.budgets
    table, filters = tables.BudgetTable, tables.BudgetFilters
    counted = ngettext_lazy("%(n)s budget", "%(n)s budgets", "count")
    empty = (gettext_lazy("No budget yet"), gettext_lazy("An office's finance person opens the budget of a year."))

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """One act."""
        return [Act(_("Open a budget"), reverse("budgets:new"), "plus", "main", Permission.BUDGET_EDIT)]


class BudgetPage(DetailPage):
    """One budget: its lines by kind, and what is done next."""

    permission = Permission.BUDGET_VIEW
    nav = "budgets:index"
    row = queries.budget
    template = "budgets/budget.html"

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the row
        """Office and year."""
        return _("%(office)s, budget of %(year)s") % {
            "office": self.object.agency.short_name,
            "year": self.object.year,
        }

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Back to the list."""
        return (Crumb(_("Budgets"), reverse("budgets:index")), Crumb(str(self.object.year)))

    @property
    def marks(self) -> SafeString:
        """Its stage."""
        return state_pill(tables.STAGES[self.object.stage], self.object.get_stage_display())

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """The next step, and a line while it is proposed."""
        edit, decide = Permission.BUDGET_EDIT, Permission.BUDGET_DECIDE
        steps = {
            Stage.PROPOSAL: [
                ("line_new", _("Add a line"), "plus", "", edit),
                ("answer", _("Enter the ceilings"), "arrow-down", "main", decide),
            ],
            Stage.CEILING: [("refine", _("Refine within the ceilings"), "arrow-up", "main", edit)],
            Stage.REFINED: [("approve", _("Put in force"), "circle-check", "main", decide)],
            Stage.APPROVED: [("close", _("Close the year"), "lock", "", decide)],
        }
        found = steps.get(Stage(self.object.stage), [])
        return [
            Act(words, reverse(f"budgets:{name}", args=[self.object.pk]), icon, kind, permission, post=name == "close")
            for name, words, icon, kind, permission in found
        ]

    @cached_property
    def groups(self) -> list[queries.Group]:
        """Lines by kind."""
        return queries.grouped(self.object)

    def context(self) -> dict[str, Any]:
        """Groups, their sum, the rate, the trail."""
        whole = queries.sums([line for group in self.groups for line in group.lines])
        return {
            "groups": self.groups,
            "sums": whole,
            "in_force": whole["approved"] + whole["adjusted"],
            "rate": rules.rate(whole["spent"], whole["approved"], whole["adjusted"]),
            "making": self.object.stage in (Stage.PROPOSAL, Stage.CEILING, Stage.REFINED),
            "history": audit.history(self.object),
        }


class BudgetNew(FormPage):
    """Open the budget of one's own office."""

    permission = Permission.BUDGET_EDIT
    nav = "budgets:index"
    title = gettext_lazy("Open a budget")
    form = forms.BudgetForm
    submit = gettext_lazy("Open")
    done = gettext_lazy("The budget is open; add its lines.")

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the list."""
        return reverse("budgets:index")

    def initial(self) -> dict[str, Any]:
        """Budgets are made for the year to come."""
        return {"year": clock.today().year + 1}

    def save(self, form: Any) -> str:
        """Open it."""
        office = queries.agency(self.actor.agency_id or 0)
        made = making.open_budget(by=self.actor, agency=office, year=form.cleaned_data["year"])
        return reverse("budgets:budget", args=[made.pk])


class Step(FormPage, abstract=True):
    """Base of the steps of one budget."""

    nav = "budgets:index"
    row = queries.budget

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the budget."""
        return reverse("budgets:budget", args=[self.object.pk])

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Above it."""
        return (Crumb(_("Budgets"), reverse("budgets:index")), Crumb(str(self.object), self.back))


class BudgetAnswer(Step):
    """The ceilings, line by line."""

    permission = Permission.BUDGET_DECIDE
    title = gettext_lazy("Enter the ceilings")
    form = forms.CeilingForm
    done = gettext_lazy("The ceilings are given.")

    def form_arguments(self) -> dict[str, Any]:
        """Beginning with what was proposed."""
        return {"lines": queries.lines(self.object), "said": "proposed"}

    def save(self, form: Any) -> str:
        """Give them."""
        document = form.cleaned_data["document"]
        making.answer(by=self.actor, budget=self.object, ceilings=form.given(), document=document)
        return self.back


class BudgetRefine(Step):
    """The second proposal."""

    permission = Permission.BUDGET_EDIT
    title = gettext_lazy("Refine within the ceilings")
    form = forms.FiguresForm
    done = gettext_lazy("The budget is refined and waits for the reply.")

    def form_arguments(self) -> dict[str, Any]:
        """Beginning with the ceilings."""
        return {"lines": queries.lines(self.object), "said": "ceiling"}

    def save(self, form: Any) -> str:
        """Refine it."""
        making.refine(by=self.actor, budget=self.object, amounts=form.given())
        return self.back


class BudgetApprove(Step):
    """The reply."""

    permission = Permission.BUDGET_DECIDE
    title = gettext_lazy("Put in force")
    form = forms.DocumentForm
    submit = gettext_lazy("Put in force")
    done = gettext_lazy("The budget is in force.")

    def save(self, form: Any) -> str:
        """Put it in force."""
        making.approve(by=self.actor, budget=self.object, **form.cleaned_data)
        return self.back


class BudgetClose(ActionPage):
    """The end of the year."""

    permission = Permission.BUDGET_DECIDE
    nav = "budgets:index"
    row = queries.budget
    title = gettext_lazy("Close the year")
    done = gettext_lazy("The year is closed.")

    def act(self) -> str:
        """Close it."""
        making.close(by=self.actor, budget=self.object)
        return reverse("budgets:budget", args=[self.object.pk])
