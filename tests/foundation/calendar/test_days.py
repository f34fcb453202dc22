"""Which days are worked: against the package, every day, and by hand where it knows nothing."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.calendar.management.commands.load_holidays import known_years
from anzhi.foundation.calendar.rules import Named, WorkCalendar, days

KNOWN = known_years()
CALENDAR = WorkCalendar({day: what for year in KNOWN.values() for day, what in year.items()}, frozenset(KNOWN))
DATES = st.dates(date(2004, 1, 1), date(2030, 12, 31))


def test_every_day_since_2004_is_as_announced() -> None:
    last = date(max(KNOWN), 12, 31)
    wrong = [d for d in days(date(2003, 12, 31), last) if CALENDAR.is_working(d) != chinese_calendar.is_workday(d)]
    assert max(KNOWN) >= 2026
    assert wrong == []


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-02-14", True),  # a Saturday worked for the Spring Festival
        ("2026-02-16", False),
        ("2026-02-24", True),
        ("2026-10-01", False),
        ("2026-11-21", False),  # an ordinary Saturday
        ("2026-11-23", True),
    ],
)
def test_days_everybody_remembers(day: str, working: bool) -> None:
    assert CALENDAR.is_working(date.fromisoformat(day)) is working


def test_a_year_not_announced_is_monday_to_friday_and_provisional() -> None:
    year = max(KNOWN) + 1
    assert [CALENDAR.is_working(date(year, 10, 1) + timedelta(n)) for n in range(14)].count(True) == 10
    assert CALENDAR.is_provisional(date(year, 1, 1))
    assert not CALENDAR.is_provisional(date(year - 1, 12, 31))


def test_a_calendar_without_any_notice_still_counts() -> None:
    assert WorkCalendar().shift(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert WorkCalendar().is_provisional(date(2026, 11, 20))


def test_a_named_day_wins_over_the_weekday() -> None:
    calendar = WorkCalendar({date(2026, 11, 21): Named(True, "补班"), date(2026, 11, 23): Named(False, "放假")})
    assert calendar.shift(date(2026, 11, 20), 1) == date(2026, 11, 21)
    assert calendar.shift(date(2026, 11, 20), 2) == date(2026, 11, 24)


@given(DATES, st.integers(1, 60))
def test_shifting_and_counting_agree(day: date, count: int) -> None:
    assert CALENDAR.working_days(day, CALENDAR.shift(day, count)) == count


@given(DATES, st.integers(1, 30))
def test_shifting_back_from_a_working_day_returns(day: date, count: int) -> None:
    start = CALENDAR.shift(day, 0)
    assert CALENDAR.shift(CALENDAR.shift(start, count), -count) == start


@given(DATES, DATES, DATES)
def test_counts_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))
    counts = CALENDAR.working_days(first, middle) + CALENDAR.working_days(middle, last)
    assert counts == CALENDAR.working_days(first, last)


@given(DATES)
def test_the_zeroth_working_day_is_the_day_or_the_next_worked_one(day: date) -> None:
    found = CALENDAR.shift(day, 0)
    assert CALENDAR.is_working(found)
    assert CALENDAR.working_days(day - timedelta(1), found) == 1


@given(DATES, DATES)
def test_days_between_two_days_are_as_many_as_they_are(one: date, two: date) -> None:
    first, last = sorted((one, two))
    between = list(days(first, last))
    assert len(between) == (last - first).days
    assert between == sorted(set(between))
    assert first not in between
    assert list(days(last, first)) == []


@given(DATES, st.integers(1, 20), st.integers(1, 20))
def test_two_steps_are_one_long_one(day: date, one: int, two: int) -> None:
    assert CALENDAR.shift(CALENDAR.shift(day, one), two) == CALENDAR.shift(day, one + two)
