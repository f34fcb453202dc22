"""What stands between a log-in and the desk: a password too old, a second factor that the role demands."""

from collections.abc import Callable
from datetime import datetime

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from anzhi.foundation.web.requests import Request

PASSED = "hurdles_passed"  # in the session: the day and roles they were last looked at for
OPEN = ("/me/", "/logout/", "/static/", "/healthz")


class HurdleMiddleware:
    """Sends a person to their own account page until what is missing is done; looks once a day and set of roles."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if not request.user.is_authenticated or request.path.startswith(OPEN):
            return self.get_response(request)
        looked = [timezone.localdate().isoformat(), *request.actor.roles]
        if request.session.get(PASSED) == looked:
            return self.get_response(request)
        if hurdle := first_hurdle(request):
            target, words = hurdle
            messages.warning(request, words)
            return HttpResponseClientRedirect(reverse(target)) if request.htmx else redirect(reverse(target))
        request.session[PASSED] = looked
        return self.get_response(request)


def first_hurdle(request: Request) -> tuple[str, str] | None:
    """The page to go to first, and why."""
    user = request.user
    if user.has_usable_password() and password_is_old(user.password_changed_at):
        return "account_change_password", _("Please choose a new password before you go on.")
    if set(request.actor.roles) & set(settings.MFA_REQUIRED_ROLES) and not is_mfa_enabled(user):
        return "mfa_index", _("Your role works with a second factor; please set one up before you go on.")
    return None


def password_is_old(changed_at: datetime | None) -> bool:
    """Never chosen by its owner, or chosen too long ago."""
    return changed_at is None or (timezone.now() - changed_at).days >= settings.PASSWORD_MAX_DAYS
