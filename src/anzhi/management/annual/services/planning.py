"""An edition is drafted, filled, issued by another person; the one before it stays, replaced."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied, demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.parameters import clock
from anzhi.management.annual import queries, rules
from anzhi.management.annual.models import AnnualPlan, AnnualPlanLine, AnnualTask
from anzhi.management.annual.states import PlanKind, PlanState
from anzhi.network.projects.models import Project

TASK = ("type", "content", "unit")
YEARS = range(2000, 2100)


def draft(*, by: Actor, project: Project, year: int, region_code: str = "", reason: str = "") -> AnnualPlan:
    """Begin the year's plan of a project in a county, or an adjustment of the one in force.

    An adjustment starts from the lines in force and needs a reason. Raises ValidationError while another draft is open.
    """
    plan = AnnualPlan(project=project, region_code=region_code or by.region_code, year=year, reason=reason)
    demand(by, Permission.WORK_EDIT, on=plan)
    if year not in YEARS:
        raise ValidationError({"year": _("Write a year, such as 2027.")})
    plan.drafted_by_id, plan.proposed_on = by.id, clock.today()
    with transaction.atomic():
        editions = queries.editions(plan).select_for_update()
        if any(edition.state == PlanState.DRAFT for edition in editions):
            raise ValidationError(_("A draft of this plan is open already; go on with that one."))
        before = next((edition for edition in editions if edition.state == PlanState.IN_FORCE), None)
        plan.version = max((edition.version for edition in editions), default=0) + 1
        plan.kind = PlanKind.ADJUSTMENT if plan.version > 1 else PlanKind.INITIAL
        if plan.kind == PlanKind.ADJUSTMENT and not reason.strip():
            raise ValidationError({"reason": _("Say why the plan is adjusted.")})
        with audit.action("annual.drafted", by=by, on=plan, year=year, version=plan.version, reason=reason):
            plan.save(force_insert=True)
            for line in before.lines.all() if before else ():
                line.pk, line.plan = None, plan
                line.save(force_insert=True)
    return plan


def put(*, by: Actor, plan: AnnualPlan, facts: Mapping[str, Any], line: AnnualPlanLine | None = None) -> AnnualPlanLine:
    """Write a line of a draft: a new task, or other figures of one that is there (`line`). Raises ValidationError."""
    demand(by, Permission.WORK_EDIT, on=plan)
    with transaction.atomic():
        _drafted(plan)
        made = line or AnnualPlanLine(plan=plan, region_code=plan.region_code)
        if line is None:
            made.task = _task(plan, {name: facts[name] for name in TASK}, by)
        for name, value in facts.items():
            if name not in TASK:
                setattr(made, name, value)
        made.full_clean()
        with audit.action("annual.line_put", by=by, on=plan, task=made.task.content) as told:
            told |= {"quantity": made.quantity, "investment": made.investment}
            made.save()
    return made


def drop(*, by: Actor, line: AnnualPlanLine) -> None:
    """Take a line out of a draft; the task and its progress stay."""
    demand(by, Permission.WORK_EDIT, on=line)
    with audit.action("annual.line_dropped", by=by, on=line.plan, task=line.task.content):
        _drafted(line.plan)
        line.delete()


def issue(*, by: Actor, plan: AnnualPlan, document: str) -> AnnualPlan:
    """Put a draft in force by a document; the edition before is replaced in the same moment. Not by who drafted."""
    demand(by, Permission.WORK_DECIDE, on=plan)
    if by.id is not None and plan.drafted_by_id == by.id:
        raise Denied(_("Who drafted a plan does not issue it."))
    if not document.strip():
        raise ValidationError({"document": _("Name the document that issues the plan.")})
    with audit.action("annual.issued", by=by, on=plan, document=document, version=plan.version) as facts:
        _drafted(plan)
        lines = queries.figures(plan)
        if not lines:
            raise ValidationError(_("A plan without lines cannot be issued."))
        _not_below_done(plan, lines)
        facts["investment"] = sum((one.investment for one in lines.values()), rules.ZERO)
        queries.editions(plan).filter(state=PlanState.IN_FORCE).update(state=PlanState.SUPERSEDED)
        plan.state, plan.document, plan.issued_on = PlanState.IN_FORCE, document, clock.today()
        plan.save(update_fields=["state", "document", "issued_on"])
    return plan


def discard(*, by: Actor, plan: AnnualPlan) -> AnnualPlan:
    """Give a draft up; it stays on record."""
    demand(by, Permission.WORK_EDIT, on=plan)
    with audit.action("annual.discarded", by=by, on=plan, version=plan.version):
        _drafted(plan)
        plan.state = PlanState.DISCARDED
        plan.save(update_fields=["state"])
    return plan


def _drafted(plan: AnnualPlan) -> None:
    """Lock the edition and be sure that it is a draft."""
    plan.state = AnnualPlan.objects.select_for_update().values_list("state", flat=True).get(pk=plan.pk)
    if plan.state != PlanState.DRAFT:
        raise ValidationError(
            _("This edition is “%(state)s” and is not changed any more; draft an adjustment."),
            params={"state": plan.get_state_display()},
        )


def _task(plan: AnnualPlan, facts: Mapping[str, Any], by: Actor) -> AnnualTask:
    """The task of these words: the one that other editions have, or a new one."""
    place = {"project": plan.project, "region_code": plan.region_code, "year": plan.year}
    found = AnnualTask.objects.filter(**place, type=facts["type"], content=facts["content"]).first()
    if found is None:
        found = AnnualTask(**place, **facts)
        found.full_clean()
        with audit.action("annual.task_added", by=by, on=plan, task=found.content):
            found.save(force_insert=True)
    elif plan.lines.filter(task=found).exists():
        raise ValidationError(_("This task stands in the plan already."))
    return found


def _not_below_done(plan: AnnualPlan, lines: Mapping[int, rules.Figures]) -> None:
    done = queries.done(plan)
    if short := rules.below_done(lines, done):
        names = AnnualTask.objects.filter(pk__in=short).values_list("content", flat=True)
        raise ValidationError(
            _("More is confirmed as done than this edition plans: %(names)s."), params={"names": "、".join(names)}
        )
