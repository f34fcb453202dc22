"""Giving a task to a colleague, and giving out what nobody was found for."""

from django.utils.translation import gettext as _

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.accounts.models import Post
from anzhi.foundation.workflow.engine import desks, persons
from anzhi.foundation.workflow.engine.refusals import missing
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Task, Vote
from anzhi.foundation.workflow.states import Act, TaskKind, TaskState


def transfer(work: Work, task: Task, said: Said) -> None:
    """Hand a task to somebody of the same office, with the same role where the step asks for one."""
    post = _person(said)
    if post.user_id in (work.by.id, task.assignee_id):
        raise missing("people", _("Choose somebody else than yourself."))
    if post.agency_id != task.agency_id:
        raise missing("people", _("Choose somebody of the same office."))
    if task.role and task.role not in accounts.roles_of(post.user):
        raise missing("people", _("%(who)s does not hold the role this step asks for.") % {"who": post.user.name})
    give(work, task, post, Act.TRANSFER, said.opinion)


def assign(work: Work, task: Task, said: Said) -> None:
    """Give a task from the queue to a person; a supervisor's act."""
    persons.demand_supervision(work, task)
    if not task.queued:
        raise Denied(_("This task is not in the queue."))
    post = _person(said)
    if not post.agency.region_code.startswith(work.by.prefix):
        raise missing("people", _("Choose somebody of your area."))
    give(work, task, post, Act.ASSIGN, said.opinion)


def give(work: Work, task: Task, post: Post, act: str, opinion: str) -> None:
    """Put a task on a person's desk; where it came from stays on it."""
    if task.kind != TaskKind.ASK:
        persons.demand_free(work, work.node(task), {post.user_id: post.user.name})
    there = Task.objects.filter(visit=task.visit, assignee=post.user).exclude(state=TaskState.CANCELLED)
    if there.exists() or Vote.objects.filter(visit=task.visit, voter_id=post.user_id).exists():
        raise missing("people", _("Already asked at this step: %(names)s.") % {"names": post.user.name})
    work.moved = True
    before = task.assignee.name if task.assignee else ""
    task.assignee, task.agency, task.desk_region = post.user, post.agency, post.agency.region_code
    task.queued, task.opened_at, task.opened_by = False, None, ""
    task.came_from = work.behalf.name if work.behalf else work.by.name
    task.why = {**task.why, "me": {"rule": str(act), "by": work.by.name, "before": before}}
    fields = ["assignee", "agency", "desk_region", "queued", "opened_at", "opened_by", "came_from", "why"]
    task.save(update_fields=fields)
    desks.invite(work, {post.agency.region_code})
    work.log(act, visit=task.visit, task=task, opinion=opinion, to=post.user.name, before=before)


def _person(said: Said) -> Post:
    found = accounts.at_work(said.people)
    if len(said.people) != 1 or not found:
        raise missing("people", _("Choose one person who works here now."))
    return next(iter(found.values()))
