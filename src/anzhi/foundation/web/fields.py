"""Form fields that know their unit, their money and their legal basis."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.money.field import to_fen

YUAN = _("yuan")
LARGEST = Decimal(10) ** 13


class MoneyInput(forms.CharField):
    """Yuan to the fen, thousands allowed while typing; the page echoes 万元 and words below."""

    is_money = True

    def __init__(self, *, unit: Any = YUAN, basis: Any = "", **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)
        self.unit, self.basis = unit, basis

    def clean(self, value: Any) -> Decimal | None:  # type: ignore[override]  # text in, yuan out
        """The exact amount. Raises ValidationError for anything else."""
        text = super().clean(value).replace(",", "").replace("，", "")
        if not text:
            return None
        try:
            amount = Decimal(text)
        except ArithmeticError as error:
            raise ValidationError(_("Write an amount in yuan, such as 4120000.00.")) from error
        if not amount.is_finite() or abs(amount) >= LARGEST:
            raise ValidationError(_("Write an amount in yuan, such as 4120000.00."))
        to_fen(amount)
        return amount


class Reason(forms.CharField):
    """Why: asked wherever something is returned, refused, revealed or ended."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Reason"))
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**({"min_length": 4, "max_length": 500} | options))
