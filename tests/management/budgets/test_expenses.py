"""Requests to spend: set aside, decided by another, paid by a third, and never more than there is."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.gate import Denied
from anzhi.management.budgets.services import expenses
from anzhi.management.budgets.states import ExpenseState
from harness.people import saved_actor
from management.budgets.factories import asked, finance, in_force, leader, officer, only_line, proposed, sums

pytestmark = pytest.mark.usefixtures("system")
D = Decimal


def test_what_is_asked_for_is_set_aside() -> None:
    budget = in_force()
    request = asked(budget, "30000")
    assert sums(only_line(budget)) == (D(100000), 0, D(30000), 0, D(70000))
    assert request.number == f"2026-{budget.agency_id:03d}-0001"
    assert asked(budget, "1").number.endswith("-0002")


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("100000.01", "has 100,000.00 yuan left; 100,000.01 yuan is 0.01 yuan too much"),
        ("0", "more than zero"),
        ("-1", "more than zero"),
    ],
)
def test_never_more_than_is_left(amount: str, told: str) -> None:
    budget = in_force()
    with pytest.raises(ValidationError, match=told):
        asked(budget, amount)
    assert sums(only_line(budget))[2] == 0


def test_the_last_fen_can_be_asked_for() -> None:
    budget = in_force()
    asked(budget, "100000.00")
    assert sums(only_line(budget))[4] == 0
    with pytest.raises(ValidationError, match=r"has 0\.00 yuan left"):
        asked(budget, "0.01")


def test_a_budget_that_is_not_in_force_pays_nothing() -> None:
    with pytest.raises(ValidationError, match="not in force yet"):
        asked(proposed())


def test_paid_in_part_frees_the_rest() -> None:
    budget = in_force()
    request = expenses.agree(by=leader(), expense=asked(budget, "30000"))
    paid = expenses.pay(by=finance(), expense=request, amount=D("28500.50"), voucher="记-0142")
    assert (paid.state, paid.voucher) == (ExpenseState.PAID, "记-0142")
    assert sums(only_line(budget)) == (D(100000), 0, 0, D("28500.50"), D("71499.50"))


@pytest.mark.parametrize("amount", ["0", "-1", "30000.01"])
def test_paid_is_within_what_was_agreed(amount: str) -> None:
    budget = in_force()
    request = expenses.agree(by=leader(), expense=asked(budget, "30000"))
    with pytest.raises(ValidationError, match=r"30,000\.00 yuan agreed to"):
        expenses.pay(by=finance(), expense=request, amount=D(amount), voucher="记-1")
    assert sums(only_line(budget))[2] == D(30000)


def test_refused_and_taken_back_free_the_money() -> None:
    budget = in_force()
    by = officer()
    refused = expenses.refuse(by=leader(), expense=asked(budget, "1000", by), reason="不在计划内")
    back = expenses.withdraw(by=by, expense=asked(budget, "2000", by), reason="改期")
    agreed = expenses.agree(by=leader(), expense=asked(budget, "3000", by))
    late = expenses.withdraw(by=by, expense=agreed, reason="供应商停业")
    assert [row.state for row in (refused, back, late)] == ["refused", "withdrawn", "withdrawn"]
    assert sums(only_line(budget)) == (D(100000), 0, 0, 0, D(100000))


def test_who_asked_neither_decides_nor_pays() -> None:
    budget = in_force()
    both = saved_actor("officer", "leader", "finance")
    mine = asked(budget, "500", both)
    with pytest.raises(Denied, match="does not decide"):
        expenses.agree(by=both, expense=mine)
    with pytest.raises(Denied, match="does not decide"):
        expenses.refuse(by=both, expense=mine, reason="自己的")
    agreed = expenses.agree(by=leader(), expense=mine)
    with pytest.raises(Denied, match="does not pay"):
        expenses.pay(by=both, expense=agreed, amount=D(500), voucher="记-2")


def test_who_decided_does_not_pay() -> None:
    both = saved_actor("leader", "finance")
    agreed = expenses.agree(by=both, expense=asked(in_force(), "500"))
    with pytest.raises(Denied, match="does not pay"):
        expenses.pay(by=both, expense=agreed, amount=D(500), voucher="记-3")


def test_only_who_asked_takes_back() -> None:
    with pytest.raises(Denied, match="Only who asked"):
        expenses.withdraw(by=officer(), expense=asked(in_force()), reason="不是我的")


@pytest.mark.parametrize("role", ["finance", "leader", "fund_monitor", "auditor_ro"])
def test_only_officers_ask(role: str) -> None:
    with pytest.raises(Denied):
        asked(in_force(), by=saved_actor(role))


def test_another_county_may_nothing() -> None:
    budget = in_force()
    request = asked(budget)
    away = "530622"
    with pytest.raises(Denied, match="outside your area"):
        asked(budget, by=officer(away))
    with pytest.raises(Denied, match="outside your area"):
        expenses.agree(by=leader(away), expense=request)
    with pytest.raises(Denied, match="outside your area"):
        expenses.pay(by=finance(away), expense=request, amount=D(1), voucher="记-4")


@pytest.mark.parametrize("act", ["agree", "refuse", "withdraw", "pay"])
def test_what_is_over_is_over(act: str) -> None:
    by = officer()
    budget = in_force()
    request = expenses.refuse(by=leader(), expense=asked(budget, by=by), reason="不在计划内")
    acts = {
        "agree": lambda: expenses.agree(by=leader(), expense=request),
        "refuse": lambda: expenses.refuse(by=leader(), expense=request, reason="再次"),
        "withdraw": lambda: expenses.withdraw(by=by, expense=request, reason="再次"),
        "pay": lambda: expenses.pay(by=finance(), expense=request, amount=D(1), voucher="记-5"),
    }
    with pytest.raises(ValidationError, match="“Refused” already"):
        acts[act]()
    assert sums(only_line(budget))[4] == D(100000)
