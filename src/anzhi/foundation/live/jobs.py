"""Forget events that no page will ask for any more."""

from anzhi.foundation.jobs.registry import task
from anzhi.foundation.live import services


@task("live.prune", every="40 3 * * *")
def prune() -> None:
    """Every night."""
    services.prune()
