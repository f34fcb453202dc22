"""What a person may do with a task now, and why not where not: for the buttons of a page. Changes nothing."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied, may
from anzhi.foundation.workflow.engine import door, persons
from anzhi.foundation.workflow.engine.acts import permission
from anzhi.foundation.workflow.engine.acts.sending_back import targets
from anzhi.foundation.workflow.engine.acts.taking_back import reason_against
from anzhi.foundation.workflow.engine.work import Work
from anzhi.foundation.workflow.models import Task
from anzhi.foundation.workflow.rules.plan import ABSTAIN, PASS, REJECT, Duty, Node, Route
from anzhi.foundation.workflow.states import Act, TaskKind


@dataclass(frozen=True)
class Offer:
    """An act, with the reason of a no. `outcomes` are ways to choose from, `targets` steps to send back to."""

    act: Act
    reason: str = ""
    outcomes: tuple[Route, ...] = ()
    targets: tuple[Node, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it may be done."""
        return not self.reason


@dataclass(frozen=True)
class Desk:
    """The offers of a task; `behalf` is whose it is, when one acts for another."""

    offers: list[Offer] = field(default_factory=list)
    behalf: str = ""

    def __getitem__(self, act: Act) -> Offer | None:
        return next((offer for offer in self.offers if offer.act == act), None)


def desk(by: Actor, task: Task) -> Desk:
    """What the step at hand offers to somebody, in the order of the buttons."""
    work = door.work_on(task.case, by)
    reason = _refusal(work, task)
    found = [_with_permission(by, offer) for offer in _of_step(work, task, reason)]
    return Desk(found, work.behalf.name if work.behalf else "")


def withdrawal(by: Actor, task: Task) -> Offer:
    """Whether somebody may take back what they did."""
    work = door.work_on(task.case, by)
    return _with_permission(by, Offer(Act.WITHDRAW, reason_against(work, task)))


def _refusal(work: Work, task: Task) -> str:
    """What stands in the way of every act on a task."""
    try:
        door.expect_open(work.case, task)
        persons.desk(work, task)
        persons.apart(work, task)
    except (Denied, ValidationError) as error:
        return str(error)
    return ""


def _of_step(work: Work, task: Task, reason: str) -> list[Offer]:
    node = work.node(task)
    if task.kind == TaskKind.ASK:
        return [Offer(Act.ANSWER, reason), Offer(Act.ADD_SIGN, reason)]
    first = [Offer(Act.VOTE, reason, _votes(node))] if task.kind == TaskKind.VOTE else _decisions(node, reason)
    back = tuple(work.plan[code] for code in targets(work, task.visit))
    if back:
        first.append(Offer(Act.RETURN, reason, targets=back))
    first += [Offer(Act.ADD_SIGN, reason), Offer(Act.TRANSFER, reason)]
    if node.duty in (Duty.SUBMIT, Duty.DECIDE):
        first.append(Offer(Act.TERMINATE, reason))
    return first


def _decisions(node: Node, reason: str) -> list[Offer]:
    ways = tuple(route for route in node.routes if route.outcome != REJECT)
    found = [Offer(Act.PASS, reason, ways)]
    if refuse := node.route(REJECT):
        found.append(Offer(Act.REJECT, reason, (refuse,)))
    return found


def _votes(node: Node) -> tuple[Route, ...]:
    choices = (PASS, REJECT, ABSTAIN) if node.countersign.abstain else (PASS, REJECT)
    return tuple(Route(choice, "") for choice in choices)


def _with_permission(by: Actor, offer: Offer) -> Offer:
    answer = may(by, permission(offer.act))
    return offer if answer else Offer(offer.act, answer.reason, offer.outcomes, offer.targets)
