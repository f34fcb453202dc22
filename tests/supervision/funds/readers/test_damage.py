"""Damage of any kind ends in a refusal with words, never in a crash."""

import io
import random
from decimal import Decimal

import openpyxl
import pytest

from anzhi.supervision.funds.readers.model import Entry, StatementEnd, StatementStart
from anzhi.supervision.funds.readers.problems import Refused
from anzhi.supervision.funds.readers.reading import detect, read
from anzhi.supervision.funds.readers.summary import summarise
from supervision.funds.readers.helpers import SAMPLES, events
from supervision.funds.readers.test_sheets import XLS
from supervision.funds.readers.writing import Move, Sheet, camt, mt940, xls

SHEET = Sheet(
    opening=Decimal("10.00"), moves=[Move(True, Decimal("5.00")), Move(False, Decimal("2.50"), reversal=True)]
)
INTRUDERS = [b",", b"\n", b":61:", b"\x00", b'"', b"9" * 30, b"<x/>", b"\xff", b"1E+9", b"-}{1:"]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in XLS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WHOLE = [camt(SHEET), mt940(SHEET), mt940(SHEET, envelope=True), xls(XLS), workbook()]
WHOLE += [path.read_bytes() for path in sorted(SAMPLES.iterdir())]


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out, put in or doubled."""
    bytes_ = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(len(bytes_) or 1)
        match chance.randrange(4):
            case 0 if bytes_:
                bytes_[at] = chance.randrange(256)
            case 1:
                del bytes_[at : at + chance.randrange(1, 40)]
            case 2:
                bytes_[at:at] = chance.choice(INTRUDERS)
            case _:
                bytes_[at:at] = bytes_[at // 2 : at // 2 + chance.randrange(1, 80)]
    return bytes(bytes_)


@pytest.mark.parametrize("number", range(len(WHOLE)))
def test_damaged_files_are_read_or_refused(number: int) -> None:
    chance = random.Random(number)
    for _ in range(150):
        stream = io.BytesIO(damaged(WHOLE[number], chance))
        try:
            detect(stream)
            summarise(read(stream))
        except Refused as refused:
            assert all(error.message and error.message_en for error in refused.errors)


WORDS = ("bank_ref", "reference", "text", "counter_name", "counter_account", "counter_bank")


@pytest.mark.parametrize(
    "content",
    [
        (SAMPLES / "icbc_historydetail.csv").read_bytes(),
        (SAMPLES / "boc.csv").read_bytes(),
        mt940(Sheet(moves=[Move(True, Decimal(1), ref="REF7", text="后期扶持资金")])),
        xls([*XLS[:1], *([f"{cell}资" if isinstance(cell, str) else cell for cell in row] for row in XLS[1:])]),
    ],
    ids=["icbc", "boc", "mt940", "xls"],
)
def test_a_binary_zero_in_words_is_dropped(content: bytes) -> None:
    """Some banks write them; PostgreSQL keeps none."""
    wide = "资".encode("utf-16-le")
    for whole, broken in (("资金".encode("gb18030"), "资\0金".encode("gb18030")), ("资金".encode(), "资\0金".encode())):
        content = content.replace(whole, broken)
    found = [event for event in events(content.replace(wide, b"\0\0")) if isinstance(event, Entry)]

    assert b"\0" in content
    assert found
    assert not any("\0" in getattr(entry, name) for entry in found for name in WORDS)


@pytest.mark.parametrize("content", WHOLE)
def test_every_entry_stands_between_start_and_end_of_its_statement(content: bytes) -> None:
    begun: set[int] = set()
    ended: set[int] = set()
    for event in events(content):
        if isinstance(event, StatementStart):
            begun.add(event.statement.ordinal)
        elif isinstance(event, StatementEnd):
            ended.add(event.statement.ordinal)
        elif isinstance(event, Entry):
            assert event.statement in begun - ended
    assert begun == ended


def test_a_fault_in_the_first_row_does_not_hide_the_start_of_its_statement() -> None:
    content = "日期,账号,借方,贷方\nx,531000000001,,1.00\n2026-10-08,531000000001,,1.00\n".encode()

    with pytest.raises(Refused) as caught:
        summarise(read(io.BytesIO(content)))

    assert [error.code for error in caught.value.errors] == ["date.malformed"]
