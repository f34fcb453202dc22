"""Chance that is always the same: each topic its own stream, each seed another world."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.sample.chance import SEED, stream

topics = st.lists(st.one_of(st.text(max_size=8), st.integers(), st.dates(date(2020, 1, 1), date(2030, 1, 1))))


def drawn(*topic: object, seed: int = SEED) -> list[float]:
    chance = stream(*topic, seed=seed)
    return [chance.random() for _ in range(4)]


@given(topics)
def test_a_topic_says_the_same_each_time(topic: list[object]) -> None:
    assert drawn(*topic) == drawn(*topic)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("leg", "BF-1"), ("leg", "BF-2")),
        (("leg", "BF-1"), ("spend", "BF-1")),
        (("people",), ("people", "")),
        (("sites", 1), ("sites", 11)),
    ],
)
def test_topics_do_not_follow_one_another(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    assert drawn(*one) != drawn(*other)


def test_another_seed_is_another_province() -> None:
    assert drawn("people", "532328") != drawn("people", "532328", seed=SEED + 1)


def test_a_stream_is_not_disturbed_by_those_beside_it() -> None:
    mine, theirs = stream("mine"), stream("theirs")
    first = [mine.random() for _ in range(3)]
    again = stream("mine")
    interleaved = []
    for _ in range(3):
        theirs.random()
        interleaved.append(again.random())
    assert interleaved == first


def test_it_is_the_same_on_every_machine() -> None:
    """Numbers noted once: a change of Python or of the way topics are joined would move the whole province."""
    assert stream("people", "532328000000").randint(1, 10**9) == 356_691_515
    assert stream("a", "b").randint(1, 10**9) != stream("ab").randint(1, 10**9)
