"""What a figure is made of: definition, unit, period, tier; said in Chinese, offered to whom it concerns."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.jobs import registry as jobs
from anzhi.foundation.parameters import clock
from anzhi.network.indicators import queries, registry, rules, units
from anzhi.network.indicators.queries import Figure
from harness.people import actor, client_for
from network.indicators import trial

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
CHINA = ZoneInfo("Asia/Shanghai")


def all_of_them() -> list[Any]:
    return registry.open_to(SYSTEM)


def test_each_is_defined_whole_and_in_chinese() -> None:
    with translation.override("zh-hans"):
        for one in all_of_them():
            for words in (one.name, one.formula, one.source, one.direction, one.unit.label):
                assert any("\u4e00" <= letter <= "\u9fff" for letter in str(words)), (one.code, str(words))
            assert all(str(label) for label in one.parts.values()), one.code
            assert one.tiers == registry.TIERS, one.code


def test_they_stand_in_order_and_codes_are_one_word_each() -> None:
    orders = [(one.order, one.code) for one in all_of_them()]
    assert orders == sorted(set(orders))
    assert all(one.code == one.code.strip().lower() and " " not in one.code for one in all_of_them())


@pytest.mark.parametrize(
    ("role", "there", "absent"),
    [
        ("officer", {"projects", "capacity", "sites", "people"}, {"money", "alerts"}),
        ("leader", {"projects", "money", "alerts", "allocations"}, set()),
        ("secadmin", set(), {"projects", "money", "alerts"}),
    ],
)
def test_each_is_offered_to_whom_it_concerns(role: str, there: set[str], absent: set[str]) -> None:
    found = {one.code for one in registry.open_to(actor(role))}
    assert there <= found
    assert not absent & found


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [("leader", 200), ("officer", 200), ("secadmin", 403), ("sysadmin", 403)])
def test_the_page_is_for_those_who_may_see_figures(role: str, status: int) -> None:
    assert client_for(role).get("/indicators/").status_code == status


def test_an_unknown_code_is_known_to_nobody() -> None:
    assert not registry.known("nothing")
    with pytest.raises(KeyError):
        registry.get("nothing")
    assert {one.code for one in registry.kept()} >= {"money", "entries", "allocations"}


@pytest.mark.parametrize(("better", "said"), [("more", "more is better"), ("less", "less is better"), ("", "neither")])
def test_a_direction_is_said(better: str, said: str) -> None:
    assert str(trial.made(better=better).direction) == said


# --- units


@pytest.mark.parametrize(
    ("unit", "value", "shown", "brief", "exact"),
    [
        (units.YUAN, 0, ("0.00", "元"), "0万", "0.00"),
        (units.YUAN, 1, ("0.01", "元"), "0万", "0.01"),
        (units.YUAN, 123_456, ("1,234.56", "元"), "0万", "1,234.56"),
        (units.YUAN, 1_000_000, ("1.00", "万元"), "1万", "10,000.00"),
        (units.YUAN, 20_180_000_00, ("2,018.00", "万元"), "2,018万", "20,180,000.00"),
        (units.YUAN, 9_999_999_999, ("1.00", "亿元"), "1.0亿", "99,999,999.99"),
        (units.YUAN, 10_000_000_000, ("1.00", "亿元"), "1.0亿", "100,000,000.00"),
        (units.YUAN, -300_000_000_00, ("−3.00", "亿元"), "−3.0亿", "−300,000,000.00"),
        (units.PEOPLE, 99_999, ("99,999", "人"), "99,999人", "99,999"),
        (units.PEOPLE, 100_000, ("10.00", "万人"), "10.00万人", "100,000"),
        (units.CAPACITY, 12_500, ("13", "兆瓦"), "13兆瓦", "12.5"),
        (units.CAPACITY, 2_400_000, ("2,400", "兆瓦"), "2,400兆瓦", "2,400"),
        (units.ALERTS, 1_234, ("1,234", "条"), "1,234条", "1,234"),
    ],
)
def test_a_value_is_said_short_and_whole(
    unit: units.Unit, value: int, shown: tuple[str, str], brief: str, exact: str
) -> None:
    with translation.override("zh-hans"):
        assert (unit.show(value), unit.brief(value), unit.exact(value)) == (shown, brief, exact)


@given(st.integers(-(10**15), 10**15))
def test_the_exact_figure_keeps_every_fen(fen: int) -> None:
    said = units.YUAN.exact(fen).replace(",", "").replace("−", "-")
    assert round(float(said) * 100) == fen or int(said.replace(".", "")) == fen


def test_nothing_known_is_not_nothing() -> None:
    with translation.override("zh-hans"):
        assert units.YUAN.show(None) == ("不详", "")
        assert units.YUAN.show(0) != units.YUAN.show(None)


# --- periods


@given(DAYS)
def test_the_year_until_and_the_year_before_part_at_the_day(day: date) -> None:
    until, before, whole = rules.year_until(day), rules.year_before(day), rules.year_of(day)
    assert until.first == before.first == whole.first == date(day.year, 1, 1)
    assert until.last == day
    assert before.last
    assert (day - before.last).days == 1
    assert whole.last == date(day.year, 12, 31)


@given(DAYS)
def test_a_month_ends_on_the_eve_of_the_next(day: date) -> None:
    end = rules.month_end(day)
    assert (end.year, end.month) == (day.year, day.month)
    assert date.fromordinal(end.toordinal() + 1).day == 1


@pytest.mark.parametrize(("length", "next_tier"), [(2, 4), (4, 6), (6, 9), (9, 12), (12, 12)])
def test_each_tier_has_one_below_and_the_village_none(length: int, next_tier: int) -> None:
    assert rules.below(length) == next_tier


@given(st.dictionaries(st.sampled_from("abc"), st.integers(-100, 100)))
def test_parts_add_up_to_the_whole(parts: dict[str, int]) -> None:
    figure = Figure(parts)
    assert figure.total == sum(figure.of(part) for part in "abcd")


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-01T00:00:00", date(2026, 1, 1)),
        ("2026-12-31T23:59:59", date(2026, 12, 31)),
        ("2026-03-01T00:30:00", date(2026, 3, 1)),
    ],
)
def test_the_day_of_work_is_that_of_china(moment: str, day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """At half past midnight in Kunming it is still yesterday in Greenwich: the year's figures already begin anew."""
    now = datetime.fromisoformat(moment).replace(tzinfo=CHINA)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert clock.today() == day
    assert rules.year_until(clock.today()).first == date(day.year, 1, 1)


@pytest.mark.usefixtures("system")
def test_the_same_day_reaches_the_database() -> None:
    with connection.cursor() as cursor:
        for statement in trial.TABLES:
            cursor.execute(statement)
    trial.fill([("532328000000", "late", date(2026, 10, 10), 1), ("532328000000", "late", date(2026, 10, 11), 1)])
    one = trial.made(kept=False, rows=f"{trial.ROWS} WHERE day < %(today)s")
    for today, late in ((date(2026, 10, 10), 0), (date(2026, 10, 11), 1), (date(2026, 10, 12), 2)):
        with clock.turned_to(today):
            assert queries.total(one, "530000000000").of("late") == late


# --- the nightly proof


def test_the_proof_runs_every_night() -> None:
    assert "indicators.rebuild" in jobs.names()


@pytest.mark.usefixtures("system")
def test_the_command_says_each_figure(capsys: Any) -> None:
    call_command("rebuild_indicators")
    said = capsys.readouterr().out.splitlines()
    assert said == [f"{one.code}: 0 differing" for one in registry.kept()]


def test_who_may_follow_rows_is_who_may_see_figures() -> None:
    assert Permission.INDICATOR_VIEW in actor("leader").permissions
    assert Permission.INDICATOR_VIEW not in actor("secadmin").permissions
