"""Lists of projects."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.web.columns import Link
from anzhi.foundation.web.tables import Table


class ProjectTable(Table):
    """Projects."""

    order = "code"
    name = Link(_("Project"), "name", url="projects:project", key="code", note="code", sort="code")
