"""What indicators hand to the registries below, and the figures of projects and sites, which know no indicators."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.navigation import NavEntry, register
from anzhi.network.indicators import ground

register(
    NavEntry(
        "network",
        _("Overview"),
        _("Indicators"),
        "indicators:index",
        "chart-bar",
        Permission.INDICATOR_VIEW,
        order=3,
    )
)
ground.define()
