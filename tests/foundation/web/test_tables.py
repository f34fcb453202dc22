"""A page of cells: each drawn right, those known from their value once."""

from datetime import date
from types import SimpleNamespace as Row
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from django.utils.html import format_html

from anzhi.foundation.web import columns
from anzhi.foundation.web.tables import Table


class Counting(columns.State):
    """A subclass that looks at the row: its cells are never kept."""

    def body(self, row: Any, value: Any) -> Any:
        return format_html("<i>{}</i>", row.id)


class Things(Table):
    order = "id"
    name = columns.Text("名称", note="hint")
    state = columns.State("状态", kinds={"on": "run"}, labels={"on": "启用<", "off": "停用"})
    came = columns.Date("日期", "on")
    odd = Counting("例外", "state", kinds={})
    linked = columns.Date("链接", "on", href=lambda row: f"/x/{row.id}/")
    noted = columns.Date("附注", "on", note="hint")


def rows() -> list[Row]:
    states = ["on", "off", "on", None, "other"]
    days = [date(2025, 1, 2), date(2025, 1, 2), None, date(2025, 3, 4), date(2025, 1, 2)]
    return [
        Row(id=at, name=f"<{at}>", hint=f"h{at}", state=state, on=day)
        for at, (state, day) in enumerate(zip(states, days, strict=True))
    ]


def body(shown: list[Row]) -> list[str]:
    with translation.override("zh-hans"):
        return [str(row.cells) for row in Things.body(shown, list(Things.columns.values()))]


def test_a_cell_that_was_met_before_looks_as_if_it_had_not_been() -> None:
    together = body(rows())
    alone = [body([row])[0] for row in rows()]
    assert together == alone


def test_what_looks_at_the_row_is_drawn_for_each_row() -> None:
    drawn = body(rows())
    assert [f"<i>{at}</i>" in cells for at, cells in enumerate(drawn)] == [True, True, True, False, True]
    assert ["/x/0/" in cells for cells in drawn] == [True, False, False, False, False]
    assert [f"<small>h{at}</small>" in cells for at, cells in enumerate(drawn)] == [True] * 5


def test_a_state_is_drawn_once_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    real = columns.State.said
    monkeypatch.setattr(columns.State, "said", lambda self, row, value: made.append(value) or real(self, row, value))
    body(rows() * 10)
    assert made == ["on", "off", "other"]


def test_another_language_is_another_page() -> None:
    class Days(Table):
        order = "id"
        state = columns.Level("级别")

    shown = [Row(id=1, state="red")]
    with translation.override("en"):
        assert "Red alert" in str(Days.body(shown, list(Days.columns.values()))[0].cells)
    with translation.override("zh-hans"):
        assert "Red alert" not in str(Days.body(shown, list(Days.columns.values()))[0].cells)


def test_words_of_people_are_escaped_in_each_cell_and_head() -> None:
    drawn = body(rows())
    assert "&lt;0&gt;" in drawn[0]
    assert "启用&lt;" in drawn[0]
    assert "<0>" not in drawn[0]

    class Headed(Table):
        order = "id"
        one = columns.Text('"><script>', "name")

    with translation.override("en"):
        assert "<script>" not in str(Headed.body(rows()[:1], list(Headed.columns.values()))[0].cells)


def test_a_phone_gets_each_place_once_and_a_day_where_it_begins() -> None:
    class Dated(Table):
        order = "id"
        day = "on"
        title = columns.Text("一", "name")
        other = columns.Text("二", "name")
        state = columns.State("三", kinds={})
        again = columns.State("四", "state", kinds={})

    assert Dated.places() == {"title": "title", "other": "note", "state": "state", "again": "hide"}
    with translation.override("zh-hans"):
        starts = [bool(row.day) for row in Dated.body(rows(), list(Dated.columns.values()))]
    assert starts == [True, False, False, True, True], "a row without a day belongs to the day before it"


def test_a_column_that_is_empty_on_a_page_may_be_left_out() -> None:
    class Sparse(Table):
        order = "id"
        name = columns.Text("一")
        rare = columns.Text("二", "nothing", drop=True)
        never = columns.Text("三", "nothing")

    shown = [column.name for column in Sparse.shown(rows())]
    assert shown == ["name", "never"]
    assert [column.name for column in Sparse.shown([Row(name="a", nothing="b")])] == ["name", "rare", "never"]


@pytest.mark.parametrize(
    ("asked", "field", "down"),
    [
        ("", "id", True),
        ("name", "title", False),
        ("-name", "title", True),
        ("--name", "title", True),
        ("secret", "id", True),
        ("id", "id", True),
        ("-", "id", True),
        ("title", "id", True),
    ],
)
def test_only_what_is_declared_sorts(asked: str, field: str, down: bool) -> None:
    class Sorted(Table):
        order = "-id"
        name = columns.Text("一", sort="title")
        secret = columns.Text("二")

    assert Sorted.ordering(asked) == (field, down)


def test_a_table_without_an_order_cannot_be_declared() -> None:
    with pytest.raises(ImproperlyConfigured, match="order"):

        class Loose(Table):
            name = columns.Text("一")
