"""The order of the four platforms and of the phone's tabs: one list, seen from above."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.navigation import NavEntry, Platform, Slot, arrange, register

PLATFORMS = [
    Platform("network", _("Digital network"), "map-2"),
    Platform("management", _("Management"), "file-text"),
    Platform("service", _("Public service"), "message-report"),
    Platform("supervision", _("Supervision"), "alert-octagon"),
]
TABS = [
    Slot("workflow:inbox", pgettext_lazy("tab", "To do"), "inbox", Permission.CASE_VIEW),
    Slot("board:board", pgettext_lazy("tab", "Board"), "chart-area-line", Permission.BOARD_VIEW),
    Slot("maps:map", pgettext_lazy("tab", "Map"), "map-2", Permission.MAP_VIEW),
    Slot("alerts:alerts", pgettext_lazy("tab", "Alerts"), "alert-octagon", Permission.ALERT_VIEW),
    Slot("accounts:me", pgettext_lazy("tab", "Me"), "user", Permission.OWN_ACCOUNT),
]


JOBS = NavEntry(
    "management", _("System"), _("Background work"), "operations:jobs", "activity", Permission.JOB_VIEW, order=900
)


def lay_out() -> None:
    """Hand the order, and the site's own entry, to the shell."""
    arrange(PLATFORMS, TABS)
    register(JOBS)
