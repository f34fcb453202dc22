"""Telling formats by their content, and text by its encoding."""

import io
from decimal import Decimal
from pathlib import Path

import pytest

from anzhi.supervision.funds.readers.model import Format
from anzhi.supervision.funds.readers.problems import Refused
from anzhi.supervision.funds.readers.reading import detect, read
from anzhi.supervision.funds.readers.text import find_encoding, looks_chinese
from supervision.funds.readers.helpers import SAMPLES, refusal
from supervision.funds.readers.test_sheets import XLS, workbook
from supervision.funds.readers.writing import Move, Sheet, camt, mt940, xls

ONE = Sheet(moves=[Move(True, Decimal("1.00"))])


def told(content: bytes) -> Format:
    return detect(io.BytesIO(content))


def test_camt_says_its_version() -> None:
    assert told(camt(ONE)) == Format("camt.053", "08")
    assert told(camt(ONE, namespace="")) == Format("camt.053")
    assert told(camt(ONE, container="BkToCstmrStmtV01")) == Format("camt.053", "08")


@pytest.mark.parametrize("length", [10, 2030, 2048, 9000])
def test_a_long_preamble_hides_no_container(length: int) -> None:
    """The file is looked at in steps; where one ends says nothing."""
    head, _, rest = camt(ONE).partition(b"?>")
    assert told(head + b"?><!--" + b"x" * length + b"-->" + rest) == Format("camt.053", "08")


def test_swift_messages() -> None:
    assert told(mt940(ONE)) == Format("mt940")
    assert told(mt940(ONE, envelope=True)) == Format("mt940")
    assert told(b":20:X\r:25:5\r:34F:CNY0,\r") == Format("mt942")
    assert told(b"{1:F01X}{2:O9420000}{4:\n:20:X\n") == Format("mt942")


def test_sheets_say_their_mapping_and_encoding() -> None:
    assert told(xls(XLS)) == Format("xls", mapping="ccb")
    assert told(workbook(*XLS)) == Format("xlsx", mapping="ccb")
    assert told((SAMPLES / "boc.csv").read_bytes()) == Format("csv", mapping="boc", encoding="utf-8-sig")
    assert told((SAMPLES / "ccb.csv").read_bytes()) == Format("csv", mapping="ccb", encoding="gb18030")


def test_the_name_may_lie(tmp_path: Path) -> None:
    lying = tmp_path / "statement.xlsx"
    lying.write_bytes(mt940(ONE))

    assert detect(lying).kind == "mt940"
    assert detect(str(lying)).kind == "mt940"


def test_a_stream_is_read_from_its_beginning_and_left_open() -> None:
    stream = io.BytesIO(mt940(ONE))
    stream.read(20)

    detect(stream)
    first = list(read(stream))
    second = list(read(stream))

    assert first == second
    assert not stream.closed


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(Refused) as caught:
            detect(path)
        assert caught.value.errors[0].code == "file.unreadable"


def test_an_abandoned_stream_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "statement"
    path.write_bytes(camt(Sheet(moves=[Move(True, Decimal(1))] * 50)))

    events = read(path)
    next(events)
    events.close()

    assert path.read_bytes()


@pytest.mark.parametrize("name", ["utf-8", "gb18030"])
def test_encodings_of_lists(name: str) -> None:
    assert find_encoding(io.BytesIO("日期，余额".encode(name))) == name


@pytest.mark.parametrize("name", ["utf-16", "utf-8-sig"])
def test_marks_decide(name: str) -> None:
    assert find_encoding(io.BytesIO("余额".encode(name))) == name


def test_no_encoding_is_said_plainly() -> None:
    assert refusal(b"\xff\xff\xff,\x80\n").code == "text.encoding"


def test_chinese_and_european_high_bytes() -> None:
    assert looks_chinese(io.BytesIO("楚雄州搬迁安置办公室 拨款".encode("gb18030")))
    assert not looks_chinese(io.BytesIO("Müller für Straße, Année, señor".encode("latin-1")))
