"""Progress: told by the county month by month, confirmed by the supervision unit or sent back."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied, demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.parameters import clock
from anzhi.management.annual import queries
from anzhi.management.annual.models import AnnualTask, ProgressReport
from anzhi.management.annual.states import ReportState


def report(
    *, by: Actor, task: AnnualTask, month: int, quantity: Decimal, invested: Decimal, evidence: str = ""
) -> ProgressReport:
    """Tell what was done of a task in a month that has begun. Raises ValidationError."""
    demand(by, Permission.WORK_EDIT, on=task)
    made = ProgressReport(
        region_code=task.region_code,
        task=task,
        month=month,
        quantity=quantity,
        invested=invested,
        evidence=evidence,
        reported_by_id=by.id,
        reported_on=clock.today(),
    )
    with transaction.atomic():
        if not queries.in_force(task):
            raise ValidationError(_("This task stands in no plan in force."))
        if (task.year, month) > (made.reported_on.year, made.reported_on.month):
            raise ValidationError({"month": _("This month has not begun yet.")})
        made.full_clean(exclude=["reported_by", "judged_by", "judged_on"])
        with audit.action("progress.reported", by=by, on=task, month=month, quantity=quantity, invested=invested):
            made.save(force_insert=True)
    return made


def confirm(*, by: Actor, report: ProgressReport) -> ProgressReport:
    """Say that it is so; from now on it counts. Not by who reported."""
    demand(by, Permission.WORK_CONFIRM, on=report)
    return _judge(report, ReportState.CONFIRMED, by, "progress.confirmed", "")


def send_back(*, by: Actor, report: ProgressReport, reason: str) -> ProgressReport:
    """Say that it is not so, and why; the month can be reported anew. Not by who reported."""
    demand(by, Permission.WORK_CONFIRM, on=report)
    return _judge(report, ReportState.RETURNED, by, "progress.returned", reason)


def _judge(report: ProgressReport, state: ReportState, by: Actor, event: str, reason: str) -> ProgressReport:
    if by.id is not None and report.reported_by_id == by.id:
        raise Denied(_("Who reported does not confirm."))
    with audit.action(event, by=by, on=report.task, month=report.month, reason=reason):
        held = ProgressReport.objects.select_for_update(of=("self",)).select_related("task").get(pk=report.pk)
        if held.state != ReportState.REPORTED:
            now = {"now": held.get_state_display()}
            raise ValidationError(_("This report is “%(now)s” already."), params=now)
        held.state, held.reason = state, reason
        held.judged_by_id, held.judged_on = by.id, clock.today()
        held.save(update_fields=["state", "reason", "judged_by", "judged_on"])
    return held
