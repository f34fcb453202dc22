"""Clocks: when they end, what is left, what a pause costs."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.calendar.management.commands.load_holidays import known_years
from anzhi.foundation.calendar.rules import (
    ZONE,
    Clock,
    Mark,
    Span,
    Unit,
    WorkCalendar,
    after_working_hours,
)

KNOWN = known_years()
CALENDAR = WorkCalendar({day: what for year in KNOWN.values() for day, what in year.items()}, frozenset(KNOWN))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def due(clock: Clock) -> str:
    end = clock.due(CALENDAR)
    return f"{end:%Y-%m-%d %H:%M}" if end else "stands"


@pytest.mark.parametrize(
    ("start", "limit", "unit", "end"),
    [
        ("2026-11-12 09:00", 7, Unit.WORKING, "2026-11-23 17:30"),  # the mock-up's service clock
        ("2026-11-20 16:00", 1, Unit.WORKING, "2026-11-23 17:30"),  # over a weekend
        ("2026-11-21 10:00", 1, Unit.WORKING, "2026-11-23 17:30"),  # begun on a Saturday
        ("2026-09-30 10:00", 1, Unit.WORKING, "2026-10-08 17:30"),  # over the National Day week
        ("2026-02-13 10:00", 1, Unit.WORKING, "2026-02-14 17:30"),  # to a Saturday worked in exchange
        ("2026-11-12 23:59", 15, Unit.CALENDAR, "2026-11-27 17:30"),
        ("2026-09-16 08:00", 15, Unit.CALENDAR, "2026-10-01 17:30"),
        ("2028-02-28 08:00", 1, Unit.CALENDAR, "2028-02-29 17:30"),
        ("2026-11-23 09:00", 0, Unit.WORKING, "2026-11-23 17:30"),
        ("2026-11-23 17:30", 0, Unit.WORKING, "2026-11-24 17:30"),
        ("2026-11-21 09:00", 0, Unit.WORKING, "2026-11-23 17:30"),
    ],
)
def test_the_end(start: str, limit: int, unit: Unit, end: str) -> None:
    assert due(Clock(at(start), limit, unit)) == end


def test_the_last_calendar_day_rolls_only_when_the_law_says_so() -> None:
    clock = Clock(at("2026-09-16 08:00"), 15, Unit.CALENDAR, rolls=True)
    assert due(clock) == "2026-10-08 17:30"


def test_the_day_is_china_s_day() -> None:
    late_in_utc = datetime(2026, 11, 12, 16, 30, tzinfo=UTC)  # 00:30 on the 13th in China
    assert due(Clock(late_in_utc, 1)) == "2026-11-16 17:30"
    assert Clock(at("2026-11-12 09:00"), 5).elapsed(datetime(2026, 11, 13, 9, 29, tzinfo=UTC), CALENDAR) == 0
    assert Clock(at("2026-11-12 09:00"), 5).elapsed(datetime(2026, 11, 13, 9, 30, tzinfo=UTC), CALENDAR) == 1


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Clock(datetime(2026, 11, 12), 5)  # noqa: DTZ001 — the mistake under test
    with pytest.raises(ValueError, match="negative"):
        Clock(at("2026-11-12 09:00"), -1)


@pytest.mark.parametrize(
    ("moment", "left", "mark", "overdue"),
    [
        ("2026-11-12 09:00", 10, 0, 0),
        ("2026-11-19 17:29", 6, 0, 0),
        ("2026-11-19 17:30", 5, 50, 0),
        ("2026-11-24 17:29", 3, 50, 0),
        ("2026-11-24 17:30", 2, 80, 0),
        ("2026-11-26 17:29", 1, 80, 0),
        ("2026-11-26 17:30", 0, 100, 0),
        ("2026-11-26 17:31", 0, 100, 1),
        ("2026-11-28 12:00", 0, 100, 1),
        ("2026-11-30 08:00", 0, 100, 2),
    ],
)
def test_left_marks_and_overdue(moment: str, left: int, mark: int, overdue: int) -> None:
    clock, now = Clock(at("2026-11-12 09:00"), 10), at(moment)
    assert (clock.left(now, CALENDAR), clock.mark(now, CALENDAR), clock.overdue(now, CALENDAR)) == (left, mark, overdue)


def test_the_mock_up_s_statutory_clock_is_drawn_as_it_is() -> None:
    clock = Clock(
        at("2026-11-12 10:00"),
        20,
        pauses=(Span(at("2026-11-13 09:00"), at("2026-11-14 09:00"), "补正"),),
        exclusions=(Span(at("2026-11-17 09:00"), at("2026-11-20 09:00"), "评审"),),
    )
    now = at("2026-11-23 10:00")
    cells = clock.cells(now, CALENDAR)
    used, out, left = Mark.USED, Mark.OUT, Mark.LEFT
    assert [cell.mark for cell in cells[:8]] == [out, used, out, out, out, used, used, left]
    assert [cell.reason for cell in cells if cell.mark is out] == ["补正", "评审", "评审", "评审"]
    assert [cell.day for cell in cells if cell.today] == [date(2026, 11, 23)]
    assert len([cell for cell in cells if cell.mark is not out]) == 20
    assert cells[-1].day == clock.due(CALENDAR).date() == date(2026, 12, 16)


def test_the_last_day_is_amber_and_later_days_red() -> None:
    clock = Clock(at("2026-11-12 09:00"), 7)
    on_time, late = (clock.cells(at(moment), CALENDAR) for moment in ("2026-11-23 10:00", "2026-11-25 10:00"))
    assert [cell.mark for cell in on_time] == [Mark.USED] * 6 + [Mark.LAST]
    assert [cell.mark for cell in late] == [Mark.USED] * 6 + [Mark.LATE] * 3
    assert late[-1].today


def test_a_calendar_clock_draws_weekends_too() -> None:
    cells = Clock(at("2026-11-19 09:00"), 5, Unit.CALENDAR).cells(at("2026-11-19 10:00"), CALENDAR)
    assert [cell.mark for cell in cells] == [Mark.LEFT] * 5


def test_a_limit_of_no_days_has_one_cell() -> None:
    assert [c.mark for c in Clock(at("2026-11-23 09:00"), 0).cells(at("2026-11-23 10:00"), CALENDAR)] == [Mark.LAST]


def test_an_open_pause_stops_everything() -> None:
    clock = Clock(at("2026-11-12 09:00"), 5, pauses=(Span(at("2026-11-16 09:00")),))
    now = at("2027-03-01 09:00")
    assert due(clock) == "stands"
    assert (clock.elapsed(now, CALENDAR), clock.left(now, CALENDAR), clock.overdue(now, CALENDAR)) == (1, 4, 0)
    assert clock.mark(now, CALENDAR) == 0
    assert not clock.provisional(CALENDAR)
    assert clock.cells(at("2026-11-18 09:00"), CALENDAR)[-1].mark is Mark.OUT


def test_an_open_pause_after_the_end_changes_nothing() -> None:
    assert due(Clock(at("2026-11-12 09:00"), 5, pauses=(Span(at("2026-11-30 09:00")),))) == "2026-11-19 17:30"


def test_a_deadline_in_a_year_not_announced_is_provisional() -> None:
    year = max(KNOWN)
    start = at(f"{year}-12-20 09:00")
    assert not Clock(start, 3).provisional(CALENDAR)
    assert Clock(start, 20).provisional(CALENDAR)
    assert not Clock(start, 30, Unit.CALENDAR).provisional(CALENDAR)
    assert Clock(start, 30, Unit.CALENDAR, rolls=True).provisional(CALENDAR)


def test_the_closing_time_can_be_another() -> None:
    assert due(Clock(at("2026-11-12 09:00"), 1, closing=time(18))) == "2026-11-13 18:00"


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23 09:00", 2, "2026-11-23 11:00"),
        ("2026-11-23 09:00", 4, "2026-11-23 15:00"),  # over lunch
        ("2026-11-23 12:30", 1, "2026-11-23 15:00"),
        ("2026-11-20 17:00", 4, "2026-11-23 12:00"),  # over a weekend
        ("2026-11-21 03:00", 0, "2026-11-23 08:30"),
        ("2026-11-23 20:00", 8, "2026-11-25 09:30"),
    ],
)
def test_limits_in_office_hours(start: str, hours: int, end: str) -> None:
    assert after_working_hours(at(start), hours, CALENDAR) == at(end)


STARTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 6, 1)).map(lambda moment: moment.replace(tzinfo=ZONE))  # noqa: DTZ001 — the zone is added
UNITS = st.sampled_from(Unit)
LIMITS = st.integers(1, 60)


@given(STARTS, LIMITS, UNITS, st.integers(0, 40), st.integers(0, 30))
def test_a_pause_adds_exactly_the_days_it_takes(start: datetime, limit: int, unit: Unit, gap: int, length: int) -> None:
    plain = Clock(start, limit, unit)
    pause = Span(start + timedelta(gap), start + timedelta(gap + length))
    paused = Clock(start, limit, unit, pauses=(pause,))
    end, later = plain.due(CALENDAR), paused.due(CALENDAR)
    lost = [
        day for day in (start.date() + timedelta(n) for n in range(1, 200)) if pause.holds(day) and day <= later.date()
    ]
    counted = [day for day in lost if unit is Unit.CALENDAR or CALENDAR.is_working(day)]
    assert Clock(start, limit + len(counted), unit).due(CALENDAR) == later
    assert later >= end


@given(STARTS, LIMITS, UNITS, st.lists(st.timedeltas(timedelta(0), timedelta(90)), min_size=2, max_size=6))
def test_time_only_moves_forward(start: datetime, limit: int, unit: Unit, steps: list[timedelta]) -> None:
    clock = Clock(start, limit, unit)
    moments = [start + step for step in sorted(steps)]
    for measure in (clock.elapsed, clock.mark, clock.overdue):
        values = [measure(now, CALENDAR) for now in moments]
        assert values == sorted(values)
    left = [clock.left(now, CALENDAR) for now in moments]
    assert left == sorted(left, reverse=True)


@given(STARTS, LIMITS, UNITS, st.timedeltas(timedelta(0), timedelta(120)))
def test_used_and_left_make_the_limit_and_the_deadline_is_the_hundredth(
    start: datetime, limit: int, unit: Unit, step: timedelta
) -> None:
    clock, now = Clock(start, limit, unit), start + step
    assert clock.elapsed(now, CALENDAR) + clock.left(now, CALENDAR) == max(limit, clock.elapsed(now, CALENDAR))
    assert (clock.mark(now, CALENDAR) == 100) == (now >= clock.due(CALENDAR))
    assert (clock.overdue(now, CALENDAR) > 0) == (now > clock.due(CALENDAR))
    assert clock.elapsed(clock.due(CALENDAR), CALENDAR) == limit


@given(STARTS, LIMITS, UNITS)
def test_a_longer_limit_never_ends_earlier(start: datetime, limit: int, unit: Unit) -> None:
    assert Clock(start, limit, unit).due(CALENDAR) < Clock(start, limit + 1, unit).due(CALENDAR)
