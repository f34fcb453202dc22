"""Keys, numbers, regions and chains: tables."""

from decimal import Decimal

import pytest

from anzhi.supervision.funds.rules import Frame, account_number, chains, common_region, key_of, plain_text, whole_fen


@pytest.mark.parametrize(
    ("written", "plain"),
    [("6228 4800-1111", "622848001111"), ("６２２８４８", "622848"), ("de89 3704", "DE893704"), ("", "")],
)
def test_account_numbers_are_compared_plain(written: str, plain: str) -> None:
    assert account_number(written) == plain


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [("1.10", 110), ("0", 0), ("1.100", 110), ("0.001", None), ("1E+3", 100000), ("99999999999999999999", None)],
)
def test_whole_fen(yuan: str, fen: int | None) -> None:
    assert whole_fen(Decimal(yuan)) == fen


@pytest.mark.parametrize(
    ("codes", "together"),
    [
        (["532328000000"], "532328000000"),
        (["532328000000", "532329000000"], "532300000000"),
        (["532328000000", "530622000000"], "530000000000"),
        (["532328000000", "540000000000"], "000000000000"),
        (["532300000000", "532328000000"], "532300000000"),
    ],
)
def test_the_smallest_region_that_holds_all(codes: list[str], together: str) -> None:
    assert common_region(codes) == together


def key(**facts: object) -> bytes:
    return key_of(**{"bank_ref": "", "text": "材料款", "counter_name": "甲", "credit": False, "fen": 5} | facts)


def test_a_reference_makes_words_irrelevant() -> None:
    assert key(bank_ref="R", text="a") == key(bank_ref="R", text="b")
    assert key(bank_ref="R") != key(bank_ref="S")


def test_width_case_and_blanks_of_words_are_irrelevant() -> None:
    assert key(text="材料款 ＡＢ") == key(text="材料款ab")
    assert plain_text("Ａ ｂ", "C") == "ab|c"


@pytest.mark.parametrize("facts", [{"fen": 6}, {"credit": True}, {"text": "工程款"}, {"counter_name": "乙"}])
def test_side_amount_and_words_make_the_key(facts: dict[str, object]) -> None:
    assert key(**facts) != key()


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ([Frame(1, 0, 5), Frame(1, 5, 9)], [0, 0]),
        ([Frame(1, 0, 5), Frame(1, 0, 5)], [0, 1]),
        ([Frame(1, 0, 5), Frame(2, 5, 9)], [0, 1]),
        ([Frame(1, 0, 5), Frame(2, 0, 1), Frame(1, 5, 6)], [0, 1, 0]),
        ([Frame(1, 5, 5), Frame(1, 5, 5)], [0, 1]),
        ([Frame(1, None, None), Frame(1, None, None)], [0, 1]),
    ],
)
def test_chains(frames: list[Frame], expected: list[int]) -> None:
    assert chains(frames) == expected
