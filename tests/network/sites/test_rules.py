"""Pure rules of sites."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.network.sites.rules import LIVABLE, SERVICES, complete, share_ready, site_code, unready
from anzhi.network.sites.states import DEMANDS, MOVES, Service, State

WORKS = st.dictionaries(st.sampled_from(SERVICES), st.sampled_from(["none", "building", "done", "na"]))


@pytest.mark.parametrize(
    ("number", "code"), [(1, "53-H-JS-0011-S01"), (12, "53-H-JS-0011-S12"), (120, "53-H-JS-0011-S120")]
)
def test_the_number_follows_the_project(number: int, code: str) -> None:
    assert site_code("53-H-JS-0011", number) == code


@given(WORKS)
def test_every_service_has_a_state(works: dict[str, str]) -> None:
    whole = complete(works)
    assert set(whole) == set(SERVICES)
    assert all(whole[name] == works.get(name, "none") for name in SERVICES)


@given(WORKS)
def test_unready_and_ready_are_all(works: dict[str, str]) -> None:
    lacking = set(unready(works))
    assert lacking == {name for name in SERVICES if works.get(name, "none") in {"none", "building"}}
    assert set(unready(works, LIVABLE)) == lacking & set(LIVABLE)
    assert (share_ready(works) == 100) is (not lacking)


@pytest.mark.parametrize(
    ("works", "share"),
    [
        ({}, 0),
        (dict.fromkeys(SERVICES, "na"), 100),
        ({"road": "done", "water": "done"}, 25),
        ({"road": "done", "hall": "na"}, 14),
    ],
)
def test_the_share_leaves_out_what_is_not_needed(works: dict[str, str], share: int) -> None:
    assert share_ready(works) == share


def test_unknown_services_are_refused() -> None:
    with pytest.raises(ValueError, match="pool"):
        complete({"pool": "done"})


def test_the_tables_cover_each_other() -> None:
    assert set(Service.values) == set(SERVICES)
    assert set(MOVES) == set(DEMANDS) == set(State)
    walked, state = [State.PLANNED], State.PLANNED
    while MOVES[state]:
        (state,) = MOVES[state]
        walked.append(state)
    assert walked == list(State)
