"""Putting a stuck case right: one person proposes, another confirms; both stand in the log."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied, demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.accounts.models import User
from anzhi.foundation.audit.door import action
from anzhi.foundation.workflow.bpmn.branches import paths_of
from anzhi.foundation.workflow.engine import door, flow
from anzhi.foundation.workflow.engine.acts.passing_on import give
from anzhi.foundation.workflow.engine.refusals import not_live
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Case, Intervention, Task, Visit
from anzhi.foundation.workflow.rules.plan import Kind
from anzhi.foundation.workflow.states import LIVE, CaseState, Entry, Remedy, TaskState, VisitState


def propose(
    *,
    by: Actor,
    case: Case,
    remedy: Remedy,
    reason: str,
    step: str = "",
    task: Task | None = None,
    person: User | None = None,
) -> Intervention:
    """Propose to move a case to a step, to give a task to a person, or to end the case."""
    demand(by, Permission.CASE_INTERVENE, on=case)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    with door.wide(by):
        work = door.work_on(door.locked_by(None, case.pk), by)
        _possible(work, remedy, step, task, person)
        if Intervention.objects.filter(case=case, settled_at=None).exists():
            raise ValidationError(_("Another intervention waits for confirmation."))
        told = {"remedy": remedy, "step": step, "person": person.name if person else "", "reason": reason}
        with action("case.propose", by=by, on=work.case, **told):
            row = Intervention.objects.create(
                case=work.case,
                region_code=work.case.region_code,
                remedy=remedy,
                step=step,
                task=task,
                person=person,
                reason=reason.strip(),
                proposed_at=work.now,
                proposed_by=by.label,
                proposer_id=work.who,
            )
            work.log(Entry.PROPOSED, opinion=reason, remedy=remedy, to=step, person=told["person"])
            work.finish()
    return row


def confirm(*, by: Actor, intervention: Intervention) -> Case:
    """Agree, and it is done. Never by who proposed it."""
    demand(by, Permission.CASE_INTERVENE, on=intervention)
    if intervention.proposer_id == by.id:
        raise Denied(_("Another person must confirm what you proposed."))
    with door.wide(by):
        work, row = _open(by, intervention)
        _possible(work, Remedy(row.remedy), row.step, row.task, row.person)
        with action("case.intervene", by=by, on=work.case, remedy=row.remedy, reason=row.reason):
            _settle(work, row, True)
            work.log(Entry.INTERVENED, opinion=row.reason, remedy=row.remedy, to=row.step, proposed_by=row.proposed_by)
            _do(work, row)
            work.finish()
            door.tell(work.case, Entry.INTERVENED)
    return work.case


def refuse(*, by: Actor, intervention: Intervention, reason: str) -> Intervention:
    """Do not agree; who proposed it may take it back this way too."""
    demand(by, Permission.CASE_INTERVENE, on=intervention)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it stays on record.")})
    with door.wide(by):
        work, row = _open(by, intervention)
        with action("case.refuse", by=by, on=work.case, reason=reason):
            _settle(work, row, False)
            work.log(Entry.REFUSED, opinion=reason, remedy=row.remedy)
            work.finish()
    return row


def _open(by: Actor, intervention: Intervention) -> tuple[Work, Intervention]:
    work = door.work_on(door.locked_by(None, intervention.case_id), by)
    row = Intervention.objects.select_related("task", "person").get(pk=intervention.pk)
    if row.settled_at:
        raise Denied(_("%(who)s has settled this already.") % {"who": row.settled_by})
    return work, row


def _settle(work: Work, row: Intervention, confirmed: bool) -> None:
    row.settled_at, row.settled_by, row.settler_id, row.confirmed = work.now, work.by.label, work.who, confirmed
    row.save(update_fields=["settled_at", "settled_by", "settler_id", "confirmed"])


def _possible(work: Work, remedy: Remedy, step: str, task: Task | None, person: User | None) -> None:
    """Refuse what cannot be done with the case as it is now."""
    if work.case.state not in LIVE or (remedy is not Remedy.TERMINATE and work.case.state != CaseState.RUNNING):
        raise not_live(work.case)
    if remedy is Remedy.MOVE:
        if step not in work.plan or not work.plan[step].is_human:
            raise ValidationError({"step": _("Choose a step of this procedure.")})
        if paths_of(work.plan)[0][step]:
            raise ValidationError({"step": _("A case is not moved into the middle of parallel branches.")})
    if remedy is Remedy.ASSIGN:
        if task is None or task.case_id != work.case.pk or task.state != TaskState.OPEN:
            raise ValidationError({"task": _("Choose an open task of this case.")})
        if person is None or person.pk not in accounts.at_work([person.pk]):
            raise ValidationError({"person": _("Choose one person who works here now.")})


def _do(work: Work, row: Intervention) -> None:
    if row.remedy == Remedy.TERMINATE:
        flow.close(work, CaseState.TERMINATED)
    elif row.remedy == Remedy.ASSIGN and row.task_id and row.person_id:
        post = accounts.at_work([row.person_id])[row.person_id]
        give(work, door.task_of(work.case, row.task_id), post, Entry.INTERVENED, row.reason)
    else:
        last = None
        for visit in Visit.objects.filter(case=work.case, state=VisitState.OPEN):
            if work.plan[visit.step].kind is Kind.CALL:
                flow.end_children(work, visit, CaseState.TERMINATED)
            flow.leave(work, visit, VisitState.CANCELLED, "")
            last = visit
        flow.enter(work, row.step, cause=last, because=[{"moved": row.reason}])
