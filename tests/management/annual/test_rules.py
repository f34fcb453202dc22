"""Rates and comparisons in pure Python."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.management.annual.rules import Figures, below_done, compared, quarters_agree, rate

D = Decimal
FIGURES = st.builds(
    Figures,
    st.decimals(min_value=0, max_value=10**6, places=3),
    st.decimals(min_value=0, max_value=10**9, places=2),
)
EDITION = st.dictionaries(st.integers(1, 9), FIGURES, max_size=6)


@pytest.mark.parametrize(
    ("done", "plan", "per_cent"),
    [
        ("51800", "49808", "104.0"),  # what the province reported of people
        ("13150000000", "10958333333.33", "120.0"),  # and of investment
        ("0", "100", "0.0"),
        ("1", "3", "33.3"),
        ("2", "3", "66.7"),
        ("0.05", "100", "0.1"),  # half up
        ("0.04", "100", "0.0"),
    ],
)
def test_completion(done: str, plan: str, per_cent: str) -> None:
    assert rate(D(done), D(plan)) == D(per_cent)


def test_where_nothing_was_planned_there_is_no_rate() -> None:
    assert rate(D(5), D(0)) is None


@pytest.mark.parametrize(
    ("quantity", "quarters", "agree"),
    [("10", "1 2 3 4", True), ("10", "0 0 0 10", True), ("10", "1 2 3 3.999", False), ("0", "0 0 0 0", True)],
)
def test_quarters(quantity: str, quarters: str, agree: bool) -> None:
    assert quarters_agree(D(quantity), map(D, quarters.split())) is agree


def test_what_an_edition_changed() -> None:
    before = {1: Figures(D(10), D(100)), 2: Figures(D(5), D(50)), 3: Figures(D(1), D(1))}
    after = {1: Figures(D(10), D(100)), 2: Figures(D(7), D(40)), 4: Figures(D(2), D(20))}
    found = {change.key: (change.kind, *vars(change.difference).values()) for change in compared(before, after)}
    assert found == {
        1: ("same", 0, 0),
        2: ("changed", 2, -10),
        4: ("added", 2, 20),
        3: ("removed", -1, -1),
    }


@given(EDITION, EDITION)
def test_differences_add_up_to_the_difference_of_the_sums(before: dict, after: dict) -> None:
    changes = compared(before, after)
    assert {change.key for change in changes} == before.keys() | after.keys()
    whole = sum(f.investment for f in after.values()) - sum(f.investment for f in before.values())
    assert sum(change.difference.investment for change in changes) == whole


@given(EDITION)
def test_nothing_changed_is_the_same(edition: dict) -> None:
    assert {change.kind for change in compared(edition, edition)} <= {"same"}


@pytest.mark.parametrize(
    ("planned", "short"),
    [
        ({1: Figures(D(10), D(100))}, []),
        ({1: Figures(D(9.0), D(100))}, [1]),
        ({1: Figures(D(10), D("99.99"))}, [1]),
        ({}, [1]),
        ({1: Figures(D(11), D(101)), 2: Figures(D(0), D(0))}, []),
    ],
)
def test_no_edition_goes_below_what_is_done(planned: dict, short: list[int]) -> None:
    assert below_done(planned, {1: Figures(D(10), D(100))}) == short
