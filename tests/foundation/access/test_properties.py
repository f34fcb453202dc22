"""Scopes, masks and seals hold for whatever they are given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.access import gate, secrets
from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.context import LENGTHS, Scope
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import no_scope, prefix_of, region_scope
from harness.people import actor, code12

DIGITS = "0123456789"
CODES = st.text(DIGITS, min_size=12, max_size=12)
PREFIXES = st.sampled_from(LENGTHS).flatmap(lambda length: st.text(DIGITS, min_size=length, max_size=length))


class Thing:
    """Something that lies somewhere."""

    def __init__(self, region_code: str) -> None:
        self.region_code = region_code


@given(CODES)
def test_a_prefix_is_a_tier_of_its_code_and_loses_nothing(code: str) -> None:
    prefix = prefix_of(code)
    assert len(prefix) in LENGTHS
    assert prefix.ljust(12, "0") == code
    assert prefix_of(prefix.ljust(12, "0")) == prefix


@given(PREFIXES, CODES)
def test_the_bounds_are_the_prefix(prefix: str, code: str) -> None:
    scope = Scope(prefix)
    low, high = scope.bounds
    assert (low <= code < high) == scope.contains(code) == code.startswith(prefix)


@given(CODES)
def test_the_system_sees_every_code(code: str) -> None:
    low, high = Scope("").bounds
    assert low <= code < high
    assert Scope("").contains(code)


@given(st.text(max_size=14).filter(lambda text: text and not (text.isdigit() and len(text) in LENGTHS)))
def test_what_is_no_prefix_is_no_scope(text: str) -> None:
    with pytest.raises(ValueError, match="region prefix"), region_scope(text):
        pass


@pytest.mark.django_db
@given(st.lists(PREFIXES, max_size=4))
def test_however_scopes_nest_the_outer_one_comes_back(prefixes: list[str]) -> None:
    from_outside = []
    with no_scope():
        _nest(prefixes, from_outside)
    assert from_outside == prefixes[::-1]


def _nest(prefixes: list[str], seen: list[str]) -> None:
    if prefixes:
        with region_scope(prefixes[0]) as scope:
            _nest(prefixes[1:], seen)
            seen.append(scope.prefix)


@given(PREFIXES, CODES)
def test_an_office_acts_on_what_lies_below_it_and_nothing_else(prefix: str, code: str) -> None:
    who = actor("officer", region=prefix)
    answer = gate.may(who, Permission.PROJECT_EDIT, Thing(code))
    assert bool(answer) == code.startswith(who.prefix)
    assert bool(answer.reason) != bool(answer)


@given(st.sampled_from(list(Permission)), CODES)
def test_the_system_may_all_and_nobody_nothing(permission: Permission, code: str) -> None:
    assert gate.may(SYSTEM, permission, Thing(code))
    assert not gate.may(actor(), permission, Thing(code))


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=40))
def test_a_seal_opens_at_its_own_place_only(value: str, place: str, other: str) -> None:
    sealed = secrets.seal(value, place=place)
    assert secrets.unseal(sealed, place=place) == value
    if other != place:
        with pytest.raises(secrets.Unsealable):
            secrets.unseal(sealed, place=other)


@given(st.binary(max_size=80))
def test_bytes_that_nobody_sealed_do_not_open(blob: bytes) -> None:
    with pytest.raises(secrets.Unsealable):
        secrets.unseal(blob, place="here")


@given(st.text(DIGITS, min_size=10, max_size=30), st.booleans())
def test_a_mask_shows_eight_digits_at_most_and_keeps_the_length(number: str, grouped: bool) -> None:
    shown = secrets.mask(number, grouped=grouped)
    plain = shown.replace(" ", "")
    assert (plain[:4], plain[-4:], len(plain)) == (number[:4], number[-4:], len(number))
    assert set(plain[4:-4]) == {"*"}


@given(st.text(DIGITS, max_size=9))
def test_a_short_number_shows_its_last_four_at_most(number: str) -> None:
    shown = secrets.mask(number)
    assert sum(letter != "*" for letter in shown) in (0, 4)
    assert len(number) > 4 or set(shown) == {"*"}


@given(st.text(DIGITS + "xX", min_size=1, max_size=20), st.integers(1, 5), st.sampled_from([" ", "-", "\u3000", "\t"]))
def test_the_index_does_not_see_how_a_number_is_written(number: str, every: int, gap: str) -> None:
    written = gap.join(number[at : at + every] for at in range(0, len(number), every))
    index = secrets.blind_index(number, column="a")
    assert secrets.blind_index(written.lower(), column="a") == index
    assert secrets.blind_index(number, column="b") != index
    assert len(index) == 16


def test_a_region_is_twelve_digits_in_the_harness_too() -> None:
    assert code12("53") == "530000000000"
