"""Some minutes without a click end the session (the parameter `session.idle_minutes`)."""

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from anzhi.foundation.accounts import trail
from anzhi.foundation.accounts.limits import limits
from anzhi.foundation.web.requests import Request

SEEN = "seen_at"
STEP = 60  # seconds between two notes: not a write at each click; no limit is shorter


class IdleMiddleware:
    """Ends an idle session before anything else looks at it; notes when one was last used."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if request.user.is_authenticated:
            self.look(request)
        return self.get_response(request)

    def look(self, request: Request) -> None:
        """End the session, or note that it lives."""
        now = int(time.time())
        idle = now - request.session.get(SEEN, now)
        if idle > STEP and is_too_long(idle):
            trail.logged_out(request.user, why="idle")
            logout(request)
            messages.info(request, _("You were away for a while; please log in again."))
        elif idle > STEP or SEEN not in request.session:
            request.session[SEEN] = now
            UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


def is_too_long(seconds: float) -> bool:
    """Whether so long without a click ends a log-in."""
    return seconds > limits().idle.total_seconds()
