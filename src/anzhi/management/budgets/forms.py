"""Forms: a budget, its lines and figures, adjustments, requests to spend."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.web.fields import MoneyInput, Reason
from anzhi.management.budgets.models import BudgetLine
from anzhi.management.budgets.states import LineKind


class BudgetForm(forms.Form):
    """A year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2099)


class LineForm(forms.Form):
    """One line of the first proposal."""

    kind = forms.ChoiceField(label=_("Kind of expenditure"), choices=LineKind.choices)
    name = forms.CharField(label=_("Purpose"), max_length=60)
    department: forms.ModelChoiceField = forms.ModelChoiceField(None, label=_("Division"), required=False)
    amount = MoneyInput(label=_("Proposed"))
    basis = forms.CharField(label=_("Basis of the figure"), max_length=200, required=False)
    is_watched = forms.BooleanField(
        label=_("Receptions, official cars or travel abroad"), required=False, help_text=_("Shown apart in reports.")
    )

    def __init__(self, *args: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # the field above


class FiguresForm(forms.Form):
    """One figure for each line of a budget; `given()` is by line id."""

    def __init__(self, *args: Any, lines: Iterable[BudgetLine], said: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {f"line_{line.pk}": line for line in lines}
        for name, line in self.lines.items():
            start = getattr(line, said)
            self.fields[name] = MoneyInput(label=line.name, initial="" if start is None else f"{start:.2f}")

    def given(self) -> dict[int, Decimal]:
        """Yuan by line id."""
        return {line.pk: self.cleaned_data[name] for name, line in self.lines.items()}


class CeilingForm(FiguresForm):
    """The ceilings, and the document that brings them."""

    document = forms.CharField(label=_("Document of the finance department"), max_length=60)


class DocumentForm(forms.Form):
    """The document a decision rests on."""

    document = forms.CharField(label=_("Document of the reply"), max_length=60)


class AdjustForm(forms.Form):
    """Money from one line to another."""

    target: forms.ModelChoiceField = forms.ModelChoiceField(None, label=_("To the line"))
    amount = MoneyInput(label=_("Amount"))
    document = forms.CharField(label=_("Document"), max_length=60)
    reason = Reason()

    def __init__(self, *args: Any, lines: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = lines  # type: ignore[attr-defined]  # the field above


class ExpenseForm(forms.Form):
    """What is to be paid to whom."""

    purpose = forms.CharField(label=_("What for"), max_length=120)
    payee = forms.CharField(label=_("Payee"), max_length=80)
    amount = MoneyInput(label=_("Amount"))


class PaidForm(forms.Form):
    """What the voucher says."""

    amount = MoneyInput(label=_("Paid"))
    voucher = forms.CharField(label=_("Voucher"), max_length=40)


class ReasonForm(forms.Form):
    """Why not."""

    reason = Reason()
