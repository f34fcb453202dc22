"""How long a log-in may rest, how often one may fail, what a password must be: dated parameters.

They hold by the calendar's day, not by a sample's: the door's clocks run in real time. They are read as they are
needed and never kept between two requests, so a value set now counts at the next click.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from anzhi.foundation.parameters import queries
from anzhi.foundation.parameters.bounds import Bounds

BOUNDS = {  # wider than any office would choose, narrow enough that no value locks everybody out
    "session.idle_minutes": Bounds(Decimal(1), Decimal(12 * 60)),
    "login.failures": Bounds(Decimal(1), Decimal(100)),
    "login.lock_minutes": Bounds(Decimal(1), Decimal(24 * 60)),
    "password.length": Bounds(Decimal(8), Decimal(64)),
    "password.kinds": Bounds(Decimal(1), Decimal(4)),
    "password.days": Bounds(Decimal(1), Decimal(3650)),
    "password.history": Bounds(Decimal(0), Decimal(50)),
}


@dataclass(frozen=True)
class Limits:
    """What holds today."""

    idle: timedelta
    failures: int
    lock: timedelta
    length: int
    kinds: int
    days: int
    history: int


def limits() -> Limits:
    """All of them, in one query."""
    row = queries.named(BOUNDS, on=timezone.localdate())
    return Limits(
        idle=timedelta(minutes=int(row["session.idle_minutes"])),
        failures=int(row["login.failures"]),
        lock=timedelta(minutes=int(row["login.lock_minutes"])),
        length=int(row["password.length"]),
        kinds=int(row["password.kinds"]),
        days=int(row["password.days"]),
        history=int(row["password.history"]),
    )


def failures(*_: Any) -> int:
    """How many wrong passwords close a name (axes' `AXES_FAILURE_LIMIT`)."""
    return limits().failures


def lock(*_: Any) -> timedelta:
    """How long it stays closed (axes' `AXES_COOLOFF_TIME`)."""
    return limits().lock
