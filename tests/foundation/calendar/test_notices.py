"""A yearly notice, as typed, taken and loaded."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit.models import Event
from anzhi.foundation.calendar import queries
from anzhi.foundation.calendar.management.commands.load_holidays import known_years
from anzhi.foundation.calendar.models import Day, Year
from anzhi.foundation.calendar.notices import read
from anzhi.foundation.calendar.rules import Named
from anzhi.foundation.calendar.services import announce_year

ADMIN = Actor(
    id=7, name="系统管理员", region_code="530000000000", prefix="53", permissions=frozenset({Permission.CALENDAR_EDIT})
)
YEAR = max(known_years()) + 1


def test_lines_and_ranges_are_read_in_both_languages() -> None:
    named, problems = read(
        "2027-10-01/2027-10-03 休 国庆节\n\n 2027-09-26 班 国庆节\n2027-01-01 off 元旦\n2027-01-02 work x", 2027
    )
    assert problems == []
    assert [f"{day:%m-%d} {what.working} {what.name}" for day, what in sorted(named.items())] == [
        "01-01 False 元旦",
        "01-02 True x",
        "09-26 True 国庆节",
        "10-01 False 国庆节",
        "10-02 False 国庆节",
        "10-03 False 国庆节",
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("国庆节", "form"),
        ("2027-01-01 元旦", "form"),
        ("2027-01-01 休", "form"),
        ("2027-02-30 休 春节", "date"),
        ("2026-10-01 休 国庆节", "year"),
        ("2027-12-31/2028-01-02 休 元旦", "year"),
        ("2027-10-07/2027-10-01 休 国庆节", "range"),
        ("2027-01-01/2027-10-01 休 国庆节", "range"),
        ("2027-10-08 班 国庆节", "weekday"),  # a Friday
    ],
)
def test_a_wrong_line_is_named(line: str, code: str) -> None:
    named, problems = read(f"2027-01-01 休 元旦\n{line}", 2027)
    assert [(problem.line, problem.code) for problem in problems] == [(2, code)]
    assert list(named) == [date(2027, 1, 1)]


def test_a_day_named_twice_is_wrong() -> None:
    assert read("2027-01-01 休 元旦\n2027-01-01/2027-01-03 休 元旦", 2027)[1][0].code == "twice"


def test_the_loader_has_loaded_every_year_and_loads_nothing_twice(system: None) -> None:
    before = Event.objects.count()
    assert queries.announced() == frozenset(known_years())
    assert queries.source_of(2026).startswith("国务院办公厅")
    calendar = queries.work_calendar()
    assert not calendar.is_working(date(2026, 10, 1))
    assert calendar.is_working(date(2026, 2, 14))
    call_command("load_holidays")
    assert Event.objects.count() == before


def test_an_office_s_year_is_never_touched_by_the_loader(system: None) -> None:
    announce_year(by=ADMIN, year=2026, named={date(2026, 3, 3): Named(False, "三月街")}, source="通知")
    call_command("load_holidays")
    assert queries.source_of(2026) == "通知"
    assert [str(day) for day in Day.objects.filter(date__year=2026)] == ["2026-03-03 三月街"]


def test_a_notice_replaces_the_year_and_the_trail_keeps_both(system: None) -> None:
    for name in ("元旦", "元旦节"):
        announce_year(by=ADMIN, year=YEAR, named={date(YEAR, 1, 1): Named(False, name)}, source="国办发明电")
    assert [day.name for day in Day.objects.filter(date__year=YEAR)] == ["元旦节"]
    assert str(Year.objects.get(pk=YEAR)) == str(YEAR)
    event = Event.objects.filter(name="calendar.year_announced").latest("id")
    assert event.facts["before"] == [f"{YEAR}-01-01 休 元旦"]
    assert event.facts["after"] == [f"{YEAR}-01-01 休 元旦节"]
    assert not queries.work_calendar().is_provisional(date(YEAR, 6, 1))


def test_who_may_not_announce_and_what_is_no_notice(system: None) -> None:
    named = {date(YEAR, 1, 1): Named(False, "元旦")}
    with pytest.raises(Denied):
        announce_year(by=Actor(id=8, name="x", prefix="53"), year=YEAR, named=named, source="s")
    for wrong in ({}, {date(YEAR + 1, 1, 1): Named(False, "元旦")}):
        with pytest.raises(ValidationError):
            announce_year(by=SYSTEM, year=YEAR, named=wrong, source="s")
    assert queries.source_of(YEAR) == ""


def test_the_database_refuses_a_weekday_worked_in_exchange(system: None) -> None:
    with pytest.raises(IntegrityError, match="day_worked_in_exchange"):
        announce_year(by=SYSTEM, year=YEAR, named={date(2027, 10, 8): Named(True, "国庆节")}, source="s")


def test_office_hours_are_parameters(system: None) -> None:
    assert f"{queries.closing(date(2026, 11, 23)):%H:%M}" == "17:30"
    assert [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in queries.shifts(date(2026, 11, 23))] == [
        "08:30-12:00",
        "14:00-17:30",
    ]
