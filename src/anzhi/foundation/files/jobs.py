"""Housekeeping of the files folder."""

from anzhi.foundation.files.sweeping import sweep
from anzhi.foundation.jobs.registry import task


@task("files.sweep", every="10 4 * * *")
def sweep_orphans() -> None:
    """Every night."""
    sweep()
