"""When half, four fifths and all of a limit are used."""

from datetime import datetime

import pytest

from anzhi.foundation.calendar.rules import ZONE, Clock, Named, Span, Unit, WorkCalendar
from anzhi.foundation.workflow.rules.marks import next_mark

CALENDAR = WorkCalendar(
    {datetime(2026, 10, day, tzinfo=ZONE).date(): Named(False, "国庆节") for day in range(1, 9)}, frozenset({2026})
)
MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZONE)


def told(clock: Clock) -> list[tuple[int, str]]:
    found, reached = [], 0
    while mark := next_mark(clock, reached, CALENDAR):
        reached = mark[0]
        found.append((reached, f"{mark[1]:%m-%d %H:%M}"))
    return found


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (10, [(50, "03-09 17:30"), (80, "03-12 17:30"), (100, "03-16 17:30")]),
        (3, [(50, "03-04 17:30"), (80, "03-05 17:30"), (100, "03-05 17:30")]),
        (1, [(50, "03-03 17:30"), (80, "03-03 17:30"), (100, "03-03 17:30")]),
    ],
)
def test_marks_of_working_days(limit: int, expected: list[tuple[int, str]]) -> None:
    assert told(Clock(MONDAY, limit)) == expected


def test_marks_of_calendar_days() -> None:
    assert told(Clock(MONDAY, 10, Unit.CALENDAR)) == [(50, "03-07 17:30"), (80, "03-10 17:30"), (100, "03-12 17:30")]


def test_marks_over_the_national_holiday() -> None:
    before = datetime(2026, 9, 29, 9, tzinfo=ZONE)
    assert told(Clock(before, 2)) == [(50, "09-30 17:30"), (80, "10-09 17:30"), (100, "10-09 17:30")]


def test_marks_move_with_a_pause_and_stop_while_it_lasts() -> None:
    pause = Span(datetime(2026, 3, 4, 9, tzinfo=ZONE), datetime(2026, 3, 9, 9, tzinfo=ZONE))
    assert told(Clock(MONDAY, 10, pauses=(pause,)))[-1] == (100, "03-19 17:30")
    assert told(Clock(MONDAY, 10, pauses=(Span(MONDAY),))) == []
