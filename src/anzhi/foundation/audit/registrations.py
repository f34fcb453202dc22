"""What the trail hands to the shell: its page, and the trace of each export."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit.exports import record_export
from anzhi.foundation.web.export import on_export
from anzhi.foundation.web.navigation import NavEntry, register

register(
    NavEntry("management", _("System"), _("Audit trail"), "audit:events", "history", Permission.AUDIT_VIEW, order=930)
)
on_export(record_export)
