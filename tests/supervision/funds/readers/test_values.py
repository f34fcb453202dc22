"""Amounts, dates and account numbers, one by one."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.supervision.funds.readers import values
from anzhi.supervision.funds.readers.sheet import cells
from anzhi.supervision.funds.readers.values import BadValue


def code_of(call, *arguments: object) -> str:
    with pytest.raises(BadValue) as caught:
        call(*arguments)
    return caught.value.code


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_any_amount_survives_each_notation(amount: Decimal) -> None:
    assert values.xml_amount(f"{amount:f}") == amount
    assert values.sheet_amount(f"{amount:,f}") == amount
    assert values.sheet_amount(f"{amount:f}") == amount
    assert values.mt_amount(f"{abs(amount):f}".replace(".", ",")) == abs(amount)


@given(st.integers(-(10**12), 10**12))
def test_fen_survive_a_spreadsheets_float(fen: int) -> None:
    assert values.sheet_amount(fen / 100) == Decimal(fen).scaleb(-2)


def test_a_spreadsheets_rounding_is_taken_back() -> None:
    assert values.sheet_amount(0.1 + 0.2) == Decimal("0.3")


@pytest.mark.parametrize("cell", [None, "", "  ", "　", "-", "--", "\t"])
def test_an_empty_cell_is_no_amount(cell: object) -> None:
    assert values.sheet_amount(cell) is None


@pytest.mark.parametrize("cell", [True, float("nan"), float("inf"), "1.2.3", "1e5", "一百", "+", "1,23,456"])
def test_what_is_no_amount(cell: object) -> None:
    assert code_of(values.sheet_amount, cell) == "amount.malformed"


@pytest.mark.parametrize("read", [values.xml_amount, values.sheet_amount])
def test_nobody_has_so_much_money(read) -> None:
    assert code_of(read, "9" * 30) == "amount.too_long"
    assert code_of(values.mt_amount, "9" * 30 + ",") == "amount.too_long"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("１，２３４．５６", "1234.56"), ("￥8.00", "8"), ("+5.00", "5"), ("-5.00", "-5"), ("5.00-", "-5")],
)
def test_signs_and_widths(text: str, expected: str) -> None:
    assert values.sheet_amount(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["2026-10-31", "2026-10-31+08:00", "2026-10-31Z", " 2026-10-31 "])
def test_xml_dates_with_and_without_zone(text: str) -> None:
    assert values.iso_date(text) == date(2026, 10, 31)


def test_moments_lose_their_zone_not_their_clock() -> None:
    expected = datetime(2026, 10, 31, 23, 59, 59)  # noqa: DTZ001 — the bank's own clock

    assert values.iso_moment("2026-10-31T23:59:59+08:00") == expected
    assert values.iso_moment("2026-10-31T23:59:59Z") == expected
    assert code_of(values.iso_moment, "31.10.2026 23:59") == "date.malformed"


@pytest.mark.parametrize("text", ["261301", "260431", "26101", "abcdef", "２６１００１"])
def test_what_is_no_swift_date(text: str) -> None:
    assert code_of(values.mt_date, text) == "date.malformed"


@pytest.mark.parametrize(
    ("cell", "day", "at"),
    [
        (datetime(2026, 10, 8, 9, 30), date(2026, 10, 8), time(9, 30)),  # noqa: DTZ001 — a cell
        (datetime(2026, 10, 8), date(2026, 10, 8), None),  # noqa: DTZ001 — a cell
        (date(2026, 10, 8), date(2026, 10, 8), None),
        (20261008, date(2026, 10, 8), None),
        (20261008.0, date(2026, 10, 8), None),
        ("20261008 17:07:09", date(2026, 10, 8), time(17, 7, 9)),
        ("2026-10-08T09:30", date(2026, 10, 8), time(9, 30)),
        ("2026-10-08 09:30:00.0", date(2026, 10, 8), time(9, 30)),
        ("２０２６－１０－０８", date(2026, 10, 8), None),
    ],
)
def test_days_of_a_sheet(cell: object, day: date, at: time | None) -> None:
    assert cells.moment(cell) == (day, at)


@pytest.mark.parametrize("cell", ["08/10/2026", "45000", 45000.5, "昨天", "2026-13-01", None])
def test_what_is_no_day_of_a_sheet(cell: object) -> None:
    assert code_of(cells.moment, cell) == "date.malformed"


@pytest.mark.parametrize(("cell", "expected"), [("235959", time(23, 59, 59)), ("9:05", time(9, 5)), (time(1), time(1))])
def test_clocks(cell: object, expected: time) -> None:
    assert cells.clock(cell) == expected


@pytest.mark.parametrize("cell", ["", "256161", "25:00", "noon", None])
def test_a_clock_nobody_needs_is_none(cell: object) -> None:
    assert cells.clock(cell) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("5300 1905 0380", "530019050380"), (530000.0, "530000"), (530000, "530000"), ("'53000", "53000"), (None, "")],
)
def test_account_numbers(cell: object, expected: str) -> None:
    assert cells.account(cell) == expected


@pytest.mark.parametrize("cell", [6.2220210e18, "6.2E+18", "6.22202E18", 6222021234567890, "5e17"])
def test_account_numbers_that_lost_their_digits(cell: object) -> None:
    assert code_of(cells.account, cell) == "sheet.account_float"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("人民币元", "CNY"), ("CNY", "CNY"), ("usd", "USD"), ("RMB", "CNY"), (" 港 币 ", "HKD"), ("", "")],
)
def test_currencies(cell: str, expected: str) -> None:
    assert cells.currency(cell) == expected


def test_an_unknown_currency_is_no_guess() -> None:
    assert code_of(cells.currency, "贝壳") == "sheet.currency"
