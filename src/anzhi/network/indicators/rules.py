"""Periods of a figure, and how many digits of a code stand for a tier below. Pure Python."""

from dataclasses import dataclass
from datetime import date, timedelta

LENGTHS = (2, 4, 6, 9, 12)


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; None is no bound. Figures without a day belong to every period."""

    first: date | None = None
    last: date | None = None


ALWAYS = Period()


def year_of(day: date) -> Period:
    """The whole year of a day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def year_until(day: date) -> Period:
    """The year up to and including a day."""
    return Period(date(day.year, 1, 1), day)


def year_before(day: date) -> Period:
    """The year up to the day before: what was due in it is overdue on this day."""
    return Period(date(day.year, 1, 1), day - timedelta(days=1))


def month_end(day: date) -> date:
    """The last day of a month."""
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following - timedelta(days=1)


def below(length: int) -> int:
    """Digits of the tier below a prefix of this length; the village has none."""
    return next((one for one in LENGTHS if one > length), LENGTHS[-1])
