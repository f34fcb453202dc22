"""Work by the clock."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.accounts.queries import actor_of
from anzhi.foundation.jobs.registry import task
from anzhi.foundation.workflow import queries
from anzhi.foundation.workflow.services import migrating, sweeping


@task("workflow.sweep", label=_("Marks of limits"), every="* * * * *", atomic=False)
def sweep() -> None:
    """Marks that are due."""
    sweeping.sweep()


@task("workflow.migrate", label=_("Cases moved to another edition"), atomic=False, attempts=5)
def migrate(definition: int, mapping: dict[str, str], by: int) -> None:
    """Running cases, one transaction each; a killed run goes on with those left."""
    with transaction.atomic():
        to, actor = queries.edition_by_number(definition), actor_of(by)
    migrating.migrate_all(by=actor, to=to, mapping=mapping)


@task("workflow.tidy", label=_("Deadlines and receipts"), every="20 1 * * *", atomic=False)
def tidy() -> None:
    """Deadlines of years announced meanwhile; receipts nobody needs any more."""
    sweeping.follow_calendar()
    sweeping.forget_receipts()
