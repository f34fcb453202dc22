"""The sample province, step by step."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.parameters import clock
from anzhi.foundation.parameters import services as parameters
from anzhi.network.indicators import services as figures
from anzhi.sample import ground, work
from anzhi.sample.money import year
from anzhi.sample.span import Year
from anzhi.supervision.funds.models import SupervisedAccount


def build(as_of: date, say: Callable[[str], None]) -> None:
    """Build everything for a day, step by step as it would have come; the day is noted when all of it stands.

    Raises SampleRefused when a service refuses what the sample gives it: a fault of the sample.
    """
    with system_scope("sample"):
        builders = ground.build(as_of, say)
        with hasty(), figures.gathered(by=SYSTEM):
            year.build(Year(as_of), builders, say)
            work.build(as_of, say)
        with transaction.atomic():
            parameters.stand_still(by=SYSTEM, day=as_of)


@contextmanager
def hasty() -> Iterator[None]:
    """Let commits not wait for the disk: what a crash may lose is a sample that is not there yet and is built anew.

    The day that says it stands is written afterwards, and its commit waits for all before it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        try:
            yield
        finally:
            cursor.execute("SET synchronous_commit TO DEFAULT")


def standing() -> date | None:
    """The day of the sample that is there, if any."""
    with system_scope("sample"), transaction.atomic():
        return clock.as_of()


def begun() -> bool:
    """Whether a build was broken off: accounts are there and no day is noted."""
    with system_scope("sample"), transaction.atomic():
        return clock.as_of() is None and SupervisedAccount.objects.exists()
