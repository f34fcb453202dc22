"""The nightly proof that kept figures equal their rows."""

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.jobs.registry import task
from anzhi.network.indicators import services


@task("indicators.rebuild", every="20 3 * * *")
def rebuild() -> None:
    """Every night."""
    services.rebuild(by=SYSTEM)
