"""Pages of sites."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import DetailPage
from anzhi.network.sites import queries, tables


class SiteList(ListPage):
    """All sites of the area."""

    permission = Permission.SITE_VIEW
    title = _("Resettlement sites")
    rows = queries.sites
    table = tables.SiteTable


class SitePage(DetailPage):
    """One site."""

    permission = Permission.SITE_VIEW
    nav = "sites:index"
    row = queries.site
    title = _("Site")
