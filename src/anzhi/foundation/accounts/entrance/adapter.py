"""What allauth asks us: no sign-up, no e-mail, secrets sealed, every act told to the trail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anzhi.foundation.access.secrets import seal, unseal
from anzhi.foundation.accounts import trail
from anzhi.foundation.accounts.entrance.clients import address
from anzhi.foundation.accounts.entrance.hurdles import PASSED
from anzhi.foundation.accounts.models import User

SECRET = "mfa_authenticator.data"  # noqa: S105 — the place a secret is sealed for, not a secret
SAID = {  # allauth's messages that are worth saying, in our words; the others are not shown
    "account/messages/password_changed.txt": gettext_lazy("Your password is changed."),
    "mfa/messages/totp_activated.txt": gettext_lazy("Codes from your telephone are asked for from now on."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Codes are no longer asked for."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy(
        "New recovery codes are made; the old ones no longer work."
    ),
}
TOLD = {  # of these, the ones the trail must know
    "mfa/messages/totp_activated.txt": "totp_added",
    "mfa/messages/totp_deactivated.txt": "totp_removed",
    "mfa/messages/webauthn_added.txt": "passkey_added",
    "mfa/messages/webauthn_removed.txt": "passkey_removed",
    "mfa/messages/recovery_codes_generated.txt": "codes_made",
}


class AccountAdapter(DefaultAccountAdapter):
    """Log-in, log-out, passwords."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by the security administrator."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth's own counting of wrong passwords is off: axes alone locks."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address nginx saw."""
        return address(request)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Tell the trail how they came in, and speak their language."""
        response = super().post_login(request, user, **kwargs)
        methods = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
        trail.logged_in(user, method=methods or ["password"], address=address(request))
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def logout(self, request: Any) -> None:
        """Tell the trail, then leave."""
        trail.logged_out(request.user, why="asked")
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        """A changed password is an event."""
        super().set_password(user, password)
        trail.password_changed(user)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Few messages, our words."""
        if message_template in TOLD and request.user.is_authenticated:
            trail.factor_changed(request.user, what=TOLD[message_template])
            request.session.pop(PASSED, None)  # the role may demand what was just taken away
        text = kwargs.get("message") or SAID.get(message_template or "")
        if text:
            messages.add_message(request, level, text)


class MfaAdapter(DefaultMFAAdapter):
    """Second factors; their secrets never lie open in the database."""

    def encrypt(self, text: str) -> str:
        """Seal a TOTP secret or the seed of recovery codes."""
        return seal(text, place=SECRET).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it."""
        return unseal(bytes.fromhex(encrypted_text), place=SECRET)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """How a browser names us when it asks for a passkey."""
        return super().get_public_key_credential_rp_entity() | {"name": _("Anzhi digital management network")}

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 — allauth names it
        """The name a new passkey is offered."""
        held = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)s") % {"number": held + 1}
