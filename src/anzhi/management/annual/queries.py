"""Reads of annual plans and of progress."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from anzhi.foundation.access.context import Scope
from anzhi.foundation.money.field import MoneyField
from anzhi.management.annual import rules
from anzhi.management.annual.models import AnnualPlan, AnnualPlanLine, AnnualTask, ProgressReport, Quantity
from anzhi.management.annual.states import PlanState, ReportState, TaskType
from anzhi.network.projects.models import Project

MOVE = Q(task__type=TaskType.MOVE)
NONE, NO_MONEY = Value(rules.ZERO, output_field=Quantity()), Value(rules.ZERO, output_field=MoneyField())


def _lines(what: str, only: Q, field: Any) -> Subquery:
    """A sum over the lines of the plan in the outer query."""
    rows = AnnualPlanLine.objects.filter(only, plan=OuterRef("pk")).order_by().values("plan")
    return Subquery(rows.annotate(sum=Sum(what)).values("sum"), output_field=field)


def _done(what: str, only: Q, field: Any) -> Subquery:
    """A sum over what is confirmed of the plan's project, county and year."""
    rows = ProgressReport.objects.filter(
        only,
        state=ReportState.CONFIRMED,
        task__project=OuterRef("project"),
        task__region_code=OuterRef("region_code"),
        task__year=OuterRef("year"),
    )
    sums = rows.order_by().values("task__year").annotate(sum=Sum(what)).values("sum")
    return Subquery(sums, output_field=field)


def plans(scope: Scope | str) -> QuerySet[AnnualPlan]:
    """Editions of an area, each with people and investment: planned by it, and confirmed as done (people, yuan)."""
    return (
        AnnualPlan.objects.within(scope)
        .select_related("project")
        .annotate(
            people=Coalesce(_lines("quantity", MOVE, Quantity()), NONE),
            investment=Coalesce(_lines("investment", Q(), MoneyField()), NO_MONEY),
            people_done=Coalesce(_done("quantity", MOVE, Quantity()), NONE),
            invested=Coalesce(_done("invested", Q(), MoneyField()), NO_MONEY),
        )
    )


def plan(scope: Scope | str, pk: int) -> AnnualPlan | None:
    """One edition of an area."""
    return plans(scope).select_related("drafted_by").filter(pk=pk).first()


def editions(plan: AnnualPlan) -> QuerySet[AnnualPlan]:
    """All editions of the same plan, newest first."""
    same = {"project": plan.project_id, "region_code": plan.region_code, "year": plan.year}
    return AnnualPlan.objects.filter(**same).order_by("-version")


def before(plan: AnnualPlan) -> AnnualPlan | None:
    """The issued edition that this one follows."""
    issued = (PlanState.IN_FORCE, PlanState.SUPERSEDED)
    return editions(plan).filter(version__lt=plan.version, state__in=issued).first()


def lines(plan: AnnualPlan) -> QuerySet[Any]:
    """Lines of an edition, with what is confirmed of each task as `done` and `invested`."""
    confirmed = ProgressReport.objects.filter(task=OuterRef("task"), state=ReportState.CONFIRMED).order_by()
    sums = confirmed.values("task")
    done = Subquery(sums.annotate(sum=Sum("quantity")).values("sum"), output_field=Quantity())
    invested = Subquery(sums.annotate(sum=Sum("invested")).values("sum"), output_field=MoneyField())
    rows = AnnualPlanLine.objects.filter(plan=plan).select_related("task", "plan")
    return rows.annotate(done=Coalesce(done, NONE), invested=Coalesce(invested, NO_MONEY)).order_by("task__type", "id")


def line(scope: Scope | str, pk: int) -> AnnualPlanLine | None:
    """One line of an area."""
    found = AnnualPlanLine.objects.within(scope).select_related("plan__project", "task")
    return found.filter(pk=pk).first()


def figures(plan: AnnualPlan) -> dict[int, rules.Figures]:
    """What an edition says of each task."""
    found = plan.lines.order_by("id").values_list("task", "quantity", "investment")
    return {task: rules.Figures(quantity, investment) for task, quantity, investment in found}


def done(plan: AnnualPlan) -> dict[int, rules.Figures]:
    """What is confirmed of each task of the plan's project, county and year."""
    rows = ProgressReport.objects.filter(
        state=ReportState.CONFIRMED,
        task__project=plan.project_id,
        task__region_code=plan.region_code,
        task__year=plan.year,
    )
    found = rows.order_by().values("task").annotate(sum=Sum("quantity"), money=Sum("invested"))
    return {row["task"]: rules.Figures(row["sum"], row["money"]) for row in found}


@dataclass(frozen=True)
class Compared:
    """A task with what two editions say of it."""

    task: AnnualTask
    change: rules.Change


def compared(plan: AnnualPlan) -> list[Compared]:
    """This edition against the issued one before it."""
    earlier = before(plan)
    changes = rules.compared(figures(earlier) if earlier else {}, figures(plan))
    tasks = AnnualTask.objects.in_bulk([change.key for change in changes])
    return [Compared(tasks[change.key], change) for change in changes]


def task(scope: Scope | str, pk: int) -> AnnualTask | None:
    """One task of an area."""
    return AnnualTask.objects.within(scope).select_related("project").filter(pk=pk).first()


def reports(task: AnnualTask) -> QuerySet[ProgressReport]:
    """What was told of a task, month by month."""
    return task.reports.select_related("reported_by", "judged_by").order_by("month", "id")


def report(scope: Scope | str, pk: int) -> ProgressReport | None:
    """One report of an area."""
    found = ProgressReport.objects.within(scope).select_related("task__project", "reported_by")
    return found.filter(pk=pk).first()


def unconfirmed(scope: Scope | str) -> QuerySet[ProgressReport]:
    """Reports that wait for the supervision unit."""
    rows = ProgressReport.objects.within(scope).filter(state=ReportState.REPORTED)
    return rows.select_related("task__project", "reported_by")


def in_force(task: AnnualTask) -> AnnualPlanLine | None:
    """The line in force of a task."""
    return task.lines.filter(plan__state=PlanState.IN_FORCE).select_related("plan").first()


def projects(scope: Scope | str) -> QuerySet[Project]:
    """Projects that a plan can be drafted for, by name."""
    return Project.objects.within(scope).filter(build="construction").order_by("name")


def years() -> list[tuple[str, str]]:
    """The years there are plans of, newest first."""
    found = AnnualPlan.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in found]


@dataclass(frozen=True)
class Standing:
    """Of a list of plans: editions, people planned and moved, yuan planned and invested."""

    rows: int
    people: Decimal
    people_done: Decimal
    investment: Decimal
    invested: Decimal


def standing(rows: QuerySet[AnnualPlan]) -> Standing:
    """Figures over editions, in one query. Replaced editions share their progress: count those in force."""
    ids = rows.order_by().values("pk")
    planned = AnnualPlanLine.objects.filter(plan__in=ids).aggregate(
        people=Sum("quantity", filter=MOVE), money=Sum("investment")
    )
    tasks = AnnualTask.objects.filter(lines__plan__in=ids).order_by().values("pk").distinct()
    told = ProgressReport.objects.filter(task__in=tasks, state=ReportState.CONFIRMED)
    came = told.aggregate(people=Sum("quantity", filter=MOVE), money=Sum("invested"))
    figures = (planned["people"], came["people"], planned["money"], came["money"])
    return Standing(rows.count(), *(value or rules.ZERO for value in figures))


def of_project(project: Project) -> QuerySet[AnnualPlan]:
    """Plans in force of a project, newest first."""
    return AnnualPlan.objects.filter(project=project, state=PlanState.IN_FORCE).order_by("-year", F("region_code"))
