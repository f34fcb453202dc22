"""Pure rules, and the order of milestones under every sequence."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.network.projects.rules import code_prefix, levels_agree, out_of_order, percent
from anzhi.network.projects.states import BUILT_BY, GUARDS, ORDER, REACHED, Stage, Step

DAYS = st.dates(date(1990, 1, 1), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("kind", "basin", "prefix"),
    [
        ("hydropower", "JS", "53-H-JS-"),
        ("pumped_storage", "LC", "53-H-LC-"),
        ("reservoir", "NP", "53-R-NP-"),
        ("diversion", "JS", "53-O-JS-"),
        ("reservoir", "", "53-R-XX-"),
    ],
)
def test_a_number_says_kind_and_basin(kind: str, basin: str, prefix: str) -> None:
    assert code_prefix(kind, basin) == prefix


@pytest.mark.parametrize(
    ("dead", "normal", "check", "agree"),
    [
        (945, 975, 986, True),
        (975, 975, 986, False),
        (945, 990, 986, False),
        (945, 986, 986, True),
        (None, 975, None, True),
        (None, None, 900, True),
        (980, None, 900, True),
    ],
)
def test_levels_rise(dead: int | None, normal: int | None, check: int | None, agree: bool) -> None:
    assert levels_agree(*(None if level is None else Decimal(level) for level in (dead, normal, check))) is agree


@pytest.mark.parametrize(
    ("done", "plan", "share"),
    [(50, 100, 50), (1, 3, 33), (104, 100, 104), (None, 5, None), (5, None, None), (5, 0, None)],
)
def test_a_share_is_not_known_without_both(done: int | None, plan: int | None, share: int | None) -> None:
    assert percent(done, plan) == share


@given(st.lists(st.tuples(st.sampled_from(ORDER), DAYS), max_size=40))
def test_whatever_is_tried_the_days_never_fall(tries: list[tuple[str, date]]) -> None:
    known: dict[str, date] = {}
    for step, day in tries:
        if out_of_order(ORDER, known, step, day) is None:
            known[step] = day
    days = [known[step] for step in ORDER if step in known]
    assert days == sorted(days)


@given(st.dictionaries(st.sampled_from(ORDER), DAYS, min_size=1), st.sampled_from(ORDER), DAYS)
def test_the_milestone_named_is_the_one_in_the_way(known: dict[str, date], step: str, day: date) -> None:
    blocker = out_of_order(ORDER, known, step, day)
    if blocker is not None:
        earlier = ORDER.index(blocker) < ORDER.index(step)
        assert known[blocker] > day if earlier else known[blocker] < day


@given(st.sampled_from(ORDER), DAYS)
def test_a_day_does_not_contradict_the_one_it_replaces(step: str, day: date) -> None:
    assert out_of_order(ORDER, {step: day + timedelta(days=400)}, step, day) is None


def test_each_guard_points_back_to_an_earlier_milestone() -> None:
    assert all(ORDER.index(guard.needs) < ORDER.index(step) for step, guard in GUARDS.items())
    assert {guard.article for guard in GUARDS.values()} == {7, 10, 15, 27, 37}


def test_stages_never_fall_along_the_milestones() -> None:
    reached = [list(Stage.values).index(REACHED[Step(step)]) for step in ORDER]
    assert reached == sorted(reached)
    assert set(BUILT_BY) <= set(ORDER)
