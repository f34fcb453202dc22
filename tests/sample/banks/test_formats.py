"""What each bank's file says of a movement beside its amount, and what it says when hardly anything happened."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from io import BytesIO

import pytest

from anzhi.sample.banks import camt, mt940
from anzhi.sample.banks.rows import Row
from anzhi.sample.banks.told import Told, yuan
from anzhi.sample.span import Period
from anzhi.supervision.funds.readers.model import Entry, Format, Statement, StatementEnd
from anzhi.supervision.funds.readers.reading import detect, read
from sample.test_writers import DELIVERIES, PERIOD, told, written

TIMED = [delivery for delivery in DELIVERIES if delivery != "MT940"]  # MT940 has days only
BALANCED = [delivery for delivery in DELIVERIES if delivery not in ("camt", "MT940")]
REFERENCED = [delivery for delivery in DELIVERIES if delivery != "icbc"]  # its number is a voucher of the payer
MEASURED = {"camt": "camt.053", "MT940": "mt940", "abc": "xlsx", "ccb": "xlsx"}


def back(one: Told) -> tuple[Statement, list[Entry]]:
    """The frame and the rows as the product reads them."""
    content, mapping = written(one)
    events = list(read(BytesIO(content), mapping))
    (end,) = [event for event in events if isinstance(event, StatementEnd)]
    return end.statement, [event for event in events if isinstance(event, Entry)]


def with_rows(one: Told, **changed: object) -> Told:
    return replace(one, rows=[replace(row, **changed) for row in one.rows])


@pytest.mark.parametrize("delivery", DELIVERIES)
def test_rows_come_on_their_day_and_in_their_order(delivery: str) -> None:
    _frame, entries = back(told(delivery, [100, -250, 300]))
    assert [(entry.booked, entry.signed) for entry in entries] == [
        (date(2026, 10, 1), Decimal("1.00")),
        (date(2026, 10, 2), Decimal("-2.50")),
        (date(2026, 10, 3), Decimal("3.00")),
    ]
    assert {entry.currency for entry in entries} == {"CNY"}
    assert not any(entry.pending or entry.reversal for entry in entries)


@pytest.mark.parametrize("delivery", TIMED)
def test_the_moment_of_booking_is_kept(delivery: str) -> None:
    _frame, entries = back(told(delivery, [100, -250]))
    assert [f"{entry.booked_at:%m-%d %H:%M}" for entry in entries] == ["10-01 09:00", "10-02 09:01"]


@pytest.mark.parametrize("delivery", BALANCED)
def test_a_sheet_carries_the_balance_after_each_row(delivery: str) -> None:
    _frame, entries = back(told(delivery, [500, -200, -400], opening=1_000))
    assert [entry.balance_after for entry in entries] == [Decimal(15), Decimal(13), Decimal(9)]


@pytest.mark.parametrize("delivery", REFERENCED)
def test_the_banks_own_number_tells_rows_apart(delivery: str) -> None:
    _frame, entries = back(told(delivery, [700, 700, 700]))
    assert [entry.bank_ref for entry in entries] == ["R000000", "R000001", "R000002"]


@pytest.mark.parametrize("delivery", DELIVERIES)
def test_a_month_without_a_row_still_says_its_balance(delivery: str) -> None:
    frame, entries = back(told(delivery, [], opening=123_456))
    assert entries == []
    assert frame.opening == frame.closing == Decimal("1234.56")
    assert frame.account == "2406232800000001"


@pytest.mark.parametrize("delivery", DELIVERIES)
def test_the_frame_ends_on_the_last_day(delivery: str) -> None:
    frame, _entries = back(told(delivery, [100]))
    assert (frame.closing_date or frame.to_date) == PERIOD.last
    assert (frame.opening_date or frame.from_date) == PERIOD.first


@pytest.mark.parametrize("delivery", DELIVERIES)
def test_single_fen_and_large_sums_are_exact(delivery: str) -> None:
    amounts = [1, -1, 99, 10**13 + 1, -(10**13) - 7]
    frame, entries = back(told(delivery, amounts))
    assert [int(entry.signed * 100) for entry in entries] == amounts
    assert frame.closing == Decimal(10**13 + sum(amounts)) / 100


@pytest.mark.parametrize("delivery", DELIVERIES)
def test_a_bank_that_charges_has_no_account_to_name(delivery: str) -> None:
    _frame, (entry,) = back(with_rows(told(delivery, [-1200]), name="开户银行", number="", text="账户管理费"))
    assert (entry.counter_name, entry.counter_account) == ("开户银行", "")
    assert "账户管理费" in entry.text


@pytest.mark.parametrize("delivery", DELIVERIES)
def test_a_firm_may_be_called_anything(delivery: str) -> None:
    odd = "滇<中>&“联”,集团有限公司"
    _frame, (entry,) = back(with_rows(told(delivery, [100]), name=odd, text="A&B <一期>, 二期"))
    assert entry.counter_name == odd
    assert "A&B <一期>, 二期" in entry.text


def test_a_long_purpose_goes_over_several_fields_of_mt940() -> None:
    text = "大棚滴灌项目第二期进度款" * 6 + " 云搬发〔2026〕63号"
    _frame, (entry,) = back(with_rows(told("MT940", [100]), text=text))
    assert entry.text.replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("delivery", DELIVERIES)
def test_a_file_is_known_for_what_it_is(delivery: str) -> None:
    content, _mapping = written(told(delivery, [100, -5]))
    found: Format = detect(BytesIO(content))
    assert found.kind == MEASURED.get(delivery, "csv")
    assert found.mapping == ("" if delivery in ("camt", "MT940") else delivery)


@pytest.mark.parametrize(("delivery", "encoding"), [("icbc", "gb18030"), ("bocom", "gb18030"), ("boc", "utf-8")])
def test_text_sheets_are_written_as_the_bank_writes_them(delivery: str, encoding: str) -> None:
    content, _mapping = written(told(delivery, [100]))
    assert detect(BytesIO(content)).encoding.startswith(encoding)
    assert b"\r\n" in content


@pytest.mark.parametrize("writer", [camt.write, mt940.write], ids=["camt", "MT940"])
def test_a_message_holds_every_account_with_its_own_balances(writer: object) -> None:
    kind = "camt" if writer is camt.write else "MT940"
    one, other = told(kind, [100], opening=500), replace(told(kind, [-200, 30], opening=900), number="24061")
    events = list(read(BytesIO(writer([one, other], "ABC20261031"))))  # type: ignore[operator]
    frames = [event.statement for event in events if isinstance(event, StatementEnd)]
    assert [(frame.account, frame.opening, frame.closing) for frame in frames] == [
        (one.number, Decimal("5.00"), Decimal("6.00")),
        ("24061", Decimal("9.00"), Decimal("7.30")),
    ]
    assert len({frame.number for frame in frames}) == 2


@pytest.mark.parametrize("delivery", ["camt", "MT940"])
def test_a_debit_balance_is_a_negative_one(delivery: str) -> None:
    frame, _entries = back(told(delivery, [-300], opening=100))
    assert (frame.opening, frame.closing) == (Decimal("1.00"), Decimal("-2.00"))


@pytest.mark.parametrize(
    ("fen", "shown"), [(0, "0.00"), (1, "0.01"), (-1, "0.01"), (100, "1.00"), (-412_000_000, "4120000.00")]
)
def test_yuan_are_plain_and_without_a_sign(fen: int, shown: str) -> None:
    assert yuan(fen) == shown


def test_closing_is_opening_and_rows() -> None:
    assert told("camt", [5, -3], opening=10).closing == 12
    assert told("camt", [], opening=-4).closing == -4


def test_a_row_is_a_fact() -> None:
    row = Row(PERIOD.first, time(9), 1, "R", "甲", "", "乙")
    with pytest.raises(AttributeError):
        row.fen = 2  # type: ignore[misc]


@pytest.mark.parametrize(("day", "inside"), [(1, True), (31, True), (15, True)])
def test_a_period_holds_its_ends(day: int, inside: bool) -> None:
    assert PERIOD.holds(date(2026, 10, day)) is inside
    assert not Period(PERIOD.first, PERIOD.first).holds(PERIOD.last)
    assert not PERIOD.holds(date(2026, 9, 30))
    assert not PERIOD.holds(date(2026, 11, 1))
