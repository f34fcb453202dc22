"""Returning to a step already passed. Nothing is erased: a new round begins there."""

from django.utils.translation import gettext as _

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.workflow.bpmn.branches import Path, paths_of
from anzhi.foundation.workflow.engine import clocks, desks, flow, writing
from anzhi.foundation.workflow.engine.refusals import missing
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Task, Visit
from anzhi.foundation.workflow.rules.plan import Duty, Resume, Returns
from anzhi.foundation.workflow.states import Act, SpanKind, TaskKind, TaskState, VisitState

OUTCOME = "return"
PASSED = """
SELECT step FROM unnest(%s::text[]) AS step WHERE EXISTS (
  SELECT 1 FROM workflow_visit v WHERE v.case_id = %s AND v.step = step.step AND v.state = 'passed')
"""


def send_back(work: Work, task: Task, said: Said) -> None:
    """Return the case to `said.to`; after that step by step, or straight back here."""
    if task.kind == TaskKind.ASK:
        raise Denied(_("You were asked for an opinion: answer; who asked you decides."))
    node, visit = work.node(task), task.visit
    to = said.to or _default(work, visit, node.returns)
    if to not in targets(work, visit):
        raise missing("to", _("It cannot be sent back to that step."))
    if not said.opinion.strip():
        raise missing("opinion", _("Say why: it stays on record."))
    handed_in = work.plan[to].duty is Duty.SUBMIT
    if handed_in and not any(item.strip() for item in said.items):
        raise missing("items", _("List what must be completed, once and whole."))
    resume = Resume(said.resume or node.resume)
    if resume is Resume.JUMP and not _same_branch(work, visit.step, to):
        raise missing("resume", _("Across parallel branches everything is done anew: choose step by step."))
    _handled(work, task, said)
    work.log(Act.RETURN, visit=visit, task=task, opinion=said.opinion, to=to, to_name=work.plan[to].name,
             resume=resume, items=[item for item in said.items if item.strip()])  # fmt: skip
    desks.hand(work, visit)
    go_back(work, visit, to, resume)


def targets(work: Work, visit: Visit) -> list[str]:
    """The steps a round may send the case back to, in the order of the drawing."""
    rule = work.plan[visit.step].returns
    if rule is Returns.NONE:
        return []
    others = [node.code for node in work.plan.steps if node.code != visit.step]
    passed = {code for (code,) in writing.ask(PASSED, [others, work.case.pk])}
    if rule is Returns.PREVIOUS:
        passed &= {_previous(visit)}
    if rule is Returns.START:
        passed &= {work.plan.start}
    paths = paths_of(work.plan)[0]
    return [n.code for n in work.plan.steps if n.code in passed and not _beside(paths[visit.step], paths[n.code])]


def go_back(work: Work, visit: Visit, to: str, resume: Resume = Resume.STEP) -> None:
    """Leave the round and begin a new one there; parallel branches around it are given up if it lies before them."""
    paths = paths_of(work.plan)[0]
    here, there = paths[visit.step], paths[to]
    kept = len(_shared(here, there))
    around = _forks(visit)
    flow.leave(work, visit, VisitState.RETURNED, OUTCOME)
    if kept < len(here):
        flow.cancel_branches(work, around[kept])
    fork = around[kept - 1] if kept else None
    for code, _branch in there[kept:]:  # into a split that is over: only this branch is done again
        fork = flow.new_visit(work, code, visit, fork, jumps=[], waiting=1)
    jumps: list[str] = []
    if resume is Resume.JUMP:
        jumps = [code for code in visit.jumps if code != visit.step] + [visit.step]
    if work.plan[to].duty is Duty.SUBMIT:
        clocks.stand(work, SpanKind.PAUSE, _("Returned for completion"), visit)
    flow.enter(work, to, cause=visit, fork=fork, jumps=jumps)


def fall_back(work: Work, visit: Visit) -> None:
    """A countersigning failed where there is no way to refuse: to the step before, else to the beginning."""
    to = _previous(visit)
    if not to or to not in work.plan or _beside(*_pair(work, visit.step, to)):
        to = work.plan.start
    work.log(Act.RETURN, visit=visit, to=to, to_name=work.plan[to].name, resume=Resume.STEP, failed=True)
    go_back(work, visit, to)


def _default(work: Work, visit: Visit, rule: Returns) -> str:
    return work.plan.start if rule is Returns.START else _previous(visit)


def _previous(visit: Visit) -> str:
    """The step that was passed last on the way here; rounds that were themselves sent back are skipped."""
    cause = visit.cause
    seen = 0
    while cause is not None and (cause.state != VisitState.PASSED or cause.step == visit.step) and seen < 50:
        cause, seen = cause.cause, seen + 1
    return cause.step if cause is not None and cause.state == VisitState.PASSED else ""


def _handled(work: Work, task: Task, said: Said) -> None:
    work.moved = True
    task.state, task.outcome, task.opinion, task.done_at = TaskState.DONE, OUTCOME, said.opinion, work.now
    task.done_by, task.doer_id = work.by.name, work.by.id
    task.behalf_id = work.behalf.id if work.behalf else None
    writing.change(task, "state", "outcome", "opinion", "done_at", "done_by", "doer_id", "behalf_id")


def _forks(visit: Visit) -> list[Visit]:
    """The splits around a round, outermost first."""
    found: list[Visit] = []
    fork = visit.fork
    while fork is not None:
        found.insert(0, fork)
        fork = fork.fork
    return found


def _shared(here: Path, there: Path) -> Path:
    kept = 0
    while kept < min(len(here), len(there)) and here[kept] == there[kept]:
        kept += 1
    return here[:kept]


def _beside(here: Path, there: Path) -> bool:
    """Whether the other lies in a branch beside this one."""
    kept = len(_shared(here, there))
    return kept < min(len(here), len(there)) and here[kept][0] == there[kept][0]


def _same_branch(work: Work, step: str, to: str) -> bool:
    here, there = _pair(work, step, to)
    return here == there


def _pair(work: Work, step: str, to: str) -> tuple[Path, Path]:
    paths = paths_of(work.plan)[0]
    return paths[step], paths[to]
