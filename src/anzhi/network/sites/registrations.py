"""What sites hand to the registries below them."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.search import registry as search
from anzhi.foundation.web.navigation import NavEntry, register
from anzhi.network.projects import panels
from anzhi.network.sites import parts, queries

register(
    NavEntry(
        "network",
        _("On the ground"),
        _("Resettlement sites"),
        "sites:index",
        "home-2",
        Permission.SITE_VIEW,
        count=queries.sites,
        order=21,
    )
)
search.register(
    queries.SEARCH_KIND,
    label=_("Resettlement sites"),
    icon="home-2",
    permission=Permission.SITE_VIEW,
    rows=queries.findable,
)
panels.register("project.figures", parts.figure)
panels.register("project.main", parts.panel)
