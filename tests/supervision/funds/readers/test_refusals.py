"""Each way a file can be wrong has its sentence, and each sentence a file that earns it."""

import io
from pathlib import Path

import openpyxl
import pytest

from anzhi.supervision.funds.readers import messages
from supervision.funds.readers.helpers import refusal
from supervision.funds.readers.test_camt import changed
from supervision.funds.readers.test_sheets import XLS
from supervision.funds.readers.writing import xls

DAYS = "<BookgDt><Dt>2026-10-08</Dt></BookgDt><ValDt><Dt>2026-10-08</Dt></ValDt>"
INTERIM = ":20:MT942\r\n:25:53001905038050000001\r\n:28C:7/1\r\n:34F:CNY0,\r\n:13D:2610081200+0800\r\n"
DAY = ":20:STMT\r\n:25:53001905038050000001\r\n:28C:7/1\r\n:60F:C261008CNY0,\r\n"
HEADS = "日期,金额,借贷标志,余额,账号\n"


def empty_workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def spoiled_xls() -> bytes:
    """Whole as a container, nonsense inside."""
    content = bytearray(xls(XLS))
    start = content.index(b"\x09\x08")
    content[start : start + 64] = b"\xff" * 64
    return bytes(content)


CASES = [
    ("camt.date_missing", "第 2 行", "", changed(DAYS, "").replace(b"<Dt><Dt>2026-10-08</Dt></Dt>", b"")),
    ("mt.no_statement", "", "", b"  :20:STMT\r\n-\r\n"),
    ("mt.unfinished", "第 6 行", "", f"{INTERIM}:61:2610081008C5,00NTRFNONREF//R1\r\n".encode()),
    ("mt.line_malformed", "第 5 行", "26x", f"{DAY}:61:26x\r\n:62F:C261008CNY0,\r\n-\r\n".encode()),
    ("mt.total_malformed", "第 6 行", "viel", f"{INTERIM}:90C:viel\r\n-\r\n".encode()),
    ("sheet.cut_line", "", "", f"{HEADS}2026-10-08,5.00,贷,5.00,531234567890".encode()),
    ("sheet.csv_malformed", "第 2 行", "", f"{HEADS}2026-10-08,{'9' * 140_000},贷,5.00,531234567890\n".encode()),
    ("sheet.side_unknown", "第 2 行「借贷标志」", "斜", f"{HEADS}2026-10-08,5.00,斜,5.00,531234567890\n".encode()),
    ("xls.broken", "", "", spoiled_xls()),
]


@pytest.mark.parametrize(("code", "where", "quoted", "content"), CASES, ids=[case[0] for case in CASES])
def test_a_fault_is_named_with_its_place_and_its_text(code: str, where: str, quoted: str, content: bytes) -> None:
    error = refusal(content)

    assert (error.code, error.where) == (code, where)
    assert quoted in error.message
    assert quoted in error.message_en


def test_a_table_without_any_row() -> None:
    assert refusal(empty_workbook(), "icbc").code == "sheet.empty"


def test_every_sentence_has_a_test_that_earns_it() -> None:
    sources = [path.read_text() for path in Path(__file__).parents[1].rglob("test_*.py")]

    assert [code for code in messages.catalogue() if not any(f'"{code}"' in text for text in sources)] == []
