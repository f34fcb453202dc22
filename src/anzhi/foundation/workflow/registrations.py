"""What the workflow hands to the shell."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.live.registry import topic
from anzhi.foundation.web.navigation import NavEntry, register
from anzhi.foundation.workflow.engine.door import TOPIC

topic(TOPIC, Permission.CASE_VIEW)
register(NavEntry("management", _("Mine"), _("My desk"), "workflow:inbox", "inbox", Permission.CASE_VIEW, order=9))
PROCEDURES = NavEntry(
    "management", _("System"), _("Procedures"), "workflow:definitions", "sitemap", Permission.DEFINITION_VIEW, order=905
)
register(PROCEDURES)
