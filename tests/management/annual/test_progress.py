"""Progress counts once the supervision unit has confirmed it; sums and rates come from the rows."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import Scope
from anzhi.foundation.parameters import clock
from anzhi.management.annual import queries, rules
from anzhi.management.annual.services import planning, progress
from anzhi.network.indicators import registry
from anzhi.network.indicators.queries import Figure, total
from anzhi.network.indicators.rules import year_of
from harness.people import saved_actor
from management.annual.factories import (
    FACTS,
    adjusted,
    confirmed,
    drafted,
    issued,
    leader,
    officer,
    only_line,
    supervisor,
    told,
)
from network.projects.factories import project

pytestmark = pytest.mark.usefixtures("system")
D = Decimal
DAY = date(2026, 11, 22)


def figure(code: str, area: str) -> Figure:
    """A figure of the year, as the board asks for it."""
    return total(registry.get(code), area, year_of(DAY))


@pytest.fixture(autouse=True)
def november() -> object:
    """A day in the year of the plans."""
    with clock.turned_to(DAY):
        yield


def test_only_what_is_confirmed_counts() -> None:
    plan = issued()
    task = only_line(plan).task
    told(task, month=4, quantity="70", invested="1")
    confirmed(task, month=3, quantity="120", invested="9000000.50")
    (line,) = queries.lines(plan)
    assert (line.done, line.invested) == (D(120), D("9000000.50"))  # type: ignore[attr-defined]  # of the query


def test_a_month_is_reported_once_until_it_is_sent_back() -> None:
    task = only_line(issued()).task
    first = told(task)
    with pytest.raises(ValidationError, match="reported already"):
        told(task)
    progress.send_back(by=supervisor(), report=first, reason="佐证材料不全")
    again = told(task, quantity="110")
    assert progress.confirm(by=supervisor(), report=again).state == "confirmed"


@pytest.mark.parametrize(("month", "fits"), [(11, True), (12, False), (0, False), (13, False)])
def test_a_month_has_begun_and_is_of_the_year(month: int, fits: bool) -> None:
    task = only_line(issued()).task
    if fits:
        assert told(task, month=month).month == month
    else:
        with pytest.raises(ValidationError):
            told(task, month=month)


@pytest.mark.parametrize(("quantity", "invested"), [("-1", "0"), ("0", "-0.01")])
def test_progress_is_not_negative(quantity: str, invested: str) -> None:
    with pytest.raises(ValidationError, match="not negative"):
        told(only_line(issued()).task, quantity=quantity, invested=invested)


def test_a_task_of_no_plan_in_force_is_not_reported() -> None:
    with pytest.raises(ValidationError, match="no plan in force"):
        told(only_line(drafted()).task)


def test_who_reported_does_not_confirm() -> None:
    both = saved_actor("officer", "supervision_rep")
    report = progress.report(by=both, task=only_line(issued()).task, month=3, quantity=D(1), invested=D(1))
    for judge in (progress.confirm, lambda **told: progress.send_back(reason="不符", **told)):
        with pytest.raises(Denied, match="does not confirm"):
            judge(by=both, report=report)


@pytest.mark.parametrize("role", ["officer", "leader", "finance", "auditor_ro"])
def test_only_the_supervision_unit_confirms(role: str) -> None:
    report = told(only_line(issued()).task)
    with pytest.raises(Denied):
        progress.confirm(by=saved_actor(role), report=report)


def test_a_supervision_unit_elsewhere_may_not() -> None:
    report = told(only_line(issued()).task)
    with pytest.raises(Denied, match="outside your area"):
        progress.confirm(by=supervisor("530622"), report=report)


def test_what_is_judged_is_judged() -> None:
    report = confirmed(only_line(issued()).task)
    with pytest.raises(ValidationError, match="“Confirmed” already"):
        progress.send_back(by=supervisor(), report=report, reason="反悔")


def test_progress_goes_on_through_editions() -> None:
    first = issued()
    confirmed(only_line(first).task, month=3)
    second = planning.issue(by=leader(), plan=adjusted(first), document="云搬发〔2026〕40号")
    confirmed(only_line(second).task, month=4)
    assert only_line(first).task == only_line(second).task
    (line,) = queries.lines(second)
    assert line.done == D(240)  # type: ignore[attr-defined]  # of the query


def test_people_and_investment_have_rates_of_their_own_and_production_is_no_move() -> None:
    plan = drafted(quantity=D(100), q1=D(25), q2=D(25), q3=D(25), q4=D(25), investment=D(1000))
    other = {"type": "production", "content": "生产安置人口", "investment": D(500)}
    planning.put(by=officer(), plan=plan, facts=FACTS | other)
    planning.issue(by=leader(), plan=plan, document="云搬发〔2026〕5号")
    move, production = (plan.lines.get(task__type=kind).task for kind in ("move", "production"))
    confirmed(move, quantity="104", invested="1200")
    confirmed(production, quantity="400", invested="600")
    found = queries.plan(Scope("532328"), plan.pk)
    assert found is not None
    assert (found.people, found.people_done) == (D(100), D(104))  # type: ignore[attr-defined]  # of the query
    assert (found.investment, found.invested) == (D(1500), D(1800))  # type: ignore[attr-defined]  # of the query
    assert rules.rate(D(104), D(100)) == D("104.0")


def test_sums_of_a_list_are_those_of_its_rows_and_of_the_indicator() -> None:
    for region in ("532328", "532301"):
        plan = issued(region, of=project(region=region))
        confirmed(only_line(plan).task, quantity="150", invested="1000.01")
    rows = queries.plans(Scope("5323")).filter(state="in_force")
    found = queries.standing(rows)
    assert (found.rows, found.people, found.people_done) == (2, D(1000), D(300))
    assert (found.investment, found.invested) == (D(72_000_000), D("2000.02"))
    people = figure("annual_people", "532300000000")
    money = figure("annual_investment", "532300000000")
    assert (people.of("plan"), people.of("done")) == (1000, 300)
    assert (money.of("plan"), money.of("done")) == (7_200_000_000, 200_002)


def test_a_replaced_edition_is_not_counted_twice_by_the_indicator() -> None:
    first = issued()
    planning.issue(by=leader(), plan=adjusted(first), document="云搬发〔2026〕40号")
    assert figure("annual_people", "532328000000").of("plan") == 500


def test_last_years_plans_are_not_this_years_figure() -> None:
    issued(year=2025)
    assert figure("annual_people", "532328000000").of("plan") in (0, None)
