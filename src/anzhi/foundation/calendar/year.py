"""A year as twelve months of weeks, for the page."""

import calendar as months
from dataclasses import dataclass
from datetime import date

from anzhi.foundation.calendar.rules import WorkCalendar


@dataclass(frozen=True)
class Square:
    """One day of the sheet. `kind`: "" worked, rest (weekend), off (holiday), work (worked in exchange)."""

    day: date
    kind: str
    name: str = ""
    today: bool = False


@dataclass(frozen=True)
class Month:
    """A month: seven columns from Monday; None where another month's days would stand."""

    first: date
    weeks: list[list[Square | None]]
    worked: int


def sheet(year: int, calendar: WorkCalendar, today: date) -> list[Month]:
    """The twelve months."""
    return [_month(year, month, calendar, today) for month in range(1, 13)]


def _month(year: int, month: int, calendar: WorkCalendar, today: date) -> Month:
    weeks = [
        [_square(day, calendar, today) if day.month == month else None for day in week]
        for week in months.Calendar().monthdatescalendar(year, month)
    ]
    worked = sum(calendar.is_working(square.day) for week in weeks for square in week if square)
    return Month(date(year, month, 1), weeks, worked)


def _square(day: date, calendar: WorkCalendar, today: date) -> Square:
    named = calendar.named.get(day)
    kind = ("work" if named.working else "off") if named else ("rest" if day.weekday() > 4 else "")
    return Square(day, kind, named.name if named else "", day == today)
