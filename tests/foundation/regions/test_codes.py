"""Codes as people and files write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.regions import codes

SIZES = st.sampled_from([2, 4, 6, 9, 12])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("53", "530000000000"),
        ("5323", "532300000000"),
        ("532328", "532328000000"),
        ("532328101", "532328101000"),
        ("532328101001", "532328101001"),
        (" 532328 ", "532328000000"),
        ("53 23 28", "532328000000"),
        ("５３２３２８", "532328000000"),
        ("\u3000532328\u00a0", "532328000000"),
        (532328, "532328000000"),
        (532328.0, "532328000000"),
    ],
)
def test_a_code_is_mended_and_padded(text: object, code: str) -> None:
    assert codes.normalise(text) == code


@pytest.mark.parametrize("text", ["", None, "abc", "53232", "5323281010012", "-53232", "53232８x", "²³"])
def test_what_is_no_code_is_refused_with_the_reason(text: object) -> None:
    with pytest.raises(codes.BadCode, match=r"not a number|digits instead"):
        codes.normalise(text)


def test_the_tiers_of_a_village() -> None:
    code = "532328101001"
    assert codes.level(code) == "village"
    assert codes.ancestors(code) == ["530000000000", "532300000000", "532328000000", "532328101000"]
    assert codes.parent("530000000000") is None
    assert codes.bounds("532328000000") == ("532328", "532328:")


@given(st.integers(1, 10**12 - 1).map(lambda number: f"{number:012d}"), SIZES)
def test_padding_is_undone_by_prefix_and_parents_are_prefixes(digits: str, size: int) -> None:
    code = codes.normalise(digits[:size])
    assert code.startswith(digits[:size])
    assert codes.normalise(code) == code
    if set(code[2:]) != {"0"} and code[:2] != "00":
        assert codes.parent(code) == codes.ancestors(code)[-1]
        assert all(codes.prefix(code).startswith(codes.prefix(above)) for above in codes.ancestors(code))


def test_a_prefix_needs_twelve_digits() -> None:
    with pytest.raises(codes.BadCode):
        codes.prefix("5323281010011")
