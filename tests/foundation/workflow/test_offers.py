"""Buttons with their reasons; why me, why this step, why this deadline."""

from dataclasses import replace

import pytest

from anzhi.foundation.workflow import explain, offers
from anzhi.foundation.workflow.models import Task
from anzhi.foundation.workflow.queries import open_task
from anzhi.foundation.workflow.rules.plan import Kind, Limit, Node, Route
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import board, chain, decide, person, plan, submit
from foundation.workflow.offices import Offices, begin, do, in_force, somebody, task, tasks, walk


def shown(by: object, row: Task) -> offers.Desk:
    return offers.desk(by, open_task(row.pk))  # type: ignore[arg-type]  # actors of tests


def acts(desk: offers.Desk) -> list[str]:
    return [offer.act.value for offer in desk.offers]


def test_a_decision_offers_what_its_step_allows(offices: Offices) -> None:
    in_force(chain())
    case = walk(begin(offices.starter), offices.checker, offices.reviewer)
    found = shown(offices.decider, task(case))
    assert acts(found) == ["pass", "reject", "return", "add_sign", "transfer", "terminate"]
    assert all(offer.ok for offer in found.offers)
    assert [node.code for node in found[Act.RETURN].targets] == ["submit", "check", "review"]


def test_where_an_act_is_not_allowed_the_reason_stands_beside_it(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    assert "somebody else" in shown(offices.reviewer, task(case))[Act.PASS].reason
    assert "role does not include" in shown(somebody("auditor_ro"), task(case))[Act.PASS].reason
    both = somebody("officer", "fund_monitor")
    assert "took part at" in shown(both, task(begin(both)))[Act.PASS].reason
    do(offices.leader, Act.PAUSE, case, opinion="等候")
    assert "Paused" in shown(offices.checker, task(case))[Act.PASS].reason


def test_a_countersigning_offers_votes_and_an_opinion_only_an_answer(offices: Offices) -> None:
    signer = somebody("officer", region="53")
    in_force(board("all", abstain=False))
    row = task(begin(offices.starter))
    assert [route.outcome for route in shown(signer, row)[Act.VOTE].outcomes] == ["pass", "reject"]
    helper = somebody("finance", region="53")
    do(signer, Act.ADD_SIGN, row, side="before", people=(helper.id,))
    asked = task(row.case, assignee_id=helper.id)
    assert acts(shown(helper, asked)) == ["answer", "add_sign"]
    assert "not your turn" in shown(signer, row)[Act.VOTE].reason


def test_taking_back_is_offered_until_it_was_opened(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    mine = task(case)
    walk(case, offices.checker)
    done = open_task(mine.pk)
    assert offers.withdrawal(offices.checker, done).ok
    assert "yourself" in offers.withdrawal(offices.reviewer, done).reason
    do(offices.reviewer, Act.OPEN, task(case))
    assert "李文渊" in offers.withdrawal(offices.checker, open_task(mine.pk)).reason


def test_offers_change_nothing(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    before = list(Task.objects.filter(case=case).values())
    shown(offices.checker, task(case))
    assert list(Task.objects.filter(case=case).values()) == before


# --- why


def test_why_me(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter, submit=False)
    assert explain.why_me(task(case)) == "You began this case."
    walk(case, offices.starter)
    assert explain.why_me(task(case)).startswith("The step goes to Fund monitor at ")
    colleague = somebody("fund_monitor")
    do(offices.checker, Act.TRANSFER, task(case), people=(colleague.id,))
    assert explain.why_me(task(case)) == "杨若岚 handed it on to you."
    helper = somebody("officer")
    do(colleague, Act.ADD_SIGN, task(case), side="before", people=(helper.id,))
    assert "added you as a signer: Before me" in explain.why_me(task(case))


def test_why_this_step(offices: Offices, effects: list[str]) -> None:
    choice = Node(
        "which", "规模", Kind.CHOICE, (Route("w1", "decide", "重大", "is_major"), Route("w2", "check", "一般"))
    )
    in_force(plan(submit("which"), choice, person("check", "fund_monitor@self", "decide"), decide()))
    assert explain.why_step(task(begin(offices.starter, facts={"size": "major"}))) == ["The condition holds: Major."]
    case = begin(offices.starter)
    assert explain.why_step(task(case)) == ["None of the conditions at “规模” holds."]
    walk(case, offices.checker)
    assert explain.why_step(task(case)) == ["“check” ended with: passed."]


def test_why_this_deadline(offices: Offices) -> None:
    nodes = tuple(replace(n, limit=Limit("5")) if n.code == "check" else n for n in chain().nodes)
    in_force(replace(chain(), nodes=nodes))
    assert explain.why_due(task(begin(offices.starter))) == (
        "5 working days from the day it reached the step, by the definition."
    )
    somebody("officer", region="53")
    in_force(board())
    row = tasks(begin(offices.starter))[0]
    assert "by the parameter workflow.countersign.days" in explain.why_due(row)
    in_force(chain())
    assert explain.why_due(task(begin(offices.starter))) == ""


@pytest.mark.parametrize("why", [{}, {"me": {"rule": "leader@self", "role": "gone", "agency": "甲"}, "step": None}])
def test_what_is_no_longer_known_is_told_by_its_code(offices: Offices, why: dict) -> None:
    in_force(chain())
    row = task(begin(offices.starter))
    row.why = why
    assert "The step goes to" in explain.why_me(row)
    assert explain.why_step(row) == []
