"""Fen in the database, yuan in Python, 万元 and 亿元 at the edge."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
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
        ("99999999", "10,000.00 万元"),
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
