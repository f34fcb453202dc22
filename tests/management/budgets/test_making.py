"""Two times up, two times down: each step in its place, each refusal in words, nothing half-done."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.gate import Denied
from anzhi.management.budgets.models import Budget
from anzhi.management.budgets.services import expenses, making
from anzhi.management.budgets.states import LineKind, Stage
from harness.people import agency_at, saved_actor
from management.budgets.factories import REPLY, asked, finance, in_force, leader, only_line, proposed, sums

pytestmark = pytest.mark.usefixtures("system")
D = Decimal


def test_a_budget_comes_into_force_with_what_was_refined() -> None:
    budget = proposed(办公费="100000", 差旅费="60000")
    lines = {line.name: line for line in budget.lines.all()}
    office, travel = lines["办公费"].pk, lines["差旅费"].pk
    making.answer(by=leader(), budget=budget, ceilings={office: D(90000), travel: D(50000)}, document="财预〔2026〕3号")
    making.refine(by=finance(), budget=budget, amounts={office: D(95000), travel: D(45000)})
    making.approve(by=leader(), budget=budget, document=REPLY)
    budget.refresh_from_db()
    assert (budget.stage, budget.document) == (Stage.APPROVED, REPLY)
    assert sums(lines["办公费"]) == (D(95000), 0, 0, 0, D(95000))
    assert sums(lines["差旅费"]) == (D(45000), 0, 0, 0, D(45000))
    assert {move.document for line in lines.values() for move in line.moves.all()} == {REPLY}


def test_an_office_has_one_budget_a_year() -> None:
    proposed()
    with pytest.raises(ValidationError, match="has a budget for that year"):
        making.open_budget(by=finance(), agency=agency_at("532328"), year=2026)
    assert making.open_budget(by=finance(), agency=agency_at("532328"), year=2027).year == 2027


@pytest.mark.parametrize("year", [1999, 2100, 27])
def test_a_year_is_a_year(year: int) -> None:
    with pytest.raises(ValidationError, match="Write a year"):
        making.open_budget(by=finance(), agency=agency_at("532328"), year=year)


def test_only_ones_own_office() -> None:
    with pytest.raises(Denied, match="outside your area"):
        making.open_budget(by=finance("532328"), agency=agency_at("530622"), year=2026)


@pytest.mark.parametrize("role", ["officer", "leader", "fund_monitor", "auditor_ro", "sysadmin"])
def test_only_finance_draws_up(role: str) -> None:
    with pytest.raises(Denied):
        making.open_budget(by=saved_actor(role), agency=agency_at("532328"), year=2026)


@pytest.mark.parametrize("role", ["officer", "finance", "fund_monitor", "auditor_ro"])
def test_only_a_leader_decides(role: str) -> None:
    budget = proposed()
    with pytest.raises(Denied):
        making.answer(by=saved_actor(role), budget=budget, ceilings={}, document="x")


def test_every_line_needs_its_ceiling() -> None:
    budget = proposed(办公费="100000", 差旅费="60000")
    office = budget.lines.get(name="办公费").pk
    with pytest.raises(ValidationError, match="差旅费"):
        making.answer(by=leader(), budget=budget, ceilings={office: D(1)}, document="财预〔2026〕3号")
    budget.refresh_from_db()
    assert budget.stage == Stage.PROPOSAL
    assert budget.lines.get(name="办公费").ceiling is None  # nothing of the attempt is kept


def test_refined_beyond_the_ceilings_is_refused_with_the_excess() -> None:
    budget = proposed()
    line = only_line(budget)
    making.answer(by=leader(), budget=budget, ceilings={line.pk: D(80000)}, document="财预〔2026〕3号")
    with pytest.raises(ValidationError, match=r"1,234\.50 yuan beyond"):
        making.refine(by=finance(), budget=budget, amounts={line.pk: D("81234.50")})
    assert only_line(budget).refined is None


def test_a_ceiling_of_nothing_is_a_ceiling() -> None:
    budget = proposed()
    line = only_line(budget)
    making.answer(by=leader(), budget=budget, ceilings={line.pk: D(0)}, document="财预〔2026〕3号")
    making.refine(by=finance(), budget=budget, amounts={line.pk: D(0)})
    making.approve(by=leader(), budget=budget, document=REPLY)
    assert sums(line) == (0, 0, 0, 0, 0)
    assert not line.moves.exists()


def test_a_negative_figure_is_refused() -> None:
    budget = proposed()
    with pytest.raises(ValidationError, match="zero yuan or more"):
        making.answer(by=leader(), budget=budget, ceilings={only_line(budget).pk: D(-1)}, document="x")
    with pytest.raises(ValidationError, match="zero yuan or more"):
        making.propose(by=finance(), budget=proposed(year=2027), kind=LineKind.STAFF, name="工资", amount=D("-0.01"))


def test_a_line_of_another_budget_is_refused() -> None:
    budget, other = proposed(), proposed(year=2027)
    stranger = only_line(other).pk
    with pytest.raises(ValidationError, match=f"Line {stranger} is not of this budget"):
        making.answer(by=leader(), budget=budget, ceilings={stranger: D(1)}, document="x")


def test_a_name_stands_once_in_a_budget() -> None:
    budget = proposed()
    with pytest.raises(ValidationError, match="line of that name"):
        making.propose(by=finance(), budget=budget, kind=LineKind.PUBLIC, name="办公费", amount=D(1))


@pytest.mark.parametrize("document", ["", "   "])
def test_no_budget_comes_into_force_without_a_document(document: str) -> None:
    with pytest.raises(ValidationError, match="Name the document"):
        making.approve(by=leader(), budget=proposed(), document=document)


def refuse_at(budget: Budget, step: str) -> str:
    """What a step out of its order is told."""
    line = only_line(budget)
    acts = {
        "propose": lambda: making.propose(by=finance(), budget=budget, kind=LineKind.STAFF, name="工资", amount=D(1)),
        "drop": lambda: making.drop(by=finance(), line=line),
        "answer": lambda: making.answer(by=leader(), budget=budget, ceilings={line.pk: D(1)}, document="x"),
        "refine": lambda: making.refine(by=finance(), budget=budget, amounts={line.pk: D(1)}),
        "approve": lambda: making.approve(by=leader(), budget=budget, document="x"),
        "close": lambda: making.close(by=leader(), budget=budget),
    }
    with pytest.raises(ValidationError) as caught:
        acts[step]()
    return "".join(caught.value.messages)


@pytest.mark.parametrize("step", ["refine", "approve", "close"])
def test_steps_of_later_wait_for_the_proposal(step: str) -> None:
    assert "it stands at “First proposal”" in refuse_at(proposed(), step)


@pytest.mark.parametrize("step", ["propose", "drop", "answer", "refine", "approve"])
def test_steps_of_earlier_are_over_in_force(step: str) -> None:
    assert "it stands at “In force”" in refuse_at(in_force(), step)


def test_a_proposed_line_can_be_taken_out() -> None:
    budget = proposed(办公费="1", 差旅费="2")
    making.drop(by=finance(), line=budget.lines.get(name="差旅费"))
    assert [line.name for line in budget.lines.all()] == ["办公费"]


def test_money_moves_between_lines_and_none_is_made() -> None:
    budget = in_force(办公费="100000", 差旅费="60000")
    office, travel = budget.lines.get(name="办公费"), budget.lines.get(name="差旅费")
    making.adjust(
        by=leader(), source=travel, target=office, amount=D(20000), document="办字〔2026〕8号", reason="会议增多"
    )
    assert (sums(office)[1], sums(office)[4]) == (D(20000), D(120000))
    assert (sums(travel)[1], sums(travel)[4]) == (D(-20000), D(40000))


@pytest.mark.parametrize(
    ("amount", "told"), [("60000.01", "0.01 yuan too much"), ("0", "more than zero"), ("-5", "more than zero")]
)
def test_a_line_gives_what_it_has(amount: str, told: str) -> None:
    budget = in_force(办公费="100000", 差旅费="60000")
    office, travel = budget.lines.get(name="办公费"), budget.lines.get(name="差旅费")
    with pytest.raises(ValidationError, match=told):
        making.adjust(by=leader(), source=travel, target=office, amount=D(amount), document="x", reason="why not")
    assert sums(travel)[4] == D(60000)


def test_money_does_not_move_to_itself_or_to_another_budget() -> None:
    line, other = only_line(in_force()), only_line(in_force(year=2027))
    for target in (line, other):
        with pytest.raises(ValidationError, match="two lines of the same budget"):
            making.adjust(by=leader(), source=line, target=target, amount=D(1), document="x", reason="why not")


def test_a_year_closes_when_nothing_is_open() -> None:
    budget = in_force()
    request = asked(budget)
    with pytest.raises(ValidationError, match=request.number):
        making.close(by=leader(), budget=budget)
    expenses.refuse(by=leader(), expense=request, reason="不在计划内")
    making.close(by=leader(), budget=budget)
    with pytest.raises(ValidationError, match="budget of 2026 is closed"):
        asked(budget)
