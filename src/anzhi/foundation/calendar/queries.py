"""Reads of the calendar."""

from datetime import date, time

from anzhi.foundation.calendar.models import Day, Year
from anzhi.foundation.calendar.rules import Named, Shifts, WorkCalendar, read_shifts
from anzhi.foundation.parameters import queries as parameters
from anzhi.foundation.parameters.rules import Settings


def work_calendar(since: date = date.min) -> WorkCalendar:
    """Every announced year, in two small queries. Take it once for a page or a job, not once for a clock.

    Clocks that all began on or after a day need no holidays before it: `since` leaves those out.
    """
    rows = Day.objects.filter(date__gte=since).values_list("date", "working", "name")
    return WorkCalendar({day: Named(working, name) for day, working, name in rows}, announced())


def announced() -> frozenset[int]:
    """The years whose holidays are announced."""
    return frozenset(Year.objects.values_list("year", flat=True))


def source_of(year: int) -> str:
    """Where a year's days come from; empty for a year not announced."""
    return Year.objects.filter(pk=year).values_list("source", flat=True).first() or ""


def closing(on: date, region_code: str = "", held: Settings | None = None) -> time:
    """When offices close: the end of the last day of every clock. `held` are parameters asked before."""
    return time.fromisoformat(_text("calendar.closing", on, region_code, held))


def shifts(on: date, region_code: str = "", held: Settings | None = None) -> Shifts:
    """The hours offices are open, for limits counted in working hours."""
    return read_shifts(_text("calendar.shifts", on, region_code, held))


def _text(code: str, on: date, region_code: str, held: Settings | None) -> str:
    return (held or parameters.settings_on(on, code)).text(code, region_code)
