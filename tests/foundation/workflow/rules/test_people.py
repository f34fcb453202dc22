"""Separation of duty: who handed in does not review, who reviewed does not decide."""

import pytest

from anzhi.foundation.workflow.rules.people import Hand, barred
from anzhi.foundation.workflow.rules.plan import Duty, Kind, Node

HANDS = [Hand(1, "submit", "submit"), Hand(2, "check", "review"), Hand(3, "note", ""), Hand(4, "decide", "decide")]


def node(duty: Duty, code: str = "here", *apart: str) -> Node:
    return Node(code, code, Kind.TASK, duty=duty, apart=apart)


@pytest.mark.parametrize(
    ("duty", "expected"),
    [
        (Duty.SUBMIT, {2: "check", 4: "decide"}),
        (Duty.REVIEW, {1: "submit", 4: "decide"}),
        (Duty.DECIDE, {1: "submit", 2: "check"}),
        (Duty.NONE, {}),
    ],
)
def test_nobody_has_two_duties(duty: Duty, expected: dict[int, str]) -> None:
    assert barred(node(duty), HANDS) == expected


def test_a_step_may_ask_for_other_people_than_another_step() -> None:
    assert barred(node(Duty.NONE, "here", "note"), HANDS) == {3: "note"}
    assert barred(node(Duty.REVIEW, "second", "check"), HANDS) == {1: "submit", 2: "check", 4: "decide"}


def test_whoever_acted_here_before_may_act_here_again() -> None:
    assert barred(node(Duty.DECIDE, "check"), HANDS) == {1: "submit"}
