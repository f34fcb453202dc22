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


@dataclass(frozen=True)
class Holiday:
    """A holiday as the notice tells it: the days off from first to last, the days worked in exchange."""

    name: str
    off: list[tuple[date, date]]
    worked: list[date]

    @property
    def days(self) -> int:
        """How many days off."""
        return sum((last - first).days + 1 for first, last in self.off)


def holidays(year: int, calendar: WorkCalendar) -> list[Holiday]:
    """The year's holidays in order."""
    found: dict[str, Holiday] = {}
    for day, what in sorted(calendar.named.items()):
        if day.year != year:
            continue
        holiday = found.setdefault(what.name, Holiday(what.name, [], []))
        if what.working:
            holiday.worked.append(day)
        elif holiday.off and (day - holiday.off[-1][1]).days == 1:
            holiday.off[-1] = (holiday.off[-1][0], day)
        else:
            holiday.off.append((day, day))
    return sorted(found.values(), key=lambda holiday: holiday.off[0][0] if holiday.off else holiday.worked[0])


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
