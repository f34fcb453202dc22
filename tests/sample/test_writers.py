"""What the sample's banks write is what our readers read: every row, every fen."""

from datetime import date, time
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anzhi.sample.banks import camt, mt940, sheets
from anzhi.sample.banks.rows import Row
from anzhi.sample.banks.told import Told
from anzhi.sample.span import Period
from anzhi.supervision.funds.readers.model import Entry, StatementEnd
from anzhi.supervision.funds.readers.reading import read

PERIOD = Period(date(2026, 10, 1), date(2026, 10, 31))
DELIVERIES = ("camt", "MT940", *sheets.WRITERS)

amounts = st.lists(st.integers(1, 10**11).flatmap(lambda fen: st.sampled_from([fen, -fen])), max_size=12)


def told(delivery: str, fen: list[int], opening: int = 10**13) -> Told:
    rows = [
        Row(
            date(2026, 10, 1 + at),
            time(9, at),
            one,
            f"R{at:06d}",
            "元谋云顺水利工程有限公司",
            "6228480000000000000",
            "后扶项目 云搬发〔2026〕63号",
        )
        for at, one in enumerate(fen)
    ]
    return Told("abc", "2406232800000001", "元谋县后期扶持资金专户", delivery, PERIOD, opening, rows)


def written(one: Told) -> tuple[bytes, str]:
    if one.delivery == "camt":
        return camt.write([one], "X"), "auto"
    if one.delivery == "MT940":
        return mt940.write([one], "X"), "auto"
    return sheets.write(one)[0], one.delivery


@pytest.mark.parametrize("delivery", DELIVERIES)
@settings(max_examples=40)  # a workbook takes its time
@given(fen=amounts)
def test_every_row_comes_back(delivery: str, fen: list[int]) -> None:
    one = told(delivery, fen)
    content, mapping = written(one)
    events = list(read(BytesIO(content), mapping))
    entries = [event for event in events if isinstance(event, Entry)]
    assert sorted(int(entry.signed * 100) for entry in entries) == sorted(fen)
    (end,) = [event for event in events if isinstance(event, StatementEnd)]
    frame = end.statement if hasattr(end, "statement") else end[0]
    assert frame.account == one.number
    assert int(frame.opening * 100) == one.opening
    assert int(frame.closing * 100) == one.closing


@pytest.mark.parametrize("delivery", DELIVERIES)
def test_the_document_number_survives_the_bank(delivery: str) -> None:
    content, mapping = written(told(delivery, [100]))
    (entry,) = [event for event in read(BytesIO(content), mapping) if isinstance(event, Entry)]
    assert "云搬发〔2026〕63号" in entry.text
    assert entry.counter_name == "元谋云顺水利工程有限公司"
    assert entry.counter_account == "6228480000000000000"


def test_several_accounts_in_one_file() -> None:
    both = [told("camt", [100]), told("camt", [-5, 7])]
    events = list(read(BytesIO(camt.write(both, "X")), "auto"))
    assert len([event for event in events if isinstance(event, StatementEnd)]) == 2
