"""The pages of the entrance: allauth's views, declared ours."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.contrib.auth.decorators import login_not_required
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.generic import RedirectView

from anzhi.foundation.access.permissions import Permission

OWN = reverse_lazy("mfa_index")


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
    """Anyone logged in, about their own account only."""

    permission = Permission.OWN_ACCOUNT


class ConfirmByPassword(Own, account.ReauthenticateView):
    """Asked before second factors change."""


class ConfirmByCode(Own, mfa.ReauthenticateView):
    """The same, by code."""


class ConfirmByPasskey(Own, keys.ReauthenticateWebAuthnView):
    """The same, by passkey."""


class ChangePassword(Own, account.PasswordChangeView):
    """The old password, and a new one twice."""

    def get_default_success_url(self) -> str:
        """Back to one's own account."""
        return str(OWN)


class Factors(Own, RedirectView):
    """allauth's list of factors is a panel of one's own account."""

    pattern_name = "me"


class AddTotp(Own, totp.ActivateTOTPView):
    """Scan, type the code."""


class RemoveTotp(Own, totp.DeactivateTOTPView):
    """No more codes."""


class AddPasskey(Own, keys.AddWebAuthnView):
    """The browser makes a key."""


class RemovePasskey(Own, keys.RemoveWebAuthnView):
    """One key less."""

    success_url = OWN


class ShowCodes(Own, codes.ViewRecoveryCodesView):
    """Ten codes to print."""


class NewCodes(Own, codes.GenerateRecoveryCodesView):
    """Ten new ones."""
