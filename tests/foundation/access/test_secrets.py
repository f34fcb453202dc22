"""Sealed numbers: bound to their place, found blind, masked."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.access import secrets
from anzhi.foundation.access.secrets import Keyring, Unsealable, blind_index, mask, seal, unseal

PLACE = "funds_account.number:1"


@given(st.text(max_size=60))
def test_what_is_sealed_opens_at_its_place(value: str) -> None:
    assert unseal(seal(value, place=PLACE), place=PLACE) == value


def test_eighteen_digits_make_forty_seven_bytes_and_never_the_same_twice() -> None:
    first, second = (seal("530000199001011234", place=PLACE) for _ in range(2))
    assert len(first) == 47
    assert first != second


@pytest.mark.parametrize(
    "spoil",
    [
        lambda blob: blob[:-1] + bytes([blob[-1] ^ 1]),
        lambda blob: bytes([9]) + blob[1:],
        lambda blob: blob[:10],
        lambda blob: b"",
    ],
)
def test_a_changed_value_does_not_open(spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Unsealable):
        unseal(spoil(seal("6228480402563071", place=PLACE)), place=PLACE)


def test_a_value_moved_to_another_row_does_not_open() -> None:
    with pytest.raises(Unsealable, match="another place"):
        unseal(seal("6228480402563071", place=PLACE), place="funds_account.number:2")


def test_old_values_open_after_a_new_key(settings: pytest.FixtureRequest) -> None:
    settings.FIELD_KEY = "1:old"
    old = seal("6228480402563071", place=PLACE)
    settings.FIELD_KEY = "1:old,2:new"
    new = seal("6228480402563071", place=PLACE)
    assert (old[0], new[0]) == (1, 2)
    assert unseal(old, place=PLACE) == unseal(new, place=PLACE)


def test_a_bare_key_is_version_one() -> None:
    assert Keyring.parse("secret").newest == 1


def test_the_index_finds_however_it_is_typed() -> None:
    assert blind_index("6228 4804-0256 3071", column="a.b") == blind_index("6228480402563071", column="a.b")
    assert blind_index("53000019900101123x", column="a.b") == blind_index("53000019900101123X", column="a.b")


def test_the_index_tells_nothing_across_columns_or_keys(settings: pytest.FixtureRequest) -> None:
    one = blind_index("6228480402563071", column="a.b")
    assert one != blind_index("6228480402563071", column="a.c")
    assert len(one) == 16
    settings.INDEX_KEY = "another"
    assert one != blind_index("6228480402563071", column="a.b")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("6228480402563071", "6228 **** **** 3071"),
        ("6228 4804 0256 4890 018", "6228 **** **** *** 0018"),
        ("1234567890", "1234 ** 7890"),
        ("123456789", "*****6789"),
        ("12345", "****2345"),
        ("1234", "****"),
        ("", "****"),
    ],
)
def test_masked_account_numbers(number: str, shown: str) -> None:
    assert mask(number) == shown


def test_masked_identity_numbers() -> None:
    assert mask("530000199001011234", grouped=False) == "5300**********1234"


@given(st.text("0123456789", min_size=10, max_size=30))
def test_a_mask_hides_all_between_the_ends(number: str) -> None:
    shown = mask(number).replace(" ", "")
    assert len(shown) == len(number)
    assert set(shown[secrets.SHOWN : -secrets.SHOWN]) == {"*"}
