"""The sample's year: twelve months up to its day, in months and, at the end, in days."""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
DAILY = 14


@dataclass(frozen=True)
class Period:
    """The days of one delivery of statements, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day lies inside."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Year:
    """The twelve months that end on `as_of`."""

    as_of: date

    @property
    def first(self) -> date:
        """The first day of the month eleven months before."""
        months = self.as_of.year * 12 + self.as_of.month - 1 - 11
        return date(months // 12, months % 12 + 1, 1)

    def month(self, number: int) -> date:
        """The first day of the month `number` after the first."""
        months = self.first.year * 12 + self.first.month - 1 + number
        return date(months // 12, months % 12 + 1, 1)

    @property
    def periods(self) -> list[Period]:
        """Months, the beginning of the last one, then fourteen single days."""
        turn = self.as_of - DAILY * DAY
        found = []
        for number in range(12):
            first = self.month(number)
            last = min(self.month(number + 1) - DAY, turn)
            if first <= last:
                found.append(Period(first, last))
        days = (turn + n * DAY for n in range(1, DAILY + 1))
        return found + [Period(day, day) for day in days]
