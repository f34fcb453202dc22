"""The one lock-out: some wrong passwords close a name for some minutes (the parameters `login.*`).

Names are counted by fingerprint, whether or not anybody has them: the page may not tell, and what
people mistype into the name field (passwords, often) must not lie in a table.
"""

from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anzhi.foundation.accounts import trail
from anzhi.foundation.accounts.entrance.clients import address
from anzhi.foundation.accounts.limits import limits
from anzhi.foundation.accounts.names import fingerprint_of

MINUTE = timedelta(minutes=1)


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
    limit = limits()
    left = limit.failures - (getattr(request, "axes_failures_since_start", 0) or 0)
    if getattr(request, "axes_locked_out", False) or left <= 0:
        minutes = limit.lock // MINUTE
        return _("Too many tries. This account name is locked for %(minutes)s minutes.") % {"minutes": minutes}
    return ngettext(
        "Account or password is not right. You can try %(left)s more time.",
        "Account or password is not right. You can try %(left)s more times.",
        left,
    ) % {"left": left}
