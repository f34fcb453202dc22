"""Adding and taking off signers, and their answers."""

from django.utils.translation import gettext as _

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.accounts import queries as accounts
from anzhi.foundation.accounts.models import Post
from anzhi.foundation.parameters import queries as parameters
from anzhi.foundation.workflow.engine import desks, flow, persons, writing
from anzhi.foundation.workflow.engine.acts.deciding import done, seats_left, settle
from anzhi.foundation.workflow.engine.refusals import missing
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Task
from anzhi.foundation.workflow.rules.plan import Kind
from anzhi.foundation.workflow.states import Act, Side, TaskKind, TaskState


def add_sign(work: Work, task: Task, said: Said) -> None:
    """Ask others: before (who asks waits for their opinion), after (they pass it on), beside (they decide too)."""
    if said.side not in Side.values:
        raise missing("side", _("Choose whether they sign before, after or beside you."))
    side = Side(said.side)
    posts = _asked(work, task, said)
    _limits(work, task, len(posts))
    if task.kind == TaskKind.ASK and side is not Side.BEFORE:
        raise missing("side", _("You were asked for an opinion yourself: others can only be asked before you."))
    if task.kind == TaskKind.VOTE and side is Side.AFTER:
        raise missing("side", _("In a countersigning others sign before or beside you."))
    work.moved = True
    if side is Side.BEFORE:
        task.state = TaskState.WAITING
        writing.change(task, "state")
    Task.objects.bulk_create(_added(work, task, side, post, number) for number, post in enumerate(posts, 1))
    desks.invite(work, {post.agency.region_code for post in posts})
    people = [post.user.name for post in posts]
    work.log(Act.ADD_SIGN, visit=task.visit, task=task, opinion=said.opinion, side=side, people=people)


def answer(work: Work, task: Task, said: Said) -> None:
    """The opinion of somebody who was asked; with the last one the asker goes on."""
    if task.kind != TaskKind.ASK:
        raise Denied(_("Nobody asked for an opinion here: decide."))
    if not said.opinion.strip():
        raise missing("opinion", _("Write your opinion."))
    done(work, task, "answer", said.opinion)
    work.log(Act.ANSWER, visit=task.visit, task=task, opinion=said.opinion)
    wake_asker(task)


def reduce_sign(work: Work, task: Task, said: Said) -> None:
    """Take off a signer who has not acted; a reason stays on record."""
    asker = task.parent is not None and persons.is_mine(work.by, task.parent, work.now)
    if not asker:
        persons.demand_supervision(work, task)
    if task.parent is None and task.kind != TaskKind.VOTE:
        raise Denied(_("Only added signers and seats of a countersigning can be taken off."))
    if not said.opinion.strip():
        raise missing("opinion", _("Say why: it stays on record."))
    if task.kind == TaskKind.VOTE and seats_left(task.visit) + _voted(task) < 2:
        raise Denied(_("A countersigning needs at least one signer."))
    work.moved = True
    task.state = TaskState.CANCELLED
    writing.change(task, "state")
    Task.objects.filter(parent=task, state__in=flow.UNDONE).update(state=TaskState.CANCELLED)
    who = task.assignee.name if task.assignee else ""
    work.log(Act.REDUCE_SIGN, visit=task.visit, task=task, opinion=said.opinion, who=who)
    if task.kind == TaskKind.ASK:
        wake_asker(task)
    elif task.kind == TaskKind.VOTE:
        settle(work, task.visit)
    elif not Task.objects.filter(visit=task.visit, kind=TaskKind.DO, state__in=flow.UNDONE).exists():
        flow.conclude(work, task.visit, "pass")


def wake_asker(task: Task) -> None:
    """Once nobody asked is left, it is the asker's turn again."""
    open_yet = Task.objects.filter(parent=task.parent, kind=TaskKind.ASK, state__in=flow.UNDONE)
    if not open_yet.exists():
        Task.objects.filter(asked=task, state=TaskState.WAITING).update(state=TaskState.OPEN)


def _asked(work: Work, task: Task, said: Said) -> list[Post]:
    """The people asked: at work, not oneself, not there already."""
    wanted = list(dict.fromkeys(said.people))
    found = accounts.at_work(wanted)
    if not wanted or len(found) < len(wanted):
        raise missing("people", _("Choose people who work here now."))
    if work.by.id in found or task.assignee_id in found:
        raise missing("people", _("Choose somebody else than yourself."))
    there = Task.objects.filter(visit=task.visit, assignee_id__in=wanted).exclude(state=TaskState.CANCELLED)
    names = list(there.values_list("assignee__name", flat=True))
    if names:
        raise missing("people", _("Already asked at this step: %(names)s.") % {"names": "、".join(names)})
    if task.kind != TaskKind.ASK and said.side != Side.BEFORE:
        persons.demand_free(work, work.node(task), {who: post.user.name for who, post in found.items()})
    return [found[who] for who in wanted]


def _limits(work: Work, task: Task, added: int) -> None:
    here = work.case.region_code
    on = work.now.date()
    depth, parent = 1, task
    while parent.kind == TaskKind.ASK and parent.parent is not None:
        depth, parent = depth + 1, parent.parent
    if depth > parameters.value("workflow.sign_depth.most", on=on, region_code=here):
        raise Denied(_("Opinions are not asked for any deeper: answer yourself."))
    there = Task.objects.filter(visit=task.visit, parent__isnull=False).exclude(state=TaskState.CANCELLED).count()
    if there + added > parameters.value("workflow.signers.most", on=on, region_code=here):
        raise Denied(_("Too many signers are added at this step."))


def _added(work: Work, task: Task, side: Side, post: Post, number: int) -> Task:
    kind = TaskKind.ASK if side is Side.BEFORE else TaskKind(task.kind)
    turn = work.node(task).kind is Kind.COUNTERSIGN and work.node(task).countersign.sequential
    later = side is Side.AFTER or (side is Side.BESIDE and turn)
    return Task(
        case=work.case,
        visit=task.visit,
        region_code=work.case.region_code,
        desk_region=post.agency.region_code,
        step=task.step,
        step_name=task.step_name,
        kind=kind,
        state=TaskState.WAITING if later else TaskState.OPEN,
        position=task.position + number,
        agency=post.agency,
        assignee_id=post.user_id,
        parent=task,
        side=side,
        came_from=work.by.name,
        why={**task.why, "me": {"rule": "added", "by": work.by.name, "side": side}},
        due_at=task.due_at,
        created_at=work.now,
    )


def _voted(task: Task) -> int:
    return Task.objects.filter(visit=task.visit, kind=TaskKind.VOTE, state=TaskState.DONE).count()
