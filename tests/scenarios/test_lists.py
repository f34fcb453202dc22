"""Every list of every app gives the same rows on screen, as CSV and as XLSX, and nobody else's.

The lists are found by their class: a new one is held from its first day, and must be fed by `world.plant`.
"""

import csv
import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import takewhile
from typing import Any, NamedTuple

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from lxml import html
from openpyxl import load_workbook

from anzhi.foundation.audit.models import Event
from anzhi.foundation.web.export import DANGER
from anzhi.foundation.web.lists import ListPage
from scenarios.world import EVIL, FOREIGN_SIGN, plant, reader
from supervision.funds.conftest import own_files, spoken

__all__ = ["own_files", "spoken"]
pytestmark = pytest.mark.usefixtures("spoken")
PATHS: dict[str, Callable[[dict[str, Any]], str]] = {
    "AccountPage": lambda world: reverse("funds:account", args=[world["account"]]),
}
OF_ONE = {  # a desk is one person's, procedures are the province's: tests/foundation/workflow holds them
    f"anzhi.foundation.workflow.views.{name}" for name in ("lists", "definitions")
}
FOR_ALL = {"RegionList", "ParameterList", "BankList", "ImportList"}  # the same for everyone, by their own words


def lists(resolver: URLResolver, prefix: str = "/") -> Iterator[tuple[type[ListPage], str]]:
    """Each list page of the site with its address."""
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from lists(entry, path)
        elif isinstance(entry, URLPattern):
            kind = getattr(entry.callback, "view_class", None)
            if isinstance(kind, type) and issubclass(kind, ListPage) and kind.__module__ not in OF_ONE:
                yield kind, path


LISTS = list(lists(get_resolver("anzhi.site.urls")))
EXPORTED = [(kind, path) for kind, path in LISTS if kind.export]


class Told(NamedTuple):
    """What one form of a list says."""

    heads: list[str]
    rows: list[list[Any]]
    total: list[Any]


def address(kind: type[ListPage], path: str, world: dict[str, Any]) -> str:
    return PATHS[kind.__name__](world) if kind.__name__ in PATHS else path


def shown(text: str) -> Told:
    """The page."""
    table = html.fromstring(text).xpath("//table[@data-rows]")[0]
    words = [[said(cell) for cell in row] for row in table.xpath("tbody/tr[not(@class='az-day')]")]
    return Told([said(cell) for cell in table.xpath("thead//th")], words, [said(c) for c in table.xpath("tfoot//td")])


def said(cell: Any) -> str:
    return " ".join(cell.text_content().split())


def content(answer: Any) -> bytes:
    file = answer.file_to_stream
    found = b"".join(answer.streaming_content)
    if file:  # the client closes what it has read to its end
        file.close()
    return found


def lasting(rows: list[list[Any]]) -> list[list[Any]]:
    """Without the events that the exports of this test left in the trail."""
    return [[plain(cell) for cell in row] for row in rows if not str(row[0]).startswith("导出")]


def told(heads: list[str], *rows: list[Any]) -> Told:
    """The last row is the total where it says so."""
    last = len(rows) - 1 if rows and str(rows[-1][0]).startswith("合计") else len(rows)
    return Told(heads, list(rows[:last]), [cell for row in rows[last:] for cell in row])


def as_csv(answer: Any) -> Told:
    """The text file; its rows end at the empty line."""
    return told(*takewhile(bool, csv.reader(io.StringIO(content(answer).decode("utf-8-sig"), newline=""))))


def as_xlsx(answer: Any) -> Told:
    """The workbook's first sheet."""
    sheet = load_workbook(io.BytesIO(content(answer))).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return told(*([cell.value for cell in row] for row in sheet.iter_rows()))


def plain(cell: Any) -> Any:
    """What a cell says, in whichever file: numbers as numbers, the apostrophe of the text file taken off."""
    text = "" if cell is None else str(cell).removeprefix("'")
    try:
        return Decimal(text).normalize() + 0
    except ArithmeticError:
        return text


@pytest.mark.parametrize(("kind", "path"), EXPORTED, ids=[path for _, path in EXPORTED])
def test_page_and_files_say_the_same(kind: type[ListPage], path: str) -> None:
    where, client = address(kind, path, plant()), reader(kind.permission)
    page = client.get(where)
    listed = shown(page.text)

    text = as_csv(client.get(f"{where}?export=csv"))
    book = as_xlsx(client.get(f"{where}?export=xlsx"))

    assert text.heads == book.heads == [str(column.head) for column in kind.table.columns.values()]
    assert [head for head in text.heads if head in listed.heads] == listed.heads
    assert text.total or len(listed.total) < 2, "a sum on screen is in the file"
    assert lasting(text.rows) == lasting(book.rows)
    assert [plain(cell) for cell in text.total] == [plain(cell) for cell in book.total]
    assert len(text.rows) >= len(listed.rows) >= 1
    assert len(text.rows) == len(listed.rows) or "?page=2" in page.text or "after=" in page.text
    assert not [row for row in text.rows if "None" in row], "nothing known is an empty cell"
    assert not [cell for row in text.rows for cell in row if cell.startswith(DANGER) and not number(cell)]


def number(cell: str) -> bool:
    return isinstance(plain(cell), Decimal)


@pytest.mark.parametrize(("kind", "path"), LISTS, ids=[path for _, path in LISTS])
def test_a_list_shows_its_area_and_never_the_other(kind: type[ListPage], path: str) -> None:
    world = plant()
    where = address(kind, path, world)
    own = reader(kind.permission).get(where)

    assert own.status_code == 200
    assert FOREIGN_SIGN not in own.text
    assert EVIL not in own.text, "escaped on screen"
    if kind.export:
        assert FOREIGN_SIGN.encode() not in content(reader(kind.permission).get(f"{where}?export=csv"))
    stranger = reader(kind.permission, "5306").get(where)
    if kind.__name__ in PATHS:
        assert stranger.status_code == 404
    elif kind.__name__ not in FOR_ALL:
        assert "HYPERLINK" not in stranger.text


@pytest.mark.parametrize(("kind", "path"), EXPORTED, ids=[path for _, path in EXPORTED])
def test_an_export_leaves_an_event_and_a_page_does_not(kind: type[ListPage], path: str) -> None:
    where, client = address(kind, path, plant()), reader(kind.permission)
    before = Event.objects.filter(name="export.made").count()

    client.get(where)
    assert Event.objects.filter(name="export.made").count() == before
    content(client.get(f"{where}?export=csv"))

    event = Event.objects.filter(name="export.made").latest("pk")
    assert Event.objects.filter(name="export.made").count() == before + 1
    assert (event.facts["kind"], event.facts["path"]) == ("csv", where)
