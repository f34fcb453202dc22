"""Annual plans for tests, made through the services."""

from decimal import Decimal
from typing import Any

from anzhi.foundation.access.actors import Actor
from anzhi.management.annual.models import AnnualPlan, AnnualPlanLine, AnnualTask, ProgressReport
from anzhi.management.annual.services import planning, progress
from anzhi.network.projects.models import Project
from harness.people import code12, saved_actor
from network.projects.factories import project

YEAR = 2026
D = Decimal
FACTS: dict[str, Any] = {
    "type": "move",
    "content": "搬迁安置人口",
    "unit": "人",
    "total_task": D(1200),
    "done_before": D(200),
    "quantity": D(500),
    "q1": D(100),
    "q2": D(150),
    "q3": D(150),
    "q4": D(100),
    "investment": D(36_000_000),
    "source": "征地补偿和移民安置资金",
    "duty_unit": "元谋县搬迁安置办",
    "monitor_unit": "云南某监理公司",
}


def officer(region: str = "532328") -> Actor:
    """Who drafts and reports."""
    return saved_actor("officer", region=region)


def leader(region: str = "532328") -> Actor:
    """Who issues."""
    return saved_actor("leader", region=region)


def supervisor(region: str = "532328") -> Actor:
    """Who confirms."""
    return saved_actor("supervision_rep", region=region)


def drafted(region: str = "532328", of: Project | None = None, year: int = YEAR, **facts: Any) -> AnnualPlan:
    """A draft with one line."""
    by = officer(region)
    plan = planning.draft(by=by, project=of or project(region=region), year=year, region_code=code12(region))
    planning.put(by=by, plan=plan, facts=FACTS | facts)
    return plan


def issued(
    region: str = "532328",
    of: Project | None = None,
    year: int = YEAR,
    document: str = "云搬发〔2026〕5号",
    **facts: Any,
) -> AnnualPlan:
    """The same, in force."""
    return planning.issue(by=leader(region), plan=drafted(region, of, year, **facts), document=document)


def adjusted(plan: AnnualPlan, reason: str = "水库下闸时间提前") -> AnnualPlan:
    """A draft of the next edition."""
    by = officer(plan.region_code[:6])
    return planning.draft(by=by, project=plan.project, year=plan.year, region_code=plan.region_code, reason=reason)


def only_line(plan: AnnualPlan) -> AnnualPlanLine:
    """Its one line."""
    return plan.lines.get()


def told(task: AnnualTask, month: int = 3, quantity: str = "120", invested: str = "9000000") -> ProgressReport:
    """A month, reported."""
    by = officer(task.region_code[:6])
    return progress.report(by=by, task=task, month=month, quantity=D(quantity), invested=D(invested))


def confirmed(task: AnnualTask, month: int = 3, quantity: str = "120", invested: str = "9000000") -> ProgressReport:
    """A month that counts."""
    found = told(task, month, quantity, invested)
    return progress.confirm(by=supervisor(task.region_code[:6]), report=found)
