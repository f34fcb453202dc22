"""Taking back what one just did, while nobody has looked at it."""

from django.db.models import Q
from django.utils.translation import gettext as _

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.workflow.engine import clocks, desks, flow, writing
from anzhi.foundation.workflow.engine.refusals import not_live
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.engine.work import Person, Work
from anzhi.foundation.workflow.models import Task, Visit
from anzhi.foundation.workflow.rules.plan import Duty, Kind
from anzhi.foundation.workflow.states import LIVE, Act, SpanKind, TaskKind, TaskState, VisitState


def withdraw(work: Work, task: Task, said: Said) -> None:
    """Take back one's own last act: what came of it is cancelled, a new round begins with oneself."""
    visit, came = task.visit, _came(task.visit)
    if reason := reason_against(work, task):
        raise Denied(reason)
    work.moved = True
    work.log(Act.WITHDRAW, visit=visit, task=task, opinion=said.opinion)
    for later in came:
        if later.state == VisitState.OPEN:
            flow.leave(work, later, VisitState.CANCELLED, "")
    if not came and visit.fork:  # it had reached a join where others are still awaited
        visit.fork.waiting += 1
        writing.change(visit.fork, "waiting")
    if visit.state == VisitState.RETURNED:
        clocks.completed(work)
    again = flow.new_visit(work, visit.step, visit.cause, visit.fork, jumps=visit.jumps, need=visit.need)
    node = work.plan[visit.step]
    if node.duty is Duty.SUBMIT and visit.cause and visit.cause.state == VisitState.RETURNED:
        clocks.stand(work, SpanKind.PAUSE, _("Returned for completion"), visit.cause)  # it is being completed again
    clock = clocks.begin_step(work, again, node)
    who = Person(task.doer_id or 0, task.done_by)
    row = _again(work, task, again, who)
    row.due_at = clock.due_at if clock else None
    writing.add([row])
    desks.invite(work, {row.desk_region})


def reason_against(work: Work, task: Task) -> str:
    """Why somebody may not take a task back; nothing when they may."""
    if work.case.state not in LIVE:
        return str(not_live(work.case))
    if task.state != TaskState.DONE or work.by.id not in (task.doer_id, task.behalf_id):
        return _("You can take back only what you did yourself.")
    return _reason(work, task, _came(task.visit))


def _came(visit: Visit) -> list[Visit]:
    """The rounds that came of one."""
    return list(Visit.objects.filter(cause=visit).order_by("pk"))


def _reason(work: Work, task: Task, came: list[Visit]) -> str:
    """Why not, or nothing."""
    node, visit = work.node(task), task.visit
    if task.kind != TaskKind.DO or visit.state == VisitState.OPEN:
        return _("A vote or an opinion that others build on is not taken back.")
    if node.effect and visit.state == VisitState.PASSED:
        return _("It has already taken effect.")
    if any(later.state not in (VisitState.OPEN, VisitState.CANCELLED) for later in came):
        return _("It has already been handled by the next step.")
    kinds = {work.plan[later.step].kind for later in came}
    if Kind.CALL in kinds:
        return _("A case of its own has begun from it.")
    if came and not any(later.state == VisitState.OPEN for later in came):
        return _("It has been taken back already.")
    if not came and (visit.fork is None or visit.fork.state != VisitState.OPEN):
        return _("It has already been handled by the next step.")
    if visit.fork_id and came and any(later.fork_id != visit.fork_id and later.cause_id == visit.pk
                                      and later.fork_id is None for later in came):  # fmt: skip
        return _("The parallel branches have met already.")
    if Visit.objects.filter(Q(case=work.case, step=visit.step, round__gt=visit.round)).exists():
        return _("It has been taken back already.")
    seen = Task.objects.filter(visit__in=came).filter(Q(opened_at__isnull=False) | Q(state=TaskState.DONE))
    if first := seen.first():
        told = {"who": first.opened_by or first.done_by}
        return _("%(who)s has already opened it. Ask them to send it back.") % told
    return ""


def _again(work: Work, task: Task, visit: Visit, who: Person) -> Task:
    return Task(
        case=work.case,
        visit=visit,
        region_code=task.region_code,
        desk_region=task.desk_region,
        step=task.step,
        step_name=task.step_name,
        kind=TaskKind.DO,
        agency_id=task.agency_id,
        department_id=task.department_id,
        role=task.role,
        assignee_id=work.by.id if work.plan[task.step].duty is not Duty.SUBMIT else work.case.starter_id,
        bulk=task.bulk,
        why={**task.why, "me": {"rule": "withdrawn", "by": who.name}},
        created_at=work.now,
    )
