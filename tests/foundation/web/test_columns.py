"""Cells: what stands on screen and what goes into a sheet."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace as Row
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from anzhi.foundation.web import cells, columns
from anzhi.foundation.web.tables import Table


@pytest.fixture(autouse=True)
def chinese(time_machine_now: None) -> Any:
    """In Chinese, on 23 November 2026."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def time_machine_now() -> Any:
    """A fixed day: dates inside this year are short."""
    import time_machine

    with time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=UTC), tick=False):
        yield


def made(kind: type[columns.Column], *args: Any, **options: Any) -> columns.Column:
    """A column as a table would hold it."""
    column = kind("头", *args, **options)
    column.__set_name__(Table, "value")
    return column


@pytest.mark.parametrize(
    ("column", "value", "screen", "sheet"),
    [
        (made(columns.Text), "<b>", "&lt;b&gt;", "<b>"),
        (made(columns.Text), None, "—", ""),
        (made(columns.Money), Decimal("-412380"), "−412,380.00", Decimal("-412380")),
        (made(columns.Money), Decimal("0"), "0.00", Decimal("0")),
        (
            made(columns.Money, signed=True),
            Decimal("5400000"),
            '<b class="az-plus">+5,400,000.00</b>',
            Decimal("5400000"),
        ),
        (made(columns.Money, signed=True), Decimal("-1"), '<b class="az-minus">−1.00</b>', Decimal("-1")),
        (made(columns.Figure), 51800, "51,800", 51800),
        (made(columns.Figure, decimals=1), Decimal("84.42"), "84.4", Decimal("84.42")),
        (made(columns.Date), date(2026, 11, 3), "11-03", "2026-11-03"),
        (made(columns.Date), date(2025, 12, 30), "2025-12-30", "2025-12-30"),
        (
            made(columns.Date, time=True),
            datetime(2026, 11, 23, 1, 42, 5, tzinfo=UTC),
            "11-23 09:42",
            "2026-11-23 09:42:05",
        ),
        (
            made(columns.Date, time=True, seconds=True),
            datetime(2026, 1, 1, tzinfo=UTC),
            "01-01 08:00:00",
            "2026-01-01 08:00:00",
        ),
        (
            made(columns.State, kinds={"a": "run"}, labels={"a": "办理中"}),
            "a",
            '<span class="az-state az-state-run">办理中</span>',
            "办理中",
        ),
        (made(columns.State, kinds={}), "x", '<span class="az-state">x</span>', "x"),
        (made(columns.Level), None, "", ""),
        (made(columns.Masked), "6228480012343071", "6228 **** **** 3071", "6228 **** **** 3071"),
    ],
)
def test_cell(column: columns.Column, value: Any, screen: str, sheet: Any) -> None:
    row = Row(value=value)
    assert str(column.html(row)) == screen
    assert column.sheet(row) == sheet


def test_a_level_without_a_word_has_a_label() -> None:
    shape = made(columns.Level).html(Row(value="red"))
    assert 'role="img"' in shape
    assert 'aria-label="红色预警"' in shape
    worded = made(columns.Level, worded=True)
    assert ">黄</i>黄色</span>" in str(worded.html(Row(value="yellow")))
    assert worded.sheet(Row(value="blue")) == "蓝色"


def test_note_and_link_are_escaped() -> None:
    column = made(columns.Text, note="note", href=lambda row: '/x?"')
    assert str(column.html(Row(value="<i>", note="<u>"))) == '<a href="/x?&quot;">&lt;i&gt;</a><small>&lt;u&gt;</small>'


def test_a_path_ends_where_nothing_is() -> None:
    assert cells.follow(Row(a=Row(b=lambda: 3)), "a.b") == 3
    assert cells.follow(Row(a={"b": 4}), "a__b") == 4
    assert cells.follow(Row(a=None), "a.b") is None
    assert cells.follow(Row(a=1), lambda row: row.a + 1) == 2


def test_the_unit_stands_in_the_head() -> None:
    assert made(columns.Money).head == "头（元）"
    assert made(columns.Text).head == "头"


class Wide(Table):
    """Every kind once, to see where it stands on a phone."""

    order = "-at"
    day = "at"
    at = columns.Date("时间")
    number = columns.Text("号")
    amount = columns.Money("金额")
    other = columns.Money("余额")
    who = columns.Text("谁", phone="title")
    state = columns.State("状态", kinds={})
    maybe = columns.Text("可无", drop=True)


def test_each_place_on_a_card_is_given_once() -> None:
    places = list(Wide.places().values())
    for place in ("title", "amount", "note", "state"):
        assert places.count(place) == 1
    assert Wide.places()["other"] == "hide"


def test_an_empty_column_is_dropped() -> None:
    rows = [Row(at=date(2026, 1, 2), number=1, amount=1, other=1, who="我", state="s", maybe="")]
    assert "maybe" not in [column.name for column in Wide.shown(rows)]
    rows[0].maybe = "有"
    assert "maybe" in [column.name for column in Wide.shown(rows)]


def test_a_new_day_is_marked_once() -> None:
    days = [date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 22)]
    rows = [Row(at=day, number=1, amount=1, other=1, who="我", state="s", maybe="") for day in days]
    assert [line.day for line in Wide.body(rows, Wide.shown(rows))] == ["11月23日", "", "11月22日"]


def test_a_table_declares_its_order() -> None:
    with pytest.raises(ImproperlyConfigured, match="order"):
        type("Loose", (Table,), {"name": columns.Text("x")})


def test_only_declared_columns_sort() -> None:
    class Sorted(Table):
        order = "-booked_on"
        amount = columns.Money("金额", sort="fen")

    assert Sorted.ordering("amount") == ("fen", False)
    assert Sorted.ordering("-amount") == ("fen", True)
    assert Sorted.ordering("password") == ("booked_on", True)
    assert Sorted.ordering("") == ("booked_on", True)
