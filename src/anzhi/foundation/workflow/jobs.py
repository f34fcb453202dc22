"""Work by the clock."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.jobs.registry import task
from anzhi.foundation.workflow.services import sweeping


@task("workflow.sweep", label=_("Marks of limits"), every="* * * * *", atomic=False)
def sweep() -> None:
    """Marks that are due."""
    sweeping.sweep()


@task("workflow.tidy", label=_("Deadlines and receipts"), every="20 1 * * *", atomic=False)
def tidy() -> None:
    """Deadlines of years announced meanwhile; receipts nobody needs any more."""
    sweeping.follow_calendar()
    sweeping.forget_receipts()
