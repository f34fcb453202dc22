"""Editions: drafted, filled, issued by another; one in force; what was issued stays."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import region_scope
from anzhi.foundation.audit import door as audit
from anzhi.foundation.parameters import clock
from anzhi.management.annual import queries
from anzhi.management.annual.models import AnnualPlan, AnnualPlanLine, AnnualTask
from anzhi.management.annual.services import planning
from anzhi.management.annual.states import PlanState
from harness.people import code12, saved_actor
from management.annual.factories import (
    FACTS,
    YEAR,
    adjusted,
    confirmed,
    drafted,
    issued,
    leader,
    officer,
    only_line,
)
from network.projects.factories import project

pytestmark = pytest.mark.usefixtures("system")
D = Decimal


def test_a_draft_comes_into_force_by_a_document() -> None:
    plan = issued()
    plan.refresh_from_db()
    assert (plan.state, plan.document, plan.version, plan.issued_on) == (
        PlanState.IN_FORCE,
        "云搬发〔2026〕5号",
        1,
        clock.today(),
    )


@pytest.mark.parametrize("role", ["leader", "finance", "fund_monitor", "auditor_ro", "supervision_rep"])
def test_only_officers_draft(role: str) -> None:
    with pytest.raises(Denied):
        planning.draft(by=saved_actor(role), project=project(), year=YEAR, region_code=code12("532328"))


def test_a_plan_elsewhere_is_refused() -> None:
    with pytest.raises(Denied, match="outside your area"):
        planning.draft(by=officer(), project=project(region="530622"), year=YEAR, region_code=code12("530622"))


@pytest.mark.parametrize("year", [1999, 2100, 26])
def test_a_year_is_a_year(year: int) -> None:
    with pytest.raises(ValidationError, match="Write a year"):
        planning.draft(by=officer(), project=project(), year=year)


def test_there_is_one_draft_at_a_time() -> None:
    plan = drafted()
    with pytest.raises(ValidationError, match="open already"):
        planning.draft(by=officer(), project=plan.project, year=YEAR, region_code=plan.region_code)


def test_who_drafted_does_not_issue() -> None:
    both = saved_actor("officer", "leader")
    plan = planning.draft(by=both, project=project(), year=YEAR)
    planning.put(by=both, plan=plan, facts=FACTS)
    with pytest.raises(Denied, match="does not issue"):
        planning.issue(by=both, plan=plan, document="云搬发〔2026〕5号")


@pytest.mark.parametrize("document", ["", "  "])
def test_a_plan_is_issued_by_a_document(document: str) -> None:
    with pytest.raises(ValidationError, match="Name the document"):
        planning.issue(by=leader(), plan=drafted(), document=document)


def test_an_empty_plan_is_not_issued() -> None:
    plan = planning.draft(by=officer(), project=project(), year=YEAR)
    with pytest.raises(ValidationError, match="without lines"):
        planning.issue(by=leader(), plan=plan, document="云搬发〔2026〕5号")


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"q1": D(101)}, "quarters do not make the year"),
        ({"quantity": D("500.001")}, "quarters do not make the year"),
        ({"total_task": D(699)}, "more than the whole task"),
        ({"done_before": D(701)}, "more than the whole task"),
        ({"investment": D("-0.01")}, "not negative"),
        ({"quantity": D(0), "q1": D(-100), "q2": D(100), "q3": D(0), "q4": D(0)}, "not negative"),
        ({"duty_unit": ""}, "cannot be blank"),
        ({"type": "holiday"}, "not a valid choice"),
        ({"content": ""}, "cannot be blank"),
    ],
)
def test_a_line_that_does_not_fit_is_refused(facts: dict[str, Any], told: str) -> None:
    plan = planning.draft(by=officer(), project=project(), year=YEAR)
    with pytest.raises(ValidationError, match=told), transaction.atomic():
        planning.put(by=officer(), plan=plan, facts=FACTS | facts)
    assert not plan.lines.exists()


def test_a_line_ends_after_it_begins() -> None:
    plan = planning.draft(by=officer(), project=project(), year=YEAR)
    day = clock.today()
    facts = FACTS | {"start": day, "finish": day.replace(year=day.year - 1)}
    with pytest.raises(ValidationError, match="before the beginning"):
        planning.put(by=officer(), plan=plan, facts=facts)


def test_a_task_stands_once_in_a_plan() -> None:
    plan = drafted()
    with pytest.raises(ValidationError, match="in the plan already"):
        planning.put(by=officer(), plan=plan, facts=FACTS)
    planning.put(by=officer(), plan=plan, facts=FACTS | {"content": "生产安置人口", "type": "production"})
    assert plan.lines.count() == 2


def test_an_adjustment_starts_from_what_is_in_force_and_replaces_it() -> None:
    first = issued()
    second = adjusted(first)
    assert queries.figures(second) == queries.figures(first)
    line = only_line(second)
    facts = {"quantity": D(600), "q4": D(200), "investment": D(40_000_000)}
    planning.put(by=officer(), plan=second, facts=facts, line=line)
    planning.issue(by=leader(), plan=second, document="云搬发〔2026〕40号")
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == (PlanState.SUPERSEDED, PlanState.IN_FORCE, 2)
    assert only_line(first).quantity == D(500)  # what was issued stays as it was
    (found,) = queries.compared(second)
    assert vars(found.change.difference) == {"quantity": D(100), "investment": D(4_000_000)}


def test_an_adjustment_needs_a_reason() -> None:
    with pytest.raises(ValidationError, match="Say why"):
        adjusted(issued(), reason="  ")


def test_an_adjustment_is_not_below_what_is_confirmed() -> None:
    first = issued()
    confirmed(only_line(first).task, quantity="300", invested="20000000")
    second = adjusted(first)
    facts = {"quantity": D(299), "q1": D(0), "q2": D(0), "q3": D(150), "q4": D(149)}
    planning.put(by=officer(), plan=second, facts=facts, line=only_line(second))
    with pytest.raises(ValidationError, match="搬迁安置人口"):
        planning.issue(by=leader(), plan=second, document="云搬发〔2026〕40号")
    first.refresh_from_db()
    assert first.state == PlanState.IN_FORCE


def test_a_task_with_progress_cannot_be_left_out() -> None:
    first = issued()
    confirmed(only_line(first).task)
    second = adjusted(first)
    planning.put(by=officer(), plan=second, facts=FACTS | {"content": "库底清理", "type": "clearing"})
    planning.drop(by=officer(), line=second.lines.get(task__type="move"))
    with pytest.raises(ValidationError, match="More is confirmed"):
        planning.issue(by=leader(), plan=second, document="云搬发〔2026〕40号")


def test_a_task_taken_up_again_is_the_same_task() -> None:
    plan = drafted()
    task = only_line(plan).task
    planning.drop(by=officer(), line=only_line(plan))
    again = planning.put(by=officer(), plan=plan, facts=FACTS)
    assert again.task == task
    assert AnnualTask.objects.count() == 1


def test_a_discarded_draft_stays_on_record_and_frees_the_way() -> None:
    first = issued()
    second = planning.discard(by=officer(), plan=adjusted(first))
    third = adjusted(first)
    assert (second.state, third.version, third.state) == (PlanState.DISCARDED, 3, PlanState.DRAFT)


@pytest.mark.parametrize("act", ["put", "drop", "issue", "discard"])
def test_an_issued_edition_is_not_changed(act: str) -> None:
    plan = issued()
    line = only_line(plan)
    acts = {
        "put": lambda: planning.put(by=officer(), plan=plan, facts={"investment": D(1)}, line=line),
        "drop": lambda: planning.drop(by=officer(), line=line),
        "issue": lambda: planning.issue(by=leader(), plan=plan, document="云搬发〔2026〕6号"),
        "discard": lambda: planning.discard(by=officer(), plan=plan),
    }
    with pytest.raises(ValidationError, match="draft an adjustment"):
        acts[act]()
    assert only_line(plan).investment == D(36_000_000)


@pytest.mark.parametrize("verb", ["update", "delete", "insert"])
def test_the_database_keeps_the_lines_of_an_issued_edition(verb: str) -> None:
    plan = issued()
    line = only_line(plan)
    other = AnnualTask(
        project=plan.project, region_code=plan.region_code, year=YEAR, type="site", content="x", unit="处"
    )
    act = audit.action("annual.line_put", by=SYSTEM, on=plan)
    with pytest.raises(IntegrityError, match="issued edition stay"), transaction.atomic(), act:
        if verb == "update":
            AnnualPlanLine.objects.filter(pk=line.pk).update(investment=D(1))
        elif verb == "delete":
            AnnualPlanLine.objects.filter(pk=line.pk).delete()
        else:
            other.save()
            line.pk, line.task = None, other
            line.save(force_insert=True)


def test_two_editions_are_never_in_force() -> None:
    first = issued()
    second = adjusted(first)
    act = audit.action("annual.issued", by=SYSTEM, on=second)
    with pytest.raises(IntegrityError, match="one_in_force"), transaction.atomic(), act:
        AnnualPlan.objects.filter(pk=second.pk).update(state="in_force", document="x", issued_on=clock.today())


def test_a_write_without_an_action_is_refused() -> None:
    plan = drafted()
    with pytest.raises(DatabaseError, match="needs an action"), transaction.atomic():
        AnnualPlan.objects.filter(pk=plan.pk).update(year=2030)


def test_a_foreign_county_finds_no_row() -> None:
    plan = issued()
    with region_scope("530622"):
        assert not AnnualPlan.objects.filter(pk=plan.pk).exists()
        assert not AnnualPlanLine.objects.exists()
        assert not AnnualTask.objects.exists()
