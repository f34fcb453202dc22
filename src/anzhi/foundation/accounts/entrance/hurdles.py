"""What stands between a log-in and the desk: a password too old, a second factor that the role demands."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from anzhi.foundation.accounts.limits import limits
from anzhi.foundation.accounts.models import User
from anzhi.foundation.web.requests import Request

PASSED = "hurdles_passed"  # in the session: the day and roles the second factor was last looked at for
OPEN = ("/me/", "/logout/", "/static/", "/healthz")


class HurdleMiddleware:
    """Sends a person to their own account page until what is missing is done.

    The password's age is looked at each time; for the factor it looks once a day and set of roles.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if not request.user.is_authenticated or request.path.startswith(OPEN):
            return self.get_response(request)
        if hurdle := first_hurdle(request):
            target, words = hurdle
            messages.warning(request, words)
            return HttpResponseClientRedirect(reverse(target)) if request.htmx else redirect(reverse(target))
        return self.get_response(request)


def first_hurdle(request: Request) -> tuple[str, str] | None:
    """The page to go to first, and why."""
    if owes_password(request.user):
        return "account_change_password", _("Please choose a new password before you go on.")
    looked = [timezone.localdate().isoformat(), *request.actor.roles]
    if request.session.get(PASSED) == looked:
        return None
    if set(request.actor.roles) & set(settings.MFA_REQUIRED_ROLES) and not is_mfa_enabled(request.user):
        return "mfa_index", _("Your role works with a second factor; please set one up before you go on.")
    request.session[PASSED] = looked
    return None


def owes_password(user: User) -> bool:
    """Whether the password was never chosen by its owner, or too long ago."""
    if not user.has_usable_password():
        return False
    chosen = user.password_changed_at
    return chosen is None or (timezone.now() - chosen).days >= limits().days
