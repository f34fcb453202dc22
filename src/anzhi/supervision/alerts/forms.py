"""What a person says when acting on an alert."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anzhi.supervision.alerts.states import Level
from anzhi.supervision.alerts.types.base import Parameter, RuleType, Unit


class NoteForm(forms.Form):
    """A note that stays on record."""

    note = forms.CharField(
        label=_("What was done or found"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays on record with your name and the time."),
    )


class AcknowledgeForm(forms.Form):
    """Acknowledging needs no words."""

    note = forms.CharField(label=_("Remark"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class LimitsForm(forms.Form):
    """New values of a rule's limits, and why; fields are named as the rule names them."""

    note = forms.CharField(
        label=_("Why, and on what basis"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays on record with your name and the time."),
    )

    def __init__(self, *args: Any, rule: RuleType, tried: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields.pop("note")
        for parameter in rule.parameters:
            self.fields[parameter.name] = limit_field(parameter)
        if not tried:
            self.fields["note"] = note
        self.rule = rule

    @property
    def limits(self) -> dict[str, Decimal]:
        """The values as the rule takes them."""
        return {p.name: stored(p, self.cleaned_data[p.name]) for p in self.rule.parameters}

    def clean(self) -> dict[str, Any]:
        """A worse level never begins earlier than a milder one."""
        data = super().clean() or {}
        days = [data.get(f"{level}_days") for level in ("blue", "yellow", "red")]
        known = [value for value in days if value is not None]
        if known != sorted(known):
            raise forms.ValidationError(_("A worse level begins later than a milder one: blue, yellow, red."))
        return data


def limit_field(parameter: Parameter) -> forms.Field:
    """A number with its unit; a share is written in per cent."""
    most = {Unit.DAYS: 3650, Unit.SHARE: 100, Unit.YUAN: 10**12}[parameter.unit]
    field = forms.DecimalField(
        label=_labelled(parameter), min_value=0, max_value=most, decimal_places=0 if parameter.unit == Unit.DAYS else 2
    )
    field.unit = {Unit.DAYS: _("days"), Unit.SHARE: "%", Unit.YUAN: _("yuan")}[parameter.unit]  # type: ignore[attr-defined]  # read by the field's template
    return field


def _labelled(parameter: Parameter) -> str:
    if parameter.level == "all":
        return parameter.label
    return f"{Level(parameter.level).label} · {parameter.label}"


def stored(parameter: Parameter, value: Decimal) -> Decimal:
    """A field's value as the parameter keeps it."""
    return value / 100 if parameter.unit == Unit.SHARE else value


def written(parameter: Parameter, value: Decimal) -> Decimal:
    """A parameter's value as the field shows it: without needless zeros."""
    value = value * 100 if parameter.unit == Unit.SHARE else value
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
