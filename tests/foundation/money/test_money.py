"""Fen in the database, yuan in Python, 万元 and 亿元 at the edge."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.money import formats
from anzhi.foundation.money.field import LIMIT, MoneyField, to_fen, to_yuan

FEN = st.integers(-(10**17), 10**17)


@given(FEN)
def test_fen_and_yuan_round_trip(fen: int) -> None:
    assert to_fen(to_yuan(fen)) == fen


@given(FEN)
def test_a_figure_reads_back(fen: int) -> None:
    text = formats.figure(to_yuan(fen)).replace(",", "").replace(formats.MINUS, "-")
    assert Decimal(text) == to_yuan(fen)


@pytest.mark.parametrize("value", ["0.001", "1.005", "abc", "", "NaN", "Infinity", "1e30"])
def test_what_is_not_whole_fen_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        to_fen(value)


def test_the_limit_is_the_column_s() -> None:
    assert to_fen(to_yuan(LIMIT - 1)) == LIMIT - 1
    with pytest.raises(ValidationError):
        to_fen(to_yuan(LIMIT))


def test_floats_are_refused() -> None:
    for refuse in (MoneyField().to_python, MoneyField().get_prep_value):
        with pytest.raises(TypeError):
            refuse(0.1)


def test_sums_from_the_database_come_back_as_yuan() -> None:
    assert MoneyField().from_db_value(Decimal(1_315_000_000_000), None, None) == Decimal("13150000000.00")
    assert MoneyField().from_db_value(None, None, None) is None


@pytest.mark.parametrize(
    ("yuan", "short"),
    [
        ("9999.99", "9,999.99 元"),
        ("10000", "1.00 万元"),
        ("4120000", "412.00 万元"),
        ("99999949.99", "9,999.99 万元"),
        ("99999950", "1.00 亿元"),
        ("99999999", "1.00 亿元"),
        ("100000000", "1.00 亿元"),
        ("300000000", "3.00 亿元"),
        ("-4120000", "−412.00 万元"),
    ],
)
def test_short_money(yuan: str, short: str) -> None:
    assert formats.phrase(Decimal(yuan)) == short


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1", "壹元整"),
        ("10.05", "壹拾元零伍分"),
        ("4120000", "肆佰壹拾贰万元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("10010", "壹万零壹拾元整"),
        ("1000100", "壹佰万零壹佰元整"),
        ("300000000", "叁亿元整"),
        ("20030405.67", "贰仟零叁万零肆佰零伍元陆角柒分"),
        ("-1.2", "负壹元贰角整"),
    ],
)
def test_money_in_words(yuan: str, words: str) -> None:
    assert formats.words(Decimal(yuan)) == words


def test_words_have_an_end() -> None:
    with pytest.raises(ValueError, match="too large"):
        formats.words(Decimal(10) ** 16)


def test_signed_money() -> None:
    assert formats.signed(Decimal("5400000")) == "+5,400,000.00"
    assert formats.signed(Decimal("-1")) == "−1.00"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("12345678901234567.000000000001", "part of a fen"),  # 29 digits: a product of them would be rounded
        ("0.001", "part of a fen"),
        ("92233720368547758.08", "too large"),
        ("-92233720368547758.09", "too large"),
        ("1e30", "too large"),
        ("NaN", "not an amount"),
        ("-sNaN", "not an amount"),
        ("", "not an amount"),
        ("4,120,000", "not an amount"),
        ("４１２", None),  # figures as wide as characters are figures
    ],
)
def test_each_reason_is_named(value: str, words: str | None) -> None:
    with translation.override("en"):
        if words is None:
            assert to_fen(value) == 41200
            return
        with pytest.raises(ValidationError, match=words):
            to_fen(value)


def test_the_very_limits_are_exact() -> None:
    assert to_fen("92233720368547758.07") == 2**63 - 1
    assert to_fen("-92233720368547758.08") == -(2**63)
    assert to_fen("1E+3") == 100_000
    assert to_fen("12345678901234567.00000000000000") == 1234567890123456700


@pytest.mark.parametrize(
    ("value", "shown", "with_sign"),
    [
        ("-0.001", "0.00", "0.00"),
        ("-0.00", "0.00", "0.00"),
        ("0.004", "0.00", "0.00"),
        ("0.005", "0.01", "+0.01"),
        ("-0.005", "−0.01", "−0.01"),
        ("-1234567.895", "−1,234,567.90", "−1,234,567.90"),
    ],
)
def test_what_rounds_to_nothing_has_no_sign(value: str, shown: str, with_sign: str) -> None:
    assert (formats.figure(Decimal(value)), formats.signed(Decimal(value))) == (shown, with_sign)


@pytest.mark.parametrize(
    ("yuan", "decimals", "short"),
    [("99996000", 0, ("1", "亿元")), ("99994999", 0, ("9,999", "万元")), ("9999.999", 2, ("1.00", "万元"))],
)
def test_a_unit_is_chosen_after_rounding(yuan: str, decimals: int, short: tuple[str, str]) -> None:
    assert formats.short(Decimal(yuan), decimals) == short


def test_nothing_in_words_is_not_negative() -> None:
    assert formats.words(Decimal("-0.001")) == "零元整"
    assert formats.words(Decimal("-0.01")) == "负壹分"


def test_an_expression_passes_to_the_database_as_it_is() -> None:
    expression = F("amount") + 1
    assert MoneyField().get_prep_value(expression) is expression
    assert MoneyField().get_prep_value(None) is None
    assert MoneyField().to_python(None) is None
    assert MoneyField().to_python("412.5") == Decimal("412.50")
