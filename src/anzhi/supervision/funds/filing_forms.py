"""Forms of an account's life: filing, confirming, changing, closing."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.accounts.models import Agency
from anzhi.foundation.web.fields import Reason
from anzhi.management.plans.states import River
from anzhi.supervision.funds.states import Link, Nature

Choices = list[tuple[str, str]]
CNAPS = RegexValidator(r"^\d{12}$", _("A bank line number has 12 digits."))


class TypedAnew(forms.TextInput):
    """A number that is never written back into the page: after a mistake it is typed again."""

    def format_value(self, value: Any) -> None:
        """Nothing."""


def number(**options: Any) -> forms.CharField:
    """The full number of an account, never echoed."""
    attrs = {"autocomplete": "off", "inputmode": "numeric"}
    return forms.CharField(label=_("Account number"), max_length=60, widget=TypedAnew(attrs), **options)


def day(label: Any, **options: Any) -> forms.DateField:
    """A day, picked or typed."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


class FactsForm(forms.Form):
    """What may be corrected later."""

    name = forms.CharField(
        label=_("Name of the account"),
        max_length=120,
        help_text=_("As the bank writes it: it begins with the registered name of the office."),
    )
    branch = forms.CharField(label=_("Branch"), max_length=80)
    cnaps = forms.CharField(
        label=_("Bank line number"), required=False, validators=[CNAPS], help_text=_("12 digits, the branch knows it.")
    )
    nature = forms.ChoiceField(label=_("Nature"), choices=Nature.choices, initial=Nature.SPECIAL)
    rivers = forms.MultipleChoiceField(
        label=_("Funds"),
        choices=River.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One kind an account; two are registered, and marked as mixed."),
    )
    link = forms.ChoiceField(label=_("Way of the data"), choices=Link.choices, initial=Link.FILE)
    authorised_until = day(
        _("Authorised until"), required=False, help_text=_("Last day of the authorisation that lets us ask the bank.")
    )

    def holder(self) -> Agency | None:
        """The office that holds the account."""
        return None

    def clean(self) -> dict[str, Any]:
        """An account bears the name of its office (户名与单位名称一致)."""
        data, office = super().clean() or {}, self.holder()
        if office and data.get("name") and not data["name"].startswith((office.name, office.short_name)):
            self.add_error("name", _("The name begins with that of the office: %(name)s.") % {"name": office.name})
        return data


class FilingForm(FactsForm):
    """A new account, as its bank papers say."""

    bank = forms.ChoiceField(label=_("Bank"))
    number = number(help_text=_("9 to 30 digits. Kept sealed, shown masked; another person types it once more."))
    agency = forms.ChoiceField(label=_("Office"))
    upper = forms.ChoiceField(
        label=_("Account above"), required=False, help_text=_("From which account money should arrive here.")
    )
    opened_on = day(_("Opened on"))
    field_order = ("bank", "branch", "cnaps", "number", "agency", "name", "nature", "rivers", "upper", "opened_on")

    def __init__(self, *args: Any, banks: Choices, offices: list[Agency], uppers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {str(office.pk): office for office in offices}
        self.fields["bank"].choices = [("", "—"), *banks]  # type: ignore[attr-defined]
        self.fields["agency"].choices = [(key, office.name) for key, office in self.offices.items()]  # type: ignore[attr-defined]
        if uppers:
            self.fields["upper"].choices = [("", _("None, or not in this area")), *uppers]  # type: ignore[attr-defined]
        else:
            del self.fields["upper"]

    def holder(self) -> Agency | None:
        """The office chosen."""
        return self.offices.get(self.cleaned_data.get("agency", ""))


class ChangeForm(FactsForm):
    """Corrected facts, and why."""

    reason = Reason(label=_("Why it changes"))

    def __init__(self, *args: Any, office: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office

    def holder(self) -> Agency:
        """Its office; it never changes."""
        return self.office


class ConfirmForm(forms.Form):
    """The second pair of eyes."""

    number = number(
        help_text=_("Read it off the bank's paper, not off this page: it must be the number that was filed.")
    )
    seen = forms.BooleanField(label=_("I have compared the other facts with the bank's papers."))


class WhyForm(forms.Form):
    """Why: the trail keeps it."""

    reason = Reason()


class CloseForm(forms.Form):
    """The day on the bank's proof of closing."""

    on = day(_("Closed on"), help_text=_("The balance must be zero and every row explained."))
