"""The pages of the entrance: allauth's views, declared ours."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.acts import Crumb

OWN = reverse_lazy("accounts:me")


class Login(account.LoginView):
    """Account and password, or a passkey."""

    public = True


@method_decorator(login_not_required, name="dispatch")
class LoginByPasskey(keys.LoginWebAuthnView):
    """The browser fetches a challenge and posts the signed answer."""

    public = True


class SecondFactor(mfa.AuthenticateView):
    """After the password: a code, or a passkey."""

    public = True


class Inactive(account.AccountInactiveView):
    """The password was right, the account is closed."""

    public = True


@method_decorator(login_not_required, name="dispatch")
class Logout(account.LogoutView):
    """Leave. GET asks, POST does."""

    public = True


class Own:
    """Anyone logged in, about their own account only; drawn by the desk's templates."""

    permission = Permission.OWN_ACCOUNT
    title: Any = ""
    words: Any = ""
    submit: Any = _("Continue")
    back = OWN
    crumbs: Any = (Crumb(_("My account"), "/me/"),)
    nav = ""
    styles = ("accounts/accounts.css",)

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Ask the gate first."""
        demand(request.actor, self.permission)
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # a view comes after this class

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """allauth's, and what the desk needs."""
        shared = {"page": self, "actor": self.request.actor}  # type: ignore[attr-defined]  # of View
        return super().get_context_data(**kwargs) | shared  # type: ignore[misc]  # as above


class Confirm(Own):
    """Asked before the way to log in changes."""

    template_name = "accounts/confirm.html"
    title = _("Show that it is you")
    words = _("Before the way you log in changes, show that it is you.")


class ConfirmByPassword(Confirm, account.ReauthenticateView):
    """By the password."""


class ConfirmByCode(Confirm, mfa.ReauthenticateView):
    """By a code."""


class ConfirmByPasskey(Own, keys.ReauthenticateWebAuthnView):
    """By a passkey."""

    title = _("Show that it is you")


class ChangePassword(Own, account.PasswordChangeView):
    """The old password, and a new one twice."""

    template_name = "accounts/confirm.html"
    title = submit = _("Change the password")

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Who comes in by passkey alone has no password to change: the security administrator issues one."""
        if not request.user.has_usable_password():
            return HttpResponseRedirect(str(OWN))
        return super().dispatch(request, *args, **kwargs)

    def get_default_success_url(self) -> str:
        """Back to one's own account."""
        return str(OWN)


class Factors(Own, RedirectView):
    """allauth's list of factors is a panel of one's own account."""

    pattern_name = "accounts:me"


class AddTotp(Own, totp.ActivateTOTPView):
    """Scan, type the code."""

    title = _("Codes from the telephone")


class RemoveTotp(Own, totp.DeactivateTOTPView):
    """No more codes."""

    template_name = "accounts/sure.html"
    title, submit = _("Codes from the telephone"), _("Ask for no more codes")
    words = _("From then on the password alone lets you in, unless there is a passkey.")


class AddPasskey(Own, keys.AddWebAuthnView):
    """The browser makes a key."""

    title = _("New passkey")


class RemovePasskey(Own, keys.RemoveWebAuthnView):
    """One key less."""

    template_name = "accounts/sure.html"
    success_url = OWN
    title, submit = _("Remove a passkey"), _("Remove the passkey")
    words = _("The machine that holds it can then no longer log in with it.")


class ShowCodes(Own, codes.ViewRecoveryCodesView):
    """Ten codes to print."""

    title = _("Recovery codes")


class NewCodes(Own, codes.GenerateRecoveryCodesView):
    """Ten new ones."""

    template_name = "accounts/sure.html"
    title, submit = _("Recovery codes"), _("Make new ones")
    words = _("The old codes no longer work then.")
