"""Clocks at the edges: years that meet, pauses that touch, office hours that were changed."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.calendar import queries
from anzhi.foundation.calendar.management.commands.load_holidays import known_years
from anzhi.foundation.calendar.rules import (
    SHIFTS,
    ZONE,
    Clock,
    Mark,
    Named,
    Span,
    Unit,
    WorkCalendar,
    after_working_hours,
    read_shifts,
)
from anzhi.foundation.calendar.services import announce_year
from anzhi.foundation.parameters import clock as day_of_work
from anzhi.foundation.parameters import queries as parameters
from anzhi.foundation.parameters.services import set_value

KNOWN = known_years()
CALENDAR = WorkCalendar({day: what for year in KNOWN.values() for day, what in year.items()}, frozenset(KNOWN))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def span(start: str, end: str | None = None, reason: str = "") -> Span:
    return Span(at(start), at(end) if end else None, reason)


def due(clock: Clock, calendar: WorkCalendar = CALENDAR) -> str:
    end = clock.due(calendar)
    return f"{end:%Y-%m-%d}" if end else "stands"


# --- pauses and exclusions

START = "2026-11-02 09:00"  # a Monday


@pytest.mark.parametrize(
    ("spans", "end"),
    [
        ((), "2026-11-09"),
        ((span("2026-11-03 09:00", "2026-11-03 16:00"),), "2026-11-09"),  # begun and ended on one day: nothing lost
        ((span("2026-11-03 09:00", "2026-11-04 09:00"),), "2026-11-10"),
        ((span("2026-11-03 09:00", "2026-11-05 09:00"),), "2026-11-11"),
        ((span("2026-11-06 17:00", "2026-11-09 09:00"),), "2026-11-10"),  # over a weekend costs one day
        ((span("2026-11-07 09:00", "2026-11-08 09:00"),), "2026-11-09"),  # on a weekend costs none
        ((span("2026-11-03 09:00", "2026-11-04 09:00"), span("2026-11-04 09:00", "2026-11-05 09:00")), "2026-11-11"),
        ((span("2026-11-03 09:00", "2026-11-05 09:00"), span("2026-11-04 09:00", "2026-11-06 09:00")), "2026-11-12"),
        ((span("2026-11-03 09:00", "2026-11-05 09:00"), span("2026-11-03 10:00", "2026-11-05 08:00")), "2026-11-11"),
        ((span("2026-11-02 10:00", "2026-11-03 09:00"),), "2026-11-09"),  # the start day never counted
        ((span("2026-11-09 10:00", "2026-11-10 09:00"),), "2026-11-10"),  # on the last day
        ((span("2026-11-09 18:00", "2026-11-11 09:00"),), "2026-11-11"),  # a pause is of days, not of hours
        ((span("2026-11-10 08:00", "2026-11-20 09:00"),), "2026-11-09"),  # after the end
        ((span("2026-10-01 09:00", "2026-10-20 09:00"),), "2026-11-09"),  # before the start
        ((span("2026-11-03 09:00"),), "stands"),
        ((span("2026-11-03 09:00", "2026-11-04 09:00"), span("2026-11-06 09:00")), "stands"),
    ],
)
@pytest.mark.parametrize("kind", ["pauses", "exclusions"])
def test_five_working_days_from_a_monday(spans: tuple[Span, ...], end: str, kind: str) -> None:
    clock = Clock(at(START), 5, **{kind: spans})
    assert due(clock) == end


def test_a_day_lost_to_both_is_lost_once() -> None:
    ours, theirs = (
        span("2026-11-03 09:00", "2026-11-05 09:00", "补正"),
        span("2026-11-04 09:00", "2026-11-06 09:00", "评审"),
    )
    clock = Clock(at(START), 5, pauses=(ours,), exclusions=(theirs,))
    assert due(clock) == "2026-11-12"
    out = [cell.reason for cell in clock.cells(at("2026-11-06 10:00"), CALENDAR) if cell.mark is Mark.OUT]
    assert out == ["补正", "补正", "评审"]


def test_a_pause_that_ends_lets_the_clock_go_on_where_it_stood() -> None:
    standing = Clock(at(START), 5, pauses=(span("2026-11-04 09:00"),))
    assert standing.left(at("2026-11-20 10:00"), CALENDAR) == 4
    going = Clock(at(START), 5, pauses=(span("2026-11-04 09:00", "2026-11-20 09:00"),))
    assert going.left(at("2026-11-20 10:00"), CALENDAR) == 4
    assert due(going) == "2026-11-25"


@given(st.integers(1, 30), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=5))
def test_the_order_of_pauses_never_matters(limit: int, spans: list[tuple[int, int]]) -> None:
    made = tuple(Span(at(START) + timedelta(n), at(START) + timedelta(n + length)) for n, length in spans)
    forward, back = (Clock(at(START), limit, pauses=order).due(CALENDAR) for order in (made, made[::-1]))
    mixed = Clock(at(START), limit, pauses=made[::2], exclusions=made[1::2]).due(CALENDAR)
    assert forward == back == mixed


# --- marks of small and odd limits


@pytest.mark.parametrize(
    ("limit", "marks"),
    [
        (1, [0, 100]),
        (2, [0, 50, 100]),
        (3, [0, 0, 50, 100]),
        (5, [0, 0, 0, 50, 80, 100]),
        (10, [0, 0, 0, 0, 0, 50, 50, 50, 80, 80, 100]),
    ],
)
def test_the_marks_of_each_day(limit: int, marks: list[int]) -> None:
    clock = Clock(at(START), limit)
    closes = [datetime.combine(CALENDAR.shift(date(2026, 11, 2), n), time(17, 30), ZONE) for n in range(limit + 1)]
    assert [clock.mark(moment, CALENDAR) for moment in closes] == marks


def test_a_limit_of_no_days_knows_before_and_after_only() -> None:
    clock = Clock(at("2026-11-23 09:00"), 0)
    assert [clock.mark(at(f"2026-11-23 {hour}"), CALENDAR) for hour in ("09:00", "17:29", "17:30")] == [0, 0, 100]
    assert clock.overdue(at("2026-11-24 08:00"), CALENDAR) == 1


# --- years that meet


def test_a_clock_over_new_year_follows_the_notice_when_it_comes() -> None:
    year = max(KNOWN) + 1
    start = at(f"{year - 1}-12-30 09:00")
    clock = Clock(start, 3)
    before = clock.due(CALENDAR)
    assert clock.provisional(CALENDAR)
    off = {date(year, 1, day): Named(False, "元旦") for day in range(1, 8)}
    announced = WorkCalendar({**CALENDAR.named, **off}, CALENDAR.announced | {year})
    after = clock.due(announced)
    assert not clock.provisional(announced)
    assert before.date() <= date(year, 1, 7) < after.date()


def test_a_leap_day_is_a_day() -> None:
    assert due(Clock(at("2028-02-25 09:00"), 2)) == "2028-02-29"
    assert due(Clock(at("2027-02-26 09:00"), 2, Unit.CALENDAR)) == "2027-02-28"
    assert WorkCalendar().working_days(date(2028, 2, 28), date(2028, 3, 1)) == 2


@pytest.mark.parametrize("count", [-5, -1, 0, 1, 5])
def test_from_a_holiday_the_count_begins_beside_it(count: int) -> None:
    holiday = date(2026, 10, 4)
    assert (
        f"{CALENDAR.shift(holiday, count):%m-%d}"
        == {
            -5: "09-23",
            -1: "09-30",
            0: "10-08",
            1: "10-08",
            5: "10-13",
        }[count]
    )


# --- office hours


@pytest.mark.parametrize(
    "text",
    ["", "8-12", "08:30", "08:30-12:00,", "12:00-08:30", "08:30-12:00,11:00-17:30", "08:30-08:30", "25:00-26:00"],
)
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_shifts(text)


def test_hours_may_have_space_around_them() -> None:
    assert read_shifts("08:30-12:00, 14:00-17:30") == SHIFTS
    assert read_shifts("09:00-15:00") == ((time(9), time(15)),)


@pytest.mark.parametrize(
    ("moment", "hours", "end"),
    [
        ("2026-11-23 09:00", 4, "2026-11-23 13:00"),
        ("2026-11-23 14:30", 1, "2026-11-24 09:30"),
        ("2026-11-23 06:00", 12, "2026-11-24 15:00"),
        ("2026-09-30 14:00", 2, "2026-10-08 10:00"),
    ],
)
def test_limits_follow_other_hours(moment: str, hours: int, end: str) -> None:
    assert after_working_hours(at(moment), hours, CALENDAR, read_shifts("09:00-15:00")) == at(end)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1)), st.integers(0, 40))  # noqa: DTZ001 — the zone is added
def test_office_hours_end_inside_office_hours(moment: datetime, hours: int) -> None:
    end = after_working_hours(moment.replace(tzinfo=ZONE), hours, CALENDAR)
    assert CALENDAR.is_working(end.date())
    assert any(opens <= end.time() <= closes for opens, closes in SHIFTS)
    assert end >= moment.replace(tzinfo=ZONE)


# --- as an office changes them


def put(code: str, text: str, scope: str | None = None) -> None:
    row = parameters.current(day_of_work.today()).get(code=code, scope="")
    set_value(by=SYSTEM, parameter=row, value=text, valid_from=day_of_work.today(), legal_basis="作息通知", scope=scope)


@pytest.mark.parametrize(
    ("code", "text"),
    [("calendar.closing", "下午五点"), ("calendar.closing", "25:00"), ("calendar.shifts", "08:30-12:00;14:00-17:30")],
)
def test_hours_nobody_can_read_are_refused_before_a_page_falls_over_them(system: None, code: str, text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        put(code, text)
    assert "17:30" in refused.value.message_dict["value"][0]
    assert f"{queries.closing(day_of_work.today()):%H:%M}" == "17:30"


def test_a_prefecture_may_close_at_another_hour(system: None) -> None:
    today = day_of_work.today()
    put("calendar.closing", "18:00", scope="5334")
    put("calendar.shifts", "09:00-12:30,14:30-18:00", scope="5334")
    assert queries.closing(today, "533401000000") == time(18)
    assert queries.closing(today, "532328000000") == time(17, 30)
    assert queries.shifts(today, "533401000000")[0] == (time(9), time(12, 30))
    clock = Clock(at(START), 1, closing=queries.closing(today, "533401000000"))
    assert f"{clock.due(CALENDAR):%H:%M}" == "18:00"


# --- notices


def test_a_name_too_long_for_its_column_is_named_with_its_line(system: None) -> None:
    from harness.people import client_for

    year = max(KNOWN) + 1
    days = f"{year}-01-01 休 元旦\n{year}-05-01 休 {'长' * 61}"
    given_ = {"year": year, "source": "国办发明电〔2026〕9号", "days": days}
    answer = client_for("sysadmin", region="53").post("/calendar/notice/", given_)
    assert answer.status_code == 422
    assert "第2行" in answer.text
    assert queries.source_of(year) == ""


def test_a_second_notice_moves_deadlines_of_clocks_that_run(system: None) -> None:
    year = max(KNOWN) + 1
    clock = Clock(at(f"{year}-05-03 09:00"), 2)
    first = {date(year, 5, 1): Named(False, "劳动节")}
    announce_year(by=SYSTEM, year=year, named=first, source="国办发明电〔2026〕9号")
    before = clock.due(queries.work_calendar())
    later = first | {date(year, 5, day): Named(False, "劳动节") for day in (4, 5, 6, 7)}
    announce_year(by=SYSTEM, year=year, named=later, source="国办发明电〔2027〕1号")
    after = clock.due(queries.work_calendar())
    assert after.date() > before.date()
    assert queries.source_of(year) == "国办发明电〔2027〕1号"
