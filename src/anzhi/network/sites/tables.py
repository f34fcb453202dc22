"""Lists of sites."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.web.columns import Link
from anzhi.foundation.web.tables import Table


class SiteTable(Table):
    """Sites."""

    order = "code"
    name = Link(_("Site"), "name", url="sites:site", key="code", note="code", sort="code")
