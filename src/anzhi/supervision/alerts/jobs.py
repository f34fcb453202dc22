"""Background work: the rules by the clock, and after a sheet of allocations; their SQL is ready before it is needed."""

import logging
from threading import Event as Flag

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.jobs import beside
from anzhi.foundation.jobs.registry import task
from anzhi.foundation.parameters import clock
from anzhi.foundation.parameters.rules import Unset
from anzhi.supervision.alerts import findings
from anzhi.supervision.alerts.services import engine, following

log = logging.getLogger(__name__)
PAUSE = 60.0


@task("alerts.run", label=_("Run the alert rules"), every="5 * * * *")
def run() -> None:
    """Each hour, so also at 00:05: what should have happened and did not needs no import to be seen."""
    engine.run(as_of=clock.today())


@task(following.TASK, label=_("Match earlier bank rows with new allocations"))
def follow_plans(file: int) -> None:
    """Rows that came before their allocation find it."""
    following.follow_plans(file=file)


@beside.runs
def keep_ready(stop: Flag, pause: float = PAUSE) -> None:
    """Compile the rules of the day as the worker starts, after midnight, and when limits changed."""
    try:
        while not stop.is_set():
            try:
                close_old_connections()
                with system_scope("alerts.keep_ready"), transaction.atomic():
                    findings.make_ready(clock.today())
            except (DatabaseError, Unset) as fault:
                log.warning("rules are not ready yet: %s", type(fault).__name__)
            stop.wait(pause)
    finally:
        connection.close()
