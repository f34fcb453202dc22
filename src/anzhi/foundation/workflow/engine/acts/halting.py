"""Pausing, continuing, ending before the end."""

from django.utils.translation import gettext as _

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.workflow.engine import clocks, flow, persons
from anzhi.foundation.workflow.engine.refusals import missing, not_live
from anzhi.foundation.workflow.engine.said import Said
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Task
from anzhi.foundation.workflow.rules.plan import Duty
from anzhi.foundation.workflow.states import Act, CaseState, SpanKind


def pause(work: Work, said: Said) -> None:
    """Let a case and its clocks stand still, for a reason."""
    _supervised(work)
    if work.case.state != CaseState.RUNNING:
        raise not_live(work.case)
    if not said.opinion.strip():
        raise missing("opinion", _("Say why: it stays on record."))
    _turn(work, CaseState.PAUSED)
    work.log(Act.PAUSE, opinion=said.opinion)
    clocks.stand(work, SpanKind.PAUSE, said.opinion[:200])


def resume(work: Work, said: Said) -> None:
    """Let it go on."""
    _supervised(work)
    if work.case.state != CaseState.PAUSED:
        raise not_live(work.case)
    _turn(work, CaseState.RUNNING)
    work.log(Act.RESUME, opinion=said.opinion)
    clocks.run_on(work, SpanKind.PAUSE)


def terminate(work: Work, task: Task, said: Said) -> None:
    """End a case before its end: who handed it in while it lies with them, or who decides."""
    if work.node(task).duty not in (Duty.SUBMIT, Duty.DECIDE):
        raise Denied(_("A case is terminated where it was handed in, or where it is decided."))
    if not said.opinion.strip():
        raise missing("opinion", _("Say why: it stays on record."))
    work.log(Act.TERMINATE, visit=task.visit, task=task, opinion=said.opinion)
    flow.close(work, CaseState.TERMINATED)


def _supervised(work: Work) -> None:
    answer = persons.supervises(work.by, work.case)
    if not answer:
        raise Denied(answer.reason)


def _turn(work: Work, state: CaseState) -> None:
    work.case.state = state
    work.touched.add("state")
    work.moved = True
