"""A new value of a parameter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.parameters.models import RuleParameter


class ValueForm(forms.Form):
    """The value, its first day, where it holds, and what it rests on."""

    value = forms.CharField(label=_("New value"), max_length=200)
    valid_from = forms.DateField(
        label=_("Holds from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Today or later. The value before ends the day before."),
    )
    scope = forms.ChoiceField(label=_("Holds in"), required=False)
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=200, help_text=_("Law and article, or the number of the document.")
    )
    note = forms.CharField(label=_("Remark"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, parameter: RuleParameter, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parameter.value is not None:
            number = forms.DecimalField(label=_("New value"), max_digits=20, decimal_places=4)
            number.unit = parameter.unit  # type: ignore[attr-defined]  # shown in the field's own box
            self.fields["value"] = number
        scope = self.fields["scope"]
        assert isinstance(scope, forms.ChoiceField)
        scope.choices = places
