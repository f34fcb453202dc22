"""Background work: the rules by the clock, and after a sheet of allocations."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.jobs.registry import task
from anzhi.foundation.parameters import clock
from anzhi.supervision.alerts.services import engine, following


@task("alerts.run", label=_("Run the alert rules"), every="5 * * * *")
def run() -> None:
    """Each hour, so also at 00:05: what should have happened and did not needs no import to be seen."""
    engine.run(as_of=clock.today())


@task(following.TASK, label=_("Match earlier bank rows with new allocations"))
def follow_plans(file: int) -> None:
    """Rows that came before their allocation find it."""
    following.follow_plans(file=file)
