"""What projects hand to the registries below them."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.search import registry as search
from anzhi.foundation.web.navigation import NavEntry, register
from anzhi.network.projects import queries

register(
    NavEntry(
        "network",
        _("On the ground"),
        _("Projects"),
        "projects:index",
        "building-bridge-2",
        Permission.PROJECT_VIEW,
        count=queries.mine,
        order=20,
    )
)
search.register(
    queries.SEARCH_KIND,
    label=_("Projects"),
    icon="building-bridge-2",
    permission=Permission.PROJECT_VIEW,
    rows=queries.findable,
)
