"""The one lock-out: five wrong passwords close a name for half an hour.

Names are counted by fingerprint, whether or not anybody has them: the page may not tell, and what
people mistype into the name field (passwords, often) must not lie in a table.
"""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anzhi.foundation.accounts import trail
from anzhi.foundation.accounts.entrance.clients import address
from anzhi.foundation.accounts.names import fingerprint_of


def fingerprint(request: HttpRequest | None, credentials: dict | None) -> str | None:
    """What axes counts by (its `AXES_USERNAME_CALLABLE`)."""
    name = (credentials or {}).get("username")
    return fingerprint_of(name) if name else None


class Handler(AxesDatabaseHandler):
    """Axes' own counting, told to the trail."""

    def user_login_failed(
        self, sender: Any, credentials: dict, request: HttpRequest | None = None, **rest: Any
    ) -> None:
        """Count, then write what happened."""
        super().user_login_failed(sender, credentials, request, **rest)
        if request is not None and (username := credentials.get("username")):
            locked = bool(getattr(request, "axes_locked_out", False))
            trail.login_failed(username, address=address(request), locked=locked)


def sentence(request: HttpRequest) -> str:
    """What the form says after a failure; the same for names that exist and names that do not."""
    left = settings.AXES_FAILURE_LIMIT - (getattr(request, "axes_failures_since_start", 0) or 0)
    if getattr(request, "axes_locked_out", False) or left <= 0:
        minutes = round(settings.AXES_COOLOFF_TIME * 60)
        return _("Too many tries. This account name is locked for %(minutes)s minutes.") % {"minutes": minutes}
    return ngettext(
        "Account or password is not right. You can try %(left)s more time.",
        "Account or password is not right. You can try %(left)s more times.",
        left,
    ) % {"left": left}
