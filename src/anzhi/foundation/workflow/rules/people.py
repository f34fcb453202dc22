"""Separation of duty: who may not act at a step, given what they did in the case before."""

from collections.abc import Iterable
from dataclasses import dataclass

from anzhi.foundation.workflow.rules.plan import Duty, Node


@dataclass(frozen=True)
class Hand:
    """Somebody had a hand in a step."""

    user_id: int
    step: str
    duty: str


def barred(node: Node, hands: Iterable[Hand]) -> dict[int, str]:
    """User → the step that bars them from acting at this node."""
    found: dict[int, str] = {}
    for hand in hands:
        other_duty = node.duty is not Duty.NONE and hand.duty not in (Duty.NONE, node.duty)
        if hand.step != node.code and (other_duty or hand.step in node.apart):
            found.setdefault(hand.user_id, hand.step)
    return found
