"""Pages of projects."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import DetailPage
from anzhi.network.projects import queries, tables


class ProjectList(ListPage):
    """All projects of the area."""

    permission = Permission.PROJECT_VIEW
    title = _("Projects")
    rows = queries.projects
    table = tables.ProjectTable


class ProjectPage(DetailPage):
    """One project."""

    permission = Permission.PROJECT_VIEW
    own_area = False
    nav = "projects:index"
    row = queries.project
    title = _("Project")
