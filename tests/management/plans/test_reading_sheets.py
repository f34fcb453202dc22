"""Sheets as people make them: titles above, columns anywhere, numbers as cells, and everything that is no sheet."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from anzhi.management.plans import sheets
from anzhi.management.plans.sheets import HEADER_WITHIN, SheetRefused, rows

COLUMNS = ("编号", "金额", "日期")
ROW = ["A-1", "100.00", "2026-09-10"]


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: list, title: str = "") -> Path:
        made = Workbook()
        for line in lines:
            made.active.append(line)
        path = tmp_path / "表.xlsx"
        made.save(path)
        return path

    return write


@pytest.fixture
def text(tmp_path: Path) -> Callable[[str], Path]:
    def write(content: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "表.csv"
        path.write_bytes(content.encode(encoding))
        return path

    return write


def refused(path: Path) -> SheetRefused:
    with pytest.raises(SheetRefused) as told:
        list(rows(path, COLUMNS))
    return told.value


def test_rows_carry_the_numbers_a_person_sees(book: Callable) -> None:
    path = book(["2026年拨付表"], [], list(COLUMNS), ROW, [], [None, "  ", None], ["A-2", "5", "2026-09-11"])

    assert [(number, row["编号"]) for number, row in rows(path, COLUMNS)] == [(4, "A-1"), (7, "A-2")]


def test_columns_may_stand_in_any_order_with_others_between(book: Callable) -> None:
    path = book(["备注", "日期", "编号", "经办人", "金额"], ["x", "2026-09-10", "A-1", "y", "100.00"])

    assert [row for _number, row in rows(path, COLUMNS)] == [dict(zip(COLUMNS, ROW, strict=True))]


def test_a_row_that_ends_early_has_empty_cells(book: Callable) -> None:
    assert [row for _number, row in rows(book(list(COLUMNS), ["A-1"]), COLUMNS)] == [
        {"编号": "A-1", "金额": "", "日期": ""}
    ]


@pytest.mark.parametrize(("above", "found"), [(HEADER_WITHIN - 1, True), (HEADER_WITHIN, False)])
def test_the_header_is_looked_for_in_the_first_rows_only(book: Callable, above: int, found: bool) -> None:
    path = book(*([f"说明 {at}"] for at in range(above)), list(COLUMNS), ROW)

    if found:
        assert len(list(rows(path, COLUMNS))) == 1
    else:
        assert refused(path).fault.row == HEADER_WITHIN


def test_missing_columns_are_named_where_the_header_stands(book: Callable) -> None:
    told = refused(book(["标题"], ["编号", "金额", "经办人"], ["A-1", "1", "y"]))

    assert told.fault.row == 2
    assert "日期" in told.fault.message
    assert "编号" not in told.fault.message


def test_a_short_sheet_with_another_header_is_not_called_empty(book: Callable) -> None:
    told = refused(book(["number", "amount"], ["A-1", "1"]))

    assert all(name in told.fault.message for name in COLUMNS)


@pytest.mark.parametrize("lines", [[], [[]], [["", None], ["  "]]])
def test_an_empty_sheet_is_called_so(book: Callable, lines: list[list]) -> None:
    assert "空" in refused(book(*lines)).fault.message


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (date(2026, 9, 10), "2026-09-10"),
        (datetime.fromisoformat("2026-09-10T23:59"), "2026-09-10"),
        (2026, "2026"),
        (2026.0, "2026"),
        (4120000.1, "4120000.1"),
        (0.1 + 0.2, "0.3"),
        (1.005, "1.005"),
        (123456789012.34, "123456789012.34"),
        (1e15, "1000000000000000"),
        ("　A-1 ", "A-1"),
        (None, ""),
    ],
)
def test_cells_become_the_words_a_person_reads(cell: object, told: str) -> None:
    assert sheets._text(cell) == told


def test_an_amount_is_never_rounded_on_the_way_in(book: Callable) -> None:
    (row,) = (row for _number, row in rows(book(list(COLUMNS), ["A-1", 1.005, date(2026, 9, 10)]), COLUMNS))

    assert Decimal(row["金额"]) == Decimal("1.005")  # the form refuses the part of a fen, by row and column


def test_only_the_first_page_is_read(tmp_path: Path) -> None:
    made = Workbook()
    made.active.append(list(COLUMNS))
    made.active.append(ROW)
    made.create_sheet("填写说明").append(["A-9", "9", "2026-09-10"])
    made.save(tmp_path / "两页.xlsx")

    assert len(list(rows(tmp_path / "两页.xlsx", COLUMNS))) == 1


def test_a_sheet_that_is_too_long_is_refused_by_its_row(book: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)

    assert len(list(rows(book(list(COLUMNS), ROW, ROW), COLUMNS))) == 2
    assert refused(book(list(COLUMNS), ROW, ROW, ROW)).fault.row == 4


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_commas_quotes_and_line_ends_of_a_text_sheet(text: Callable, newline: str) -> None:
    lines = [",".join(COLUMNS), '"A-1","1,000.00",2026-09-10', '"甲""乙",5,2026-09-11']

    assert [row["编号"] + row["金额"] for _number, row in rows(text(newline.join(lines)), COLUMNS)] == [
        "A-11,000.00",
        '甲"乙5',
    ]


@pytest.mark.parametrize(
    "content",
    [
        '编号,金额,日期\n"A-1,5,2026-09-10\n',
        f"编号,金额,日期\n{'9' * 140_000},5,2026-09-10\n",
        '编号,金额,日期\n"A"1,5,\n',
    ],
    ids=["an open quote", "an endless cell", "words behind a quote"],
)
def test_a_text_sheet_that_breaks_off_is_refused(text: Callable, content: str) -> None:
    assert refused(text(content)).fault.message


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)

    assert "XLSX" in refused(path).fault.message
