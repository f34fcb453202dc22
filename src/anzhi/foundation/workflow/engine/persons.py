"""Whose desk a task lies on: one's own, one's role's, or somebody's one acts for; and who is kept apart."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Answer, Denied, may
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.workflow.engine.seats import hands_of
from anzhi.foundation.workflow.engine.work import Person, Work
from anzhi.foundation.workflow.models import Case, Delegation, Task
from anzhi.foundation.workflow.rules.people import barred
from anzhi.foundation.workflow.rules.plan import Duty, Node
from anzhi.foundation.workflow.states import TaskKind


def is_mine(by: Actor, task: Task, now: datetime) -> bool:
    """Whether a task lies on one's desk, by oneself, by role, or on behalf of somebody."""
    return sits(by, task) or bool(giver_of(by, task, now))


def sits(by: Actor, task: Task) -> bool:
    """Whether a task is a person's own, or their role's."""
    if by.id is None or task.queued:
        return False
    if task.assignee_id:
        return task.assignee_id == by.id
    if task.agency_id != by.agency_id or task.role not in by.roles:
        return False
    return task.department_id is None or _division(by.id) == task.department_id


def giver_of(by: Actor, task: Task, now: datetime) -> Person | None:
    """On whose behalf somebody may act on a task now."""
    for row in _delegations(by, task).filter(begins_at__lte=now, ends_at__gt=now):
        if sits(accounts.actor_for(row.giver), task):
            return Person(row.giver_id, row.giver.name)
    return None


def desk(work: Work, task: Task) -> None:
    """Who acts, on whose behalf; refused with the reason when the task lies elsewhere."""
    if sits(work.by, task):
        return
    work.behalf = giver_of(work.by, task, work.now)
    if work.behalf is None:
        raise Denied(_refusal(work, task))
    deciding = work.node(task).duty is Duty.DECIDE and task.kind != TaskKind.ASK
    if deciding and not _delegations(work.by, task).filter(giver_id=work.behalf.id, deciding=True).exists():
        told = {"who": work.behalf.name}
        raise Denied(_("%(who)s did not delegate decisions; only they can decide this.") % told)


def demand_free(work: Work, node: Node, people: dict[int, str]) -> None:
    """Refuse people who had another duty in this case."""
    out = barred(node, hands_of(work))
    for who, name in people.items():
        if who in out:
            step = work.plan[out[who]].name if out[who] in work.plan else out[who]
            told = {"who": name, "step": step}
            raise Denied(_("%(who)s took part at “%(step)s”; another person must act here.") % told)


def apart(work: Work, task: Task) -> None:
    """Separation of duty for who acts and on whose behalf; opinions are free."""
    if task.kind == TaskKind.ASK:
        return
    people = {work.by.id or 0: work.by.name}
    if work.behalf:
        people[work.behalf.id] = work.behalf.name
    demand_free(work, work.node(task), people)


def in_area(by: Actor, case: Case) -> bool:
    """Whether a case lies in somebody's area, or an office of the area takes part."""
    return case.region_code.startswith(by.prefix) or any(
        party.region_code.startswith(by.prefix) for party in case.parties.all()
    )


def supervises(by: Actor, case: Case) -> Answer:
    """Whether somebody supervises a case."""
    return may(by, Permission.CASE_SUPERVISE, on=case)


def demand_supervision(work: Work, task: Task) -> None:
    """Only a supervisor of the case's area, or of the desk's."""
    here = may(work.by, Permission.CASE_SUPERVISE)
    if not here:
        raise Denied(here.reason)
    if not any(code.startswith(work.by.prefix) for code in (work.case.region_code, task.desk_region)):
        raise Denied(_("This lies outside your area."))


def _division(user_id: int) -> int | None:
    post = accounts.at_work([user_id]).get(user_id)
    return post.department_id if post else None


def _delegations(by: Actor, task: Task) -> QuerySet[Delegation]:
    rows = Delegation.objects.filter(taker_id=by.id).filter(Q(key="") | Q(key=task.case.key))
    return rows.select_related("giver")


def _refusal(work: Work, task: Task) -> str:
    for row in _delegations(work.by, task):
        if sits(accounts.actor_for(row.giver), task):
            if row.ends_at <= work.now:
                return _("You act for %(who)s no longer: the delegation has ended.") % {"who": row.giver.name}
            return _("The delegation of %(who)s has not begun yet.") % {"who": row.giver.name}
    return _("This lies on somebody else’s desk.")
