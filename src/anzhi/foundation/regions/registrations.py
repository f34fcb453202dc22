"""What regions hands to the registries below it: names for filters, sentences for the trail, a page for the shell."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.regions import queries
from anzhi.foundation.web import places
from anzhi.foundation.web.navigation import NavEntry, register

places.register(queries.label, queries.offered)
register(
    NavEntry("network", _("Base data"), _("Regions"), "regions:regions", "sitemap", Permission.REGION_VIEW, order=90)
)
