"""Sheets: the same rows, order and totals as the list; no cell is ever a formula; every export leaves a trace."""

import csv
import io
import tempfile
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse, QueryDict
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from anzhi.foundation.web import columns, export
from anzhi.foundation.web.filters import Filters
from anzhi.foundation.web.tables import Table, Totals
from harness.people import actor, client_of, user_at

SITE = [pytest.mark.django_db, pytest.mark.urls("foundation.web.listing")]
NASTY = st.text(st.sampled_from("=+-@\t\r\n|'\"，1A!\x00\x0b\ufffe"), max_size=8)


@pytest.fixture
def province() -> Client:
    """A finance officer of the province."""
    return client_of(user_at("finance", region="53"))


def body(answer: HttpResponse) -> bytes:
    """The file of an answer, closed at the end; `answer.close()` would close the test's database too."""
    file = answer.file_to_stream  # type: ignore[attr-defined]  # a FileResponse
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # the same
    if file:  # the test client closes what it has read to its end
        file.close()
    return content


def cells_of(answer: HttpResponse) -> list[list[str]]:
    """The lines of a CSV answer."""
    return list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig"))))


class Nasty(Table):
    """Text and money."""

    order = "pk"
    text = columns.Text("=头")
    amount = columns.Money("金额", total=True)


def page_of(texts: list[str]) -> Any:
    """A list page of invented rows."""
    rows = [SimpleNamespace(text=text, amount=Decimal(at) - 3) for at, text in enumerate(texts)]

    class Rows(list):  # type: ignore[type-arg]  # stands in for a queryset
        def order_by(self, *names: str) -> "Rows":
            return self

        def __getitem__(self, part: Any) -> Any:
            return Rows(list.__getitem__(self, part))

        def iterator(self, chunk_size: int) -> Any:
            return iter(self)

    total = sum((row.amount for row in rows), Decimal(0))
    asked, who = Filters(QueryDict()), actor("finance", name="=人")
    return SimpleNamespace(
        table=Nasty, filtered=Rows(rows), order=("pk", False), title="=题[]", asked=asked, actor=who,
        summed=Totals(len(rows), {"amount": total}), request=SimpleNamespace(path="/"),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(NASTY, max_size=5))
def test_no_text_is_ever_a_formula(texts: list[str]) -> None:
    plain = export.respond(page_of(texts), "csv")
    lines = list(csv.reader(io.StringIO(body(plain).decode("utf-8-sig"), newline="")))
    for line in lines:
        for at, cell in enumerate(line):
            number = at == 1 and cell.lstrip("-").replace(".", "").isdigit()
            assert number or not cell.startswith(export.DANGER), line
    book = load_workbook(io.BytesIO(body(export.respond(page_of(texts), "xlsx"))))
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert [row[1].value for row in list(book.worksheets[0].iter_rows())[1 : len(texts) + 1]] == [
        at - 3 for at in range(len(texts))
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx"])
def test_dangerous_beginnings(text: str) -> None:
    assert export.safe(text) == "'" + text
    assert export.safe("a" + text) == "a" + text


class TestOverTheSite:
    """The real engine over regions."""

    pytestmark = SITE

    def test_csv_has_all_rows_in_order_with_totals_and_origin(self, province: Client) -> None:
        lines = cells_of(province.get("/t/summed/?sort=-name&export=csv"))
        end = next(at for at, line in enumerate(lines) if line[0] == "合计")
        names = [line[0] for line in lines[1:end]]
        assert len(names) >= 129
        listed = province.get("/t/summed/?sort=-name").text
        assert listed.index(names[0]) < listed.index(names[1]) < listed.index(names[2])
        assert int(lines[end][-1]) == sum(int(line[-1]) for line in lines[1:end])
        about = {line[0]: line[1] for line in lines if len(line) == 2}
        assert about["导出人"].startswith("杨若岚（")
        assert about["筛选"] == "无"
        assert about["导出时间"][:2] == "20"

    def test_filters_hold_and_are_named(self, province: Client) -> None:
        lines = cells_of(province.get("/t/list/?level=county&q=元谋&page=9&export=csv"))
        assert [line[0] for line in lines[1:2]] == ["元谋县"]
        assert ["筛选", "级别 县（市、区）级；名称 元谋"] in lines

    def test_xlsx_holds_numbers_and_text(self, province: Client) -> None:
        answer = province.get("/t/summed/?q=元谋&export=xlsx")
        assert "%E5%9C%B0%E5%8C%BA" in answer.headers["Content-Disposition"]
        sheet = load_workbook(io.BytesIO(body(answer))).worksheets[0]
        assert sheet["B2"].value == "532328000000"
        assert sheet["B2"].data_type == "s"
        assert sheet["F2"].value == 3

    def test_another_county_gets_its_own_rows_only(self) -> None:
        text = body(client_of(user_at("finance")).get("/t/list/?export=csv")).decode()
        assert "元谋县" in text
        assert "彝良" not in text

    def test_an_unknown_kind_is_the_page(self, province: Client) -> None:
        assert "<html" in province.get("/t/list/?export=exe").text

    def test_each_export_leaves_a_trace(self, province: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        heard: list[Any] = []
        monkeypatch.setattr(export, "_hooks", [lambda who, trace: heard.append((who.name, trace))])
        answer = province.get("/t/list/?q=元谋县&export=csv")
        rows = len(cells_of(answer)) - 5
        name, trace = heard[0]
        assert (name, trace.kind, trace.filters, trace.path) == ("杨若岚", "csv", "名称 元谋县", "/t/list/")
        assert trace.rows == rows
        province.get("/t/list/")
        assert len(heard) == 1

    def test_too_many_rows_are_refused_in_words(self, province: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(export, "LIMIT", 20)
        answer = province.get("/t/list/?export=csv")
        assert answer.status_code == 422
        assert "超过 20 行，没有导出" in answer.text

    def test_the_file_lies_nowhere_with_a_name(self, province: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        made: list[Any] = []
        real = tempfile.TemporaryFile
        monkeypatch.setattr(tempfile, "TemporaryFile", lambda: made.append(real()) or made[-1])
        answer = province.get("/t/list/?level=county&export=csv")
        assert b"".join(answer.streaming_content)
        assert made[0].closed
