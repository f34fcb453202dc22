"""Forms of the account pages."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.access.sentences import roles_said
from anzhi.foundation.accounts.models import Agency, Department
from anzhi.foundation.web.fields import Reason


class LanguageForm(forms.Form):
    """One of the languages there are."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


class AgencyForm(forms.Form):
    """What may be changed about an office."""

    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), max_length=120, required=False)
    doc_prefix = forms.CharField(
        label=_("Mark of its documents"),
        max_length=20,
        required=False,
        help_text=_("What stands before the year in their numbers."),
    )


class DivisionForm(forms.Form):
    """A new division."""

    name = forms.CharField(label=_("Name of the division"), max_length=60)


class PostForm(forms.Form):
    """A place at an office."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Office"))
    title = forms.CharField(label=_("Post"), max_length=40)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a ModelChoiceField


class AccountForm(forms.Form):
    """A new person at one office."""

    name = forms.CharField(label=_("Name"), max_length=40)
    username = forms.CharField(
        label=_("Account"), max_length=40, help_text=_("Small letters, digits and hyphens, a letter first.")
    )
    title = forms.CharField(label=_("Post"), max_length=40)
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("Division"), required=False, empty_label=_("No division")
    )

    def __init__(self, *args: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]  # a ModelChoiceField


def said_roles() -> list[tuple[str, Any]]:
    """Every role with what it is for."""
    said = zip(ROLES, roles_said(ROLES), strict=True)
    return [(code, format_html("<b>{}</b> <small>{}</small>", name, sentence)) for code, (name, sentence) in said]


class RoleForm(forms.Form):
    """One of the roles."""

    role = forms.ChoiceField(label=_("Role"), choices=said_roles, widget=forms.RadioSelect)


class ReasonForm(forms.Form):
    """Why."""

    reason = Reason(label=_("Reason"))
