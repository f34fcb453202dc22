"""When the marks of a clock are reached: 50, 80 and 100 % of its days."""

from dataclasses import replace
from datetime import datetime

from anzhi.foundation.calendar.rules import MARKS, Clock, WorkCalendar


def next_mark(clock: Clock, reached: int, calendar: WorkCalendar) -> tuple[int, datetime] | None:
    """The first mark above `reached` and its moment; None after 100 %, and while the clock stands."""
    for mark in MARKS:
        if mark > reached:
            moment = _moment(clock, mark, calendar)
            return (mark, moment) if moment else None
    return None


def _moment(clock: Clock, mark: int, calendar: WorkCalendar) -> datetime | None:
    """The close of the day with which that share of the days is used."""
    days = -(-clock.limit * mark // 100)
    return replace(clock, limit=days, rolls=clock.rolls and mark == 100).due(calendar)
