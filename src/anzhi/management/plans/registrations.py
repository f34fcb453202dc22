"""What plans hand to the registries below them."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.navigation import NavEntry, register
from anzhi.management.plans import indicators

indicators.define()
register(
    NavEntry(
        "management",
        _("Fund plans"),
        _("Allocations"),
        "plans:allocations",
        "calendar-dollar",
        Permission.ALLOCATION_VIEW,
        order=10,
    )
)
