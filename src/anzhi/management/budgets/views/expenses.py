"""Requests to spend."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.web.acts import Act, Crumb
from anzhi.foundation.web.cells import state_pill
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import ActionPage, DetailPage, FormPage
from anzhi.foundation.web.tables import Totals
from anzhi.management.budgets import forms, queries, tables
from anzhi.management.budgets.services import expenses
from anzhi.management.budgets.states import OPEN, ExpenseState
from anzhi.management.budgets.views.lines import OfLine


class ExpenseList(ListPage):
    """What was asked for, what waits, what was paid."""

    permission = Permission.BUDGET_VIEW
    title = gettext_lazy("Requests to spend")
    rows = queries.expenses
    table, filters = tables.ExpenseTable, tables.ExpenseFilters
    template = "budgets/expenses.html"
    counted = ngettext_lazy("%(n)s request", "%(n)s requests", "count")
    empty = (
        gettext_lazy("No request yet"),
        gettext_lazy("A request begins on the page of a budget line: “Ask to spend”."),
    )

    @cached_property
    def standing(self) -> queries.Asked:
        """The strip, from the query that also gives count and total."""
        return queries.standing(self.filtered)

    @cached_property
    def summed(self) -> Totals:
        """Of everything the filters leave."""
        return Totals(self.standing.rows, {"amount": self.standing.amount, "paid": self.standing.paid})

    def context(self) -> dict[str, Any]:
        """The strip."""
        return {"standing": self.standing}


class ExpensePage(DetailPage):
    """One request: what for, to whom, who decided."""

    permission = Permission.BUDGET_VIEW
    nav = "budgets:expenses"
    row = queries.expense
    template = "budgets/expense.html"

    @property
    def title(self) -> str:  # type: ignore[override]  # depends on the row
        """What for."""
        return self.object.purpose

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Back to the list."""
        return (Crumb(_("Requests to spend"), reverse("budgets:expenses")), Crumb(self.object.number))

    @property
    def marks(self) -> SafeString:
        """Its state."""
        return state_pill(tables.DECIDED[self.object.state], self.object.get_state_display())

    @property
    def acts(self) -> list[Act]:  # type: ignore[override]
        """What may happen next; what this person may not do says why."""
        row, mine = self.object, self.object.asked_by_id == self.actor.id
        found = []
        if row.state in OPEN and mine:
            found.append(self._act("withdraw", _("Take back"), "arrow-back-up", "", Permission.EXPENSE_ASK))
        if row.state == ExpenseState.ASKED:
            why = _("Who asked does not decide.") if mine else ""
            found.append(self._act("refuse", _("Refuse"), "x", "bad", Permission.EXPENSE_DECIDE, why))
            found.append(self._act("agree", _("Agree"), "check", "main", Permission.EXPENSE_DECIDE, why, post=True))
        if row.state == ExpenseState.APPROVED:
            why = _("Who asked or decided does not pay.") if mine or row.decided_by_id == self.actor.id else ""
            found.append(self._act("pay", _("Record the payment"), "receipt", "main", Permission.EXPENSE_PAY, why))
        return found

    def _act(self, name: str, *rest: Any, **more: Any) -> Act:
        words, icon, kind, permission, *why = rest
        url = reverse(f"budgets:expense_{name}", args=[self.object.pk])
        return Act(words, url, icon, kind, permission, *why, **more)

    def context(self) -> dict[str, Any]:
        """The trail."""
        return {"history": audit.history(self.object)}


class ExpenseNew(OfLine):
    """Ask to spend from a line."""

    permission = Permission.EXPENSE_ASK
    title = gettext_lazy("Ask to spend")
    form = forms.ExpenseForm
    template = "budgets/ask.html"
    submit = gettext_lazy("Ask")
    done = gettext_lazy("The request is in; its amount is set aside.")

    def save(self, form: Any) -> str:
        """Ask."""
        made = expenses.ask(by=self.actor, line=self.object, **form.cleaned_data)
        return reverse("budgets:expense", args=[made.pk])


class OfExpense(FormPage, abstract=True):
    """Base of the forms of one request."""

    nav = "budgets:expenses"
    row = queries.expense

    @property
    def back(self) -> str:  # type: ignore[override]
        """To the request."""
        return reverse("budgets:expense", args=[self.object.pk])

    @property
    def crumbs(self) -> tuple[Crumb, ...]:  # type: ignore[override]
        """Above it."""
        return (Crumb(_("Requests to spend"), reverse("budgets:expenses")), Crumb(self.object.number, self.back))


class ExpenseAgree(ActionPage):
    """Yes."""

    permission = Permission.EXPENSE_DECIDE
    nav = "budgets:expenses"
    row = queries.expense
    title = gettext_lazy("Agree")
    done = gettext_lazy("Agreed to; finance can pay.")

    def act(self) -> str:
        """Agree."""
        expenses.agree(by=self.actor, expense=self.object)
        return reverse("budgets:expense", args=[self.object.pk])


class ExpenseRefuse(OfExpense):
    """No, and why."""

    permission = Permission.EXPENSE_DECIDE
    title = gettext_lazy("Refuse")
    form = forms.ReasonForm
    submit = gettext_lazy("Refuse")
    done = gettext_lazy("Refused; the money is free again.")

    def save(self, form: Any) -> str:
        """Refuse."""
        expenses.refuse(by=self.actor, expense=self.object, **form.cleaned_data)
        return self.back


class ExpenseWithdraw(OfExpense):
    """Taken back by who asked."""

    permission = Permission.EXPENSE_ASK
    title = gettext_lazy("Take back")
    form = forms.ReasonForm
    submit = gettext_lazy("Take back")
    done = gettext_lazy("Taken back; the money is free again.")

    def save(self, form: Any) -> str:
        """Take it back."""
        expenses.withdraw(by=self.actor, expense=self.object, **form.cleaned_data)
        return self.back


class ExpensePay(OfExpense):
    """The voucher."""

    permission = Permission.EXPENSE_PAY
    title = gettext_lazy("Record the payment")
    form = forms.PaidForm
    submit = gettext_lazy("Record the payment")
    done = gettext_lazy("The payment is on record.")

    def initial(self) -> dict[str, Any]:
        """All of it."""
        return {"amount": f"{self.object.amount:.2f}"}

    def save(self, form: Any) -> str:
        """Record it."""
        expenses.pay(by=self.actor, expense=self.object, **form.cleaned_data)
        return self.back
