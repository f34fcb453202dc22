"""Housekeeping of the files folder."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.files.sweeping import sweep
from anzhi.foundation.jobs.registry import task


@task("files.sweep", label=_("Sweep files without owner"), every="10 4 * * *")
def sweep_orphans() -> None:
    """Every night."""
    sweep()
