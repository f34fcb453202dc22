"""What alerts hands to the registries below it."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.live import registry as live
from anzhi.foundation.search import registry as search
from anzhi.foundation.web.navigation import NavEntry, Slot, register, slot
from anzhi.management.plans import slots
from anzhi.management.plans.hooks import after_allocations
from anzhi.supervision.alerts import finding, indicators, layers, panels, parts, queries
from anzhi.supervision.alerts.services import following
from anzhi.supervision.alerts.services.imports import follow_import
from anzhi.supervision.alerts.services.news import TOPIC
from anzhi.supervision.funds import hooks

live.topic(TOPIC, Permission.ALERT_VIEW)
hooks.after_import(follow_import)
after_allocations(following.ask)
slots.register(slots.Part(Permission.MATCH_VIEW, "alerts/_of_allocation.html", parts.of_allocation))
search.register(
    finding.KIND,
    label=_("Alerts"),
    icon="alert-octagon",
    permission=Permission.ALERT_VIEW,
    rows=finding.all_alerts,
)
register(
    NavEntry(
        "supervision",
        _("Alert work"),
        _("Alerts"),
        "alerts:alerts",
        "alert-octagon",
        Permission.ALERT_VIEW,
        count=queries.open_alerts,
        order=20,
    )
)
register(
    NavEntry(
        "supervision",
        _("Alert work"),
        _("Alert rules"),
        "alerts:rules",
        "adjustments-horizontal",
        Permission.RULE_VIEW,
        order=21,
    )
)
slot("bell", Slot("alerts:alerts", _("Alerts"), "bell", Permission.ALERT_VIEW, queries.open_alerts))
indicators.define()
layers.define()
panels.define()
