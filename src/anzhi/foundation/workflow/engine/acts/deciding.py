"""Passing, refusing, voting."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.workflow.engine import desks, flow, writing
from anzhi.foundation.workflow.engine.acts.sending_back import fall_back
from anzhi.foundation.workflow.engine.refusals import missing
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Attachment, Task, Visit, Vote
from anzhi.foundation.workflow.rules.plan import ABSTAIN, PASS, REJECT, Duty, Node
from anzhi.foundation.workflow.rules.tally import Verdict, count, verdict
from anzhi.foundation.workflow.states import Act, TaskKind, TaskState

OTHERS = """
SELECT id FROM workflow_task WHERE visit_id = %s AND kind = 'do' AND state IN ('open', 'waiting') AND id <> %s LIMIT 1
"""


def decide(work: Work, task: Task, said: Said) -> None:
    """Give the step an outcome, `pass` unless another is named; in a countersigning it is a vote."""
    if task.kind == TaskKind.VOTE:
        vote(work, task, replace(said, outcome=said.outcome or PASS))
        return
    if task.kind == TaskKind.ASK:
        raise Denied(_("You were asked for an opinion: answer; who asked you decides."))
    outcome, node = said.outcome or PASS, work.node(task)
    route = node.route(outcome)
    if route is None:
        raise missing("outcome", _("This step has no such outcome."))
    if outcome != PASS and not said.opinion.strip():
        raise missing("opinion", _("Say why: it stays on record."))
    if outcome == PASS:
        _complete(work, node, said)
    done(work, task, outcome, said.opinion)
    work.log(Act.REJECT if outcome == REJECT else Act.PASS, visit=task.visit, task=task, opinion=said.opinion,
             outcome=outcome)  # fmt: skip
    desks.hand(work, task.visit)
    if outcome != PASS or not wake_next(task):
        flow.conclude(work, task.visit, outcome, alone=outcome == PASS)


def reject(work: Work, task: Task, said: Said) -> None:
    """Refuse approval, with the reason."""
    if work.node(task).route(REJECT) is None:
        raise Denied(_("This step does not refuse: send the case back, or pass it with your opinion."))
    decide(work, task, replace(said, outcome=REJECT))


def vote(work: Work, task: Task, said: Said) -> None:
    """Cast the vote of a seat; the round is counted anew."""
    rule = work.node(task).countersign
    if task.kind != TaskKind.VOTE:
        raise Denied(_("This step is not a countersigning."))
    if said.outcome not in (PASS, REJECT, ABSTAIN) or (said.outcome == ABSTAIN and not rule.abstain):
        raise missing("outcome", _("This step has no such outcome."))
    if said.outcome == REJECT and not said.opinion.strip():
        raise missing("opinion", _("Say why: it stays on record."))
    if Vote.objects.filter(visit=task.visit, voter_id=work.who).exists():
        raise Denied(_("You have already voted in this round."))
    done(work, task, said.outcome, said.opinion)
    Vote.objects.create(
        case=work.case,
        visit=task.visit,
        task=task,
        region_code=work.case.region_code,
        voter_id=work.who,
        voter_label=work.by.label,
        behalf_id=work.behalf.id if work.behalf else None,
        choice=said.outcome,
        opinion=said.opinion,
        cast_at=work.now,
    )
    work.log(Act.VOTE, visit=task.visit, task=task, opinion=said.opinion, choice=said.outcome)
    desks.hand(work, task.visit)
    _call_next(task)
    settle(work, task.visit)


def settle(work: Work, visit: Visit) -> None:
    """Count the round; when it is decided the case goes on, or falls back where there is no way to refuse."""
    node = work.plan[visit.step]
    rule = replace(node.countersign, need=visit.need or node.countersign.need)
    votes = list(Vote.objects.filter(visit=visit).values_list("choice", flat=True))
    waiting = seats_left(visit)
    found = verdict(votes, waiting, rule)
    if found is Verdict.WAITING:
        return
    outcome = PASS if found is Verdict.AGREED else REJECT
    work.log("routed", visit=visit, counted=_figures(votes, waiting, rule.need), outcome=outcome)
    if outcome == PASS or node.route(REJECT):
        flow.conclude(work, visit, outcome)
    else:
        fall_back(work, visit)


def seats_left(visit: Visit) -> int:
    """Seats of a countersigning that have not voted."""
    return Task.objects.filter(visit=visit, kind=TaskKind.VOTE, state__in=flow.UNDONE).count()


def done(work: Work, task: Task, outcome: str, opinion: str) -> None:
    """The task is handled."""
    work.moved = True
    task.state, task.outcome, task.opinion, task.done_at = TaskState.DONE, outcome, opinion, work.now
    task.done_by, task.doer_id = work.by.name, work.by.id
    task.behalf_id = work.behalf.id if work.behalf else None
    writing.change(task, "state", "outcome", "opinion", "done_at", "done_by", "doer_id", "behalf_id")


def wake_next(task: Task) -> bool:
    """Whether others must still pass this round; those asked to sign afterwards get their turn."""
    if not writing.ask(OTHERS, [task.visit_id, task.pk]):
        return False
    after = Task.objects.filter(visit=task.visit, parent=task, state=TaskState.WAITING, side="after")
    after.update(state=TaskState.OPEN)
    return True


def _call_next(task: Task) -> None:
    """In a sequential countersigning, the next seat gets its turn."""
    rows = Task.objects.filter(visit=task.visit, kind=TaskKind.VOTE, state=TaskState.WAITING).exclude(
        asked__state=TaskState.OPEN
    )
    if not Task.objects.filter(visit=task.visit, kind=TaskKind.VOTE, state=TaskState.OPEN).exists():
        first = rows.order_by("position", "pk").values("pk")[:1]
        Task.objects.filter(pk__in=first).update(state=TaskState.OPEN)


def _complete(work: Work, node: Node, said: Said) -> None:
    """What must be there before a step is passed: documents, and the facts of the form when it is handed in."""
    if node.duty is Duty.SUBMIT and said.facts is not None:
        changes = {k: [work.case.facts.get(k), v] for k, v in said.facts.items() if work.case.facts.get(k) != v}
        if changes:
            work.case.facts = {**work.case.facts, **said.facts}
            work.touched.add("facts")
            work.log("routed", facts=changes)
    if node.duty is Duty.SUBMIT:
        check_facts(work, work.case.facts)
    if node.attachments:
        there = set(Attachment.objects.filter(case=work.case).values_list("name", flat=True))
        lacking = [name for name in node.attachments if name not in there]
        if lacking:
            raise missing("attachments", _("Still missing: %(names)s.") % {"names": "、".join(lacking)})


def check_facts(work: Work, facts: dict[str, Any]) -> None:
    """Every fact the form needs is there."""
    lacking = [one.name for one in work.plan.fields if one.required and facts.get(one.code) in (None, "", [])]
    if lacking:
        raise missing("facts", _("Still missing: %(names)s.") % {"names": "、".join(lacking)})


def _figures(votes: list[str], waiting: int, need: str) -> dict[str, Any]:
    figures = count(votes, waiting, need)
    return {"need": need, "agreed": figures.agreed, "against": figures.against, "abstained": figures.abstained,
            "not_voted": figures.waiting, "needed": figures.needed}  # fmt: skip
