"""The log-in form: allauth's, in our words."""

from typing import Any

from allauth.account import forms as allauth
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.accounts.entrance import lockout


class LoginForm(allauth.LoginForm):
    """Account and password; says how many tries are left, never whether an account exists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label, password.label, password.help_text = _("Account"), _("Password"), ""
        for field in (name, password):
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "az-input"
        name.widget.attrs |= {"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false"}

    def clean(self) -> dict[str, Any]:
        """allauth's check, with one sentence for every way to fail."""
        try:
            return super().clean()
        except ValidationError as error:
            raise ValidationError(lockout.sentence(self.request), code="login") from error
