"""A clock in words and cells, as pages show it."""

from datetime import date, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from anzhi.foundation.calendar.drawing import Part, draw, phrase
from anzhi.foundation.calendar.management.commands.load_holidays import known_years
from anzhi.foundation.calendar.rules import ZONE, Clock, Span, Unit, WorkCalendar
from anzhi.foundation.calendar.year import holidays, sheet

KNOWN = known_years()
CALENDAR = WorkCalendar({day: what for year in KNOWN.values() for day, what in year.items()}, frozenset(KNOWN))
CLOCK = Clock(datetime(2026, 11, 12, 10, tzinfo=ZONE), 7)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "english", "tone"),
    [
        ("2026-11-12 11:00", "7 working days left", ""),
        ("2026-11-20 11:00", "2 working days left", ""),
        ("2026-11-20 18:00", "1 working day left", ""),
        ("2026-11-23 09:00", "due today 17:30", "soon"),
        ("2026-11-23 18:00", "overdue by 1 working day", "late"),
        ("2026-11-26 09:00", "overdue by 3 working days", "late"),
    ],
)
def test_one_phrase(now: str, english: str, tone: str) -> None:
    with translation.override("en"):
        assert phrase(CLOCK, at(now), CALENDAR) == (english, tone)


def test_the_same_in_chinese() -> None:
    with translation.override("zh-hans"):
        assert phrase(CLOCK, at("2026-11-20 11:00"), CALENDAR)[0] == "还剩 2 个工作日"
        assert phrase(CLOCK, at("2026-11-23 09:00"), CALENDAR)[0] == "今日 17:30 到期"
        assert phrase(CLOCK, at("2026-11-26 09:00"), CALENDAR)[0] == "逾期 3 个工作日"


def test_a_clock_that_stands_says_so() -> None:
    clock = Clock(CLOCK.start, 5, Unit.CALENDAR, pauses=(Span(at("2026-11-13 09:00")),))
    with translation.override("en"):
        assert phrase(clock, at("2026-11-20 09:00"), CALENDAR) == ("stands still, 5 days left", "")
        assert draw("x", clock, at("2026-11-20 09:00"), CALENDAR).note == ""


def test_the_note_says_when_and_why_days_do_not_count() -> None:
    pauses = (Span(at("2026-11-13 09:00"), at("2026-11-17 09:00"), "补正"),)
    clock = Clock(CLOCK.start, 30, pauses=pauses)
    with translation.override("en"):
        note = draw("x", clock, at("2026-11-23 10:00"), CALENDAR).note
        late = draw("x", Clock(CLOCK.start, 60), at("2026-11-23 10:00"), CALENDAR).note
    assert "not counted: 补正 2 working days" in note
    assert "provisional" not in note
    assert "provisional" in late


def test_the_component_draws_it() -> None:
    drawn = draw("服务承诺", CLOCK, at("2026-11-23 10:00"), CALENDAR)
    assert drawn.cells == [Part("u", False)] * 6 + [Part("w", True)]
    html = render_to_string("web/ui/clock.html", {"clock": drawn})
    assert html.count("<i ") == 7
    assert "az-clock-soon" in html


def test_a_sheet_holds_every_day_once() -> None:
    months = sheet(2026, CALENDAR, date(2026, 11, 23))
    squares = [square for month in months for week in month.weeks for square in week if square]
    assert len(squares) == 365
    assert sum(month.worked for month in months) == CALENDAR.working_days(date(2025, 12, 31), date(2026, 12, 31))
    kinds = {square.day: square.kind for square in squares}
    assert [kinds[date(2026, *day)] for day in ((10, 1), (2, 14), (11, 21), (11, 23))] == ["off", "work", "rest", ""]
    assert [square.day for square in squares if square.today] == [date(2026, 11, 23)]
    assert all(len(week) == 7 for month in months for week in month.weeks)


def test_holidays_read_as_the_notice_tells_them() -> None:
    told = {holiday.name: holiday for holiday in holidays(2026, CALENDAR)}
    spring = told["春节"]
    assert list(told)[:2] == ["元旦", "春节"]
    assert spring.off == [(date(2026, 2, 15), date(2026, 2, 23))]
    assert spring.worked == [date(2026, 2, 14), date(2026, 2, 28)]
    assert spring.days == 9
    assert holidays(2031, CALENDAR) == []
