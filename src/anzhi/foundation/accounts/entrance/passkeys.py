"""allauth's passkey forms: an answer that is none is refused in words, not met with an error of ours."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as allauth
from cryptography.exceptions import InvalidSignature

# what the libraries behind allauth raise for answers made by hand; the log-in page is open to everybody
MADE_UP = (KeyError, TypeError, ValueError, AttributeError, InvalidSignature)


class Answer:
    """An answer to a challenge."""

    def clean_credential(self) -> Any:
        """allauth's check."""
        try:
            return super().clean_credential()  # type: ignore[misc]  # a form comes after this class
        except MADE_UP as wrong:
            raise get_adapter().validation_error("incorrect_code") from wrong


class LogInForm(Answer, allauth.LoginWebAuthnForm):
    """By passkey alone."""


class SecondForm(Answer, allauth.AuthenticateWebAuthnForm):
    """After the password."""


class ConfirmForm(Answer, allauth.ReauthenticateWebAuthnForm):
    """Before the way to log in changes."""


class AddForm(allauth.AddWebAuthnForm):
    """A new passkey."""

    def clean(self) -> dict[str, Any]:
        """allauth's check."""
        try:
            return super().clean()
        except MADE_UP as wrong:
            raise get_adapter().validation_error("incorrect_code") from wrong
