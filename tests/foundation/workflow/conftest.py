"""Offices at work, under system scope, speaking English."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from anzhi.foundation.workflow import registry
from foundation.workflow.offices import Offices


@pytest.fixture
def spoken() -> Iterator[None]:
    """Sentences in English, so that tests can name a few words of them."""
    with translation.override("en"):
        yield


@pytest.fixture
def offices(system: None, spoken: None) -> Offices:
    """People at three tiers."""
    return Offices()


@pytest.fixture
def effects() -> Iterator[list[str]]:
    """The effects "note" and "burst", and the condition "is_major"; what happened is in the list."""
    happened: list[str] = []

    def note(moment: registry.Moment) -> None:
        happened.append(f"{moment.step} {moment.outcome}")

    def burst(moment: registry.Moment) -> None:
        raise RuntimeError("the effect burst")

    registry.effect("note", "Note")(note)
    registry.effect("burst", "Burst")(burst)
    registry.condition("is_major", "Major")(lambda moment: moment.facts.get("size") == "major")
    yield happened
    for name in ("note", "burst", "is_major"):
        registry.forget(name)
