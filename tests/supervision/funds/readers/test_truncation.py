"""A file cut anywhere is refused as a whole: every byte of a small file of each text format."""

import io
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest

from anzhi.supervision.funds.readers.problems import Refused
from supervision.funds.readers.helpers import events, figures, refusal
from supervision.funds.readers.test_sheets import XLS
from supervision.funds.readers.writing import Move, Sheet, camt, mt940, xls

SMALL = Sheet(opening=Decimal("10.00"), moves=[Move(True, Decimal("5.00")), Move(False, Decimal("2.50"))])


def passes(content: bytes) -> bool:
    try:
        events(content)
    except Refused:
        return False
    return True


def cuts_that_pass(content: bytes) -> list[int]:
    """Lengths at which the cut file is taken, apart from losing white space at its very end."""
    whole = len(content.rstrip(b"\r\n"))
    return [length for length in range(whole) if passes(content[:length])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_camt(encoding: str) -> None:
    assert cuts_that_pass(camt(SMALL).decode().replace("UTF-8", encoding).encode(encoding)) == []


def test_mt940_in_an_envelope_passes_only_behind_a_whole_message() -> None:
    content = mt940(SMALL, SMALL, envelope=True).replace(b"-}\r\n{1", b"-}{1")

    passing = cuts_that_pass(content)

    assert len(passing) == 3
    assert all(content[:length].endswith((b"\n-", b"\n-}")) for length in passing)


def test_mt940_loses_only_its_end_mark() -> None:
    content = mt940(SMALL)

    passing = cuts_that_pass(content)

    assert passing == [len(content) - size for size in (5, 4, 3)]
    assert all(figures(content[:length]).statements[0].balance_ok for length in passing)


def test_a_list_with_totals(sample: Callable[[str], bytes]) -> None:
    assert cuts_that_pass(sample("boc.csv")) == []


@pytest.mark.parametrize("name", ["icbc_historydetail.csv", "abc.csv", "ccb.csv", "bocom.csv"])
def test_a_list_without_totals_passes_only_between_rows(sample: Callable[[str], bytes], name: str) -> None:
    content = sample(name)

    assert all(content[:length].endswith((b"\n", b"\r")) for length in cuts_that_pass(content))


def test_an_unclosed_quote() -> None:
    assert refusal('日期,账号,借方,贷方\n2026-10-08,531000000001,,"5.00\n'.encode()).code == "sheet.cut_quote"


def test_half_a_character() -> None:
    assert refusal("日期,账号,借方,贷方\n2026-10-08,531000000001,,5.00,拨".encode()[:-1]).code == "text.cut_character"


def test_xls() -> None:
    content = xls(XLS)

    assert not any(passes(content[:length]) for length in range(0, len(content), 97))


def test_xlsx() -> None:
    book = openpyxl.Workbook()
    for row in XLS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    content = out.getvalue()

    assert passes(content)
    assert not any(passes(content[:length]) for length in range(0, len(content), 97))
