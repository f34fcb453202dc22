"""Budgets in pure Python."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.management.budgets.rules import Asked, available, excess, rate, unanswered, unrefined

YUAN = st.decimals(min_value=0, max_value=10**9, places=2)
D = Decimal


@given(YUAN, YUAN, YUAN, YUAN)
def test_what_is_left_and_what_was_promised_make_the_whole(approved: D, adjusted: D, frozen: D, spent: D) -> None:
    assert available(approved, adjusted, frozen, spent) + frozen + spent == approved + adjusted


@pytest.mark.parametrize(
    ("spent", "approved", "adjusted", "per_cent"),
    [
        ("0", "100", "0", "0.0"),
        ("33.33", "100", "0", "33.3"),
        ("66.65", "100", "0", "66.6"),  # half to even: 66.65
        ("120", "100", "20", "100.0"),
        ("50", "100", "-50", "100.0"),
    ],
)
def test_the_share_that_was_spent(spent: str, approved: str, adjusted: str, per_cent: str) -> None:
    assert rate(D(spent), D(approved), D(adjusted)) == D(per_cent)


@pytest.mark.parametrize(("approved", "adjusted"), [("0", "0"), ("100", "-100")])
def test_without_a_budget_there_is_no_share(approved: str, adjusted: str) -> None:
    assert rate(D(0), D(approved), D(adjusted)) is None


def test_lines_without_a_figure_are_named() -> None:
    lines = [Asked("人员经费", "staff", None, None), Asked("办公费", "public", D(1), D(0))]
    assert unanswered(lines) == ["人员经费"]
    assert unrefined(lines) == ["人员经费"]


@pytest.mark.parametrize(
    ("lines", "over"),
    [
        ([("public", 10, 10)], {}),
        ([("public", 10, 11)], {"public": D(1)}),
        ([("public", 10, 11), ("public", 5, 4)], {}),  # within one kind lines may give to each other
        ([("public", 10, 11), ("staff", 5, 4)], {"public": D(1)}),  # but not across kinds
        ([("public", 10, 12), ("staff", 5, 6)], {"public": D(2), "staff": D(1)}),
    ],
)
def test_ceilings_hold_by_kind(lines: list[tuple[str, int, int]], over: dict[str, D]) -> None:
    assert excess(Asked("x", kind, D(ceiling), D(refined)) for kind, ceiling, refined in lines) == over
