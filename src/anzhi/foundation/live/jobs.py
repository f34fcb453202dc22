"""Forget events that no page will ask for any more."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.jobs.registry import task
from anzhi.foundation.live import services


@task("live.prune", label=_("Forget old live messages"), every="40 3 * * *")
def prune() -> None:
    """Every night."""
    services.prune()
