"""What plans hands to the registries below it."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.search import registry as search
from anzhi.foundation.web.navigation import NavEntry, register
from anzhi.management.plans import finding, indicators, queries

indicators.define()

PLANS = _("Money plans")
register(
    NavEntry("management", PLANS, _("Fund plans"), "plans:lines", "calendar-dollar", Permission.PLAN_VIEW, order=10)
)
register(
    NavEntry(
        "management",
        PLANS,
        _("Allocations"),
        "plans:allocations",
        "route-2",
        Permission.ALLOCATION_VIEW,
        count=queries.overdue_today,
        order=11,
    )
)
register(NavEntry("management", PLANS, _("Plan sheets"), "plans:files", "file-import", Permission.PLAN_VIEW, order=12))
search.register(
    finding.KIND,
    label=_("Allocations"),
    icon="route-2",
    permission=Permission.ALLOCATION_VIEW,
    rows=finding.all_allocations,
)
