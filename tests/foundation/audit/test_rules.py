"""Leaves, roots and stamps."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.audit.rules import HASH, START, Stamp, leaf, merkle, pack, unpack

HASHES = st.lists(st.binary(min_size=HASH, max_size=HASH), min_size=1, max_size=40)
STAMP = Stamp(2, 5, 9, 4, 700, 1, datetime(2026, 11, 23, 9, 30, 0, 1, UTC), b"r" * 32, START)


def root(hashes: list[bytes]) -> bytes:
    return merkle(enumerate(hashes))


@given(HASHES, st.data())
def test_a_root_changes_with_any_bit_of_any_leaf(leaves: list[bytes], data: st.DataObject) -> None:
    packed = bytearray(pack(enumerate(leaves)))
    bit = data.draw(st.integers(0, len(packed) * 8 - 1))
    packed[bit // 8] ^= 1 << bit % 8
    assert merkle(unpack(bytes(packed))) != root(leaves)


@given(HASHES)
def test_a_root_changes_when_a_leaf_comes_or_goes(leaves: list[bytes]) -> None:
    assert root([*leaves, leaves[-1]]) != root(leaves)
    if len(leaves) > 1:
        assert root(leaves[:-1]) != root(leaves)


@given(HASHES.filter(lambda leaves: len(set(leaves)) > 1))
def test_a_root_knows_the_order(leaves: list[bytes]) -> None:
    numbered = list(enumerate(leaves))
    assert merkle(numbered) != merkle(reversed(numbered))


def test_a_leaf_is_no_inner_node() -> None:
    one, two = leaf("one"), leaf("two")
    assert len({root([one]), root([one, two]), one, two, leaf("onetwo")}) == 5


def test_nothing_has_no_root() -> None:
    with pytest.raises(ValueError, match="at least one"):
        merkle([])


@given(st.lists(st.tuples(st.integers(-(2**63), 2**63 - 1), st.binary(min_size=HASH, max_size=HASH))))
def test_packed_leaves_come_back(leaves: list[tuple[int, bytes]]) -> None:
    assert list(unpack(pack(leaves))) == leaves


def test_cut_leaves_are_refused() -> None:
    with pytest.raises(ValueError, match="whole"):
        list(unpack(pack([(1, leaf("x"))])[:-1]))


@pytest.mark.parametrize("name", [field.name for field in fields(Stamp)])
def test_a_stamp_s_hash_covers_every_field(name: str) -> None:
    value = getattr(STAMP, name)
    other = value + timedelta(microseconds=1) if name == "at" else b"x" * 32 if isinstance(value, bytes) else value + 1
    assert replace(STAMP, **{name: other}).digest() != STAMP.digest()


def test_a_stamp_is_the_same_in_every_zone() -> None:
    assert replace(STAMP, at=STAMP.at.astimezone(timezone(timedelta(hours=8)))).digest() == STAMP.digest()


def test_a_line_says_what_was_sealed() -> None:
    assert STAMP.line() == f"2 {STAMP.digest().hex()} 5-9 4 2026-11-23T09:30:00.000001+00:00\n"
