"""Which day it is for the work: today, unless a sample province stands still or a run looks back.

The as-of day of a sample is a dated parameter like any other (`clock.as_of`, text), so it is stored, shown
and recorded; without it the day is today's in Asia/Shanghai.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.db import connection
from django.utils import timezone

from anzhi.foundation.parameters.models import RuleParameter

AS_OF = "clock.as_of"
MORNING = time(9)
MEMO = "as_of_memo"  # kept on the connection, which is one thread's
_turned: ContextVar[date | None] = ContextVar("turned_clock", default=None)


def today() -> date:
    """The day of work in force."""
    return _turned.get() or as_of() or timezone.localdate()


def now() -> datetime:
    """The moment of work: now, or the morning of the day turned back to, so that a sample's acts keep their days."""
    turned = _turned.get()
    return timezone.now() if turned is None else timezone.make_aware(datetime.combine(turned, MORNING))


def as_of() -> date | None:
    """The day at which a sample stands, or None in real life; asked once a transaction."""
    number = getattr(connection, "transactions", None) if connection.in_atomic_block else None
    known = getattr(connection, MEMO, None)
    if number is not None and known and known[0] == number:
        return known[1]
    day = _stored()
    setattr(connection, MEMO, (number, day))
    return day


def forget() -> None:
    """Ask again: the sample's day was set in this transaction."""
    setattr(connection, MEMO, None)


def _stored() -> date | None:
    row = RuleParameter.objects.filter(code=AS_OF, valid_to=None).values_list("text", flat=True).first()
    return date.fromisoformat(row) if row else None


@contextmanager
def turned_to(day: date) -> Iterator[None]:
    """Work as on another day: the sample builds its year month by month, a trial run looks back."""
    token = _turned.set(day)
    try:
        yield
    finally:
        _turned.reset(token)
