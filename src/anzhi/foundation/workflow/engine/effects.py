"""What happens outside the engine when a case moves: registered effects, and cases begun by others."""

from anzhi.foundation.workflow.bpmn.flaws import Flaw, Unrunnable
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Case, Definition, Visit
from anzhi.foundation.workflow.registry import take_effect
from anzhi.foundation.workflow.rules.plan import Node
from anzhi.foundation.workflow.states import Edition, Entry


def happen(work: Work, name: str, step: str, outcome: str, visit: Visit | None) -> None:
    """An effect, in this transaction: when it raises, the act did not happen."""
    take_effect(name, work.moment(step, outcome))
    work.log(Entry.EFFECT, visit=visit, effect=name, at_step=step)


def published(key: str) -> Definition | None:
    """The edition new cases follow."""
    return Definition.objects.filter(key=key, state=Edition.PUBLISHED).first()


def child_of(work: Work, node: Node, visit: Visit) -> Case:
    """The row of a sub-case: the same subject, facts, office and starter."""
    definition = published(node.calls)
    if definition is None:
        raise Unrunnable([Flaw("call", node.code, node.calls)])
    case = work.case
    return Case.objects.create(
        definition=definition,
        key=definition.key,
        region_code=case.region_code,
        title=case.title,
        subject_type=case.subject_type,
        subject_id=case.subject_id,
        facts=case.facts,
        agency_id=case.agency_id,
        starter_id=case.starter_id,
        parent=case,
        parent_visit=visit,
        started_at=work.now,
    )
