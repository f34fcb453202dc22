"""Counting a countersigning: agreed, failed, or still open. Each round is counted by itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from anzhi.foundation.workflow.rules.plan import ABSTAIN, PASS, REJECT, Countersign

NEED = re.compile(r"^(any|all|[1-9]\d{0,2}|(?:100|[1-9]\d?)%)$")


class Verdict(StrEnum):
    """Where a round stands."""

    WAITING = "waiting"
    AGREED = "agreed"
    FAILED = "failed"


@dataclass(frozen=True)
class Count:
    """The figures of a round."""

    agreed: int
    against: int
    abstained: int
    waiting: int
    needed: int


def is_need(text: str) -> bool:
    """Whether it can be counted: any, all, 3, 66%; never 0 and never more than 100 %."""
    return bool(NEED.fullmatch(text))


def least(need: str) -> int:
    """How many people a rule takes at the least."""
    return int(need) if need.isdecimal() else 1


def needed(need: str, seats: int) -> int:
    """How many must agree of so many who do not abstain. A number stays that number, however few there are."""
    if need.isdecimal():
        return int(need)
    if need == "any":
        return 1
    share = 100 if need == "all" else int(need[:-1])
    return max(1, -(-seats * share // 100))


def count(votes: Sequence[str], waiting: int, need: str) -> Count:
    """The figures, given the votes of one round and how many seats have not voted."""
    abstained = votes.count(ABSTAIN)
    return Count(
        agreed=votes.count(PASS),
        against=votes.count(REJECT),
        abstained=abstained,
        waiting=waiting,
        needed=needed(need, len(votes) - abstained + waiting),
    )


def verdict(votes: Sequence[str], waiting: int, rule: Countersign) -> Verdict:
    """The verdict. A veto ends the round at once; all abstaining is not agreement."""
    figures = count(votes, waiting, rule.need)
    if rule.veto and figures.against:
        return Verdict.FAILED
    if rule.veto and waiting:  # whoever has not spoken may still object
        return Verdict.WAITING
    if figures.agreed >= figures.needed:
        return Verdict.AGREED
    reachable = figures.agreed + waiting >= figures.needed
    return Verdict.WAITING if waiting and reachable else Verdict.FAILED
