"""What annual plans hand to the registries below."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.navigation import NavEntry, register
from anzhi.management.annual import indicators, queries

indicators.define()

WORK = _("Plans of work")
register(
    NavEntry("management", WORK, _("Annual plans"), "annual:plans", "calendar-stats", Permission.WORK_VIEW, order=5)
)
register(
    NavEntry(
        "management",
        WORK,
        _("Progress to confirm"),
        "annual:waiting",
        "checklist",
        Permission.WORK_VIEW,
        count=queries.unconfirmed,
        order=6,
    )
)
