"""Pages of the system administrator."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.jobs import queries
from anzhi.foundation.web.pages import Page


class Jobs(Page):
    """Whether a worker lives, what waits, and what was given up. Arguments are not shown: they may name people."""

    permission = Permission.JOB_VIEW
    template = "operations/jobs.html"
    title = _("Background work")

    def context(self) -> dict[str, Any]:
        """Counts and the newest failures."""
        return {"alive": queries.worker_alive(), "counts": queries.waiting(), "failures": queries.failures()}
