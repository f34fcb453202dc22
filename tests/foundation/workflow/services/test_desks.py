"""Acting for others, handing a desk over, putting stuck cases right."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.audit.models import Event
from anzhi.foundation.workflow import proof, queries
from anzhi.foundation.workflow.models import Case, Delegation, Intervention, LogEntry, Task, Visit, Vote
from anzhi.foundation.workflow.services import desks, interventions
from anzhi.foundation.workflow.states import Act, Remedy
from foundation.workflow.drawings import board, chain, person, plan, submit
from foundation.workflow.offices import (
    PREFECTURE,
    Offices,
    begin,
    do,
    in_force,
    somebody,
    task,
    tasks,
    user,
    walk,
)
from foundation.workflow.services.test_walking import FORKED

DAY = timedelta(days=1)


@pytest.fixture
def case(offices: Offices) -> Case:
    in_force(chain())
    return begin(offices.starter)


def delegated(
    giver: Actor, taker: Actor, *, by: Actor | None = None, days: tuple[int, int] = (-1, 2), **more: Any
) -> Delegation:
    now = timezone.now()
    begins, ends = (now + number * DAY for number in days)
    told = {"begins_at": begins, "ends_at": ends, "reason": "出差"} | more
    return desks.delegate(by=by or giver, giver=user(giver), taker=user(taker), **told)


# --- delegation


def test_who_acts_for_another_is_named_with_them(offices: Offices, case: Case) -> None:
    stand_in = somebody("officer", name="代办")
    assert list(queries.inbox(stand_in)) == []
    delegated(offices.checker, stand_in)
    assert [t.step for t in queries.inbox(stand_in)] == ["check"]
    do(stand_in, Act.PASS, task(case), opinion="同意")
    entry = LogEntry.objects.get(case=case, act="pass", step="check")
    assert (entry.actor_label, entry.behalf_label) == ("代办", "杨若岚")
    done = Task.objects.get(case=case, step="check")
    assert (done.doer_id, done.behalf_id) == (stand_in.id, offices.checker.id)
    assert proof.broken_at(Case.objects.get(pk=case.pk)) is None


def test_both_had_a_hand_in_it(offices: Offices) -> None:
    stand_in = somebody("officer", "leader")
    in_force(plan(submit("check"), person("check", "fund_monitor@self", "end")))
    delegated(offices.checker, stand_in)
    own = begin(stand_in)
    with pytest.raises(Denied, match="took part at “submit”"):
        do(stand_in, Act.PASS, task(own))
    own_by_giver = begin(somebody("officer"))
    do(stand_in, Act.PASS, task(own_by_giver))
    assert set(own_by_giver.hands.filter(step="check").values_list("user_id", flat=True)) == {
        stand_in.id,
        offices.checker.id,
    }


@pytest.mark.parametrize(("days", "match"), [((-3, 1), ""), ((1, 2), "has not begun")])
def test_only_while_it_lasts(offices: Offices, case: Case, days: tuple[int, int], match: str) -> None:
    stand_in = somebody("officer")
    row = delegated(offices.checker, stand_in, days=days)
    if not match:
        Delegation.objects.filter(pk=row.pk).update(ends_at=timezone.now())
        match = "delegation has ended"
    assert list(queries.inbox(stand_in)) == []
    with pytest.raises(Denied, match=match):
        do(stand_in, Act.PASS, task(case))


def test_a_delegation_is_not_passed_on(offices: Offices, case: Case) -> None:
    one, two = somebody("officer"), somebody("officer")
    delegated(offices.checker, one)
    delegated(one, two)
    delegated(two, offices.checker)
    assert list(queries.inbox(two)) == []
    with pytest.raises(Denied, match="somebody else"):
        do(two, Act.PASS, task(case))
    do(one, Act.PASS, task(case))


def test_decisions_only_when_it_says_so(offices: Offices, case: Case) -> None:
    stand_in = somebody("officer", region="53")
    walk(case, offices.checker, offices.reviewer)
    row = delegated(offices.decider, stand_in)
    with pytest.raises(Denied, match="did not delegate decisions"):
        do(stand_in, Act.PASS, task(case))
    desks.revoke(by=offices.decider, delegation=row)
    delegated(offices.decider, stand_in, days=(1, 2), begins_at=timezone.now(), deciding=True)
    do(stand_in, Act.PASS, task(case))
    assert Case.objects.get(pk=case.pk).state == "approved"


def test_for_one_procedure_only(offices: Offices, case: Case) -> None:
    stand_in = somebody("officer")
    delegated(offices.checker, stand_in, key="another")
    assert list(queries.inbox(stand_in)) == []
    with pytest.raises(Denied, match="somebody else"):
        do(stand_in, Act.PASS, task(case))


def test_a_seat_and_a_delegated_seat_are_two_votes_of_two_people(offices: Offices) -> None:
    one, two = (somebody("officer", region="53") for _ in range(2))
    in_force(board("all"))
    case = begin(offices.starter)
    delegated(one, two)
    do(two, Act.VOTE, task(case, assignee_id=two.id), outcome="pass")
    with pytest.raises(Denied, match="already voted"):
        do(two, Act.VOTE, task(case, assignee_id=one.id), outcome="pass")
    assert Vote.objects.count() == 1


def test_to_whom_it_is_given(offices: Offices) -> None:
    far = somebody("officer", region=PREFECTURE)
    with pytest.raises(ValidationError, match="same office"):
        delegated(offices.checker, far)
    with pytest.raises(ValidationError, match="on behalf of themselves"):
        delegated(offices.checker, offices.checker)
    with pytest.raises(ValidationError, match="ends after it begins"):
        delegated(offices.checker, offices.starter, days=(-3, -1))
    with pytest.raises(ValidationError, match="Say why"):
        delegated(offices.checker, offices.starter, reason=" ")
    delegated(offices.checker, offices.starter)
    with pytest.raises(ValidationError, match="already acts"):
        delegated(offices.checker, offices.leader)


def test_a_supervisor_delegates_for_others_and_nobody_else_does(offices: Offices) -> None:
    with pytest.raises(Denied, match="role"):
        delegated(offices.checker, offices.starter, by=offices.starter)
    with pytest.raises(Denied, match="outside"):
        delegated(offices.checker, offices.starter, by=somebody("leader", region="530622"))
    row = delegated(offices.checker, offices.starter, by=offices.leader)
    assert Event.objects.get(name="delegation.give").facts["taker"] == "起国栋"
    desks.revoke(by=offices.leader, delegation=row)
    with pytest.raises(Denied, match="ended already"):
        desks.revoke(by=offices.leader, delegation=row)


def test_one_that_has_not_begun_never_does(offices: Offices) -> None:
    row = delegated(offices.checker, offices.starter, days=(3, 4))
    desks.revoke(by=offices.checker, delegation=row)
    assert not Delegation.objects.exists()


# --- a leaver's desk


def personal(offices: Offices, count: int = 2) -> tuple[Actor, list[Case]]:
    """Cases whose task lies on one person's own desk."""
    in_force(chain())
    leaver = somebody("fund_monitor", name="离任")
    cases = [begin(offices.starter) for _ in range(count)]
    for one in cases:
        do(offices.checker, Act.TRANSFER, task(one), people=(leaver.id,))
    return leaver, cases


def test_a_desk_is_handed_over_and_taken_back(offices: Offices) -> None:
    leaver, cases = personal(offices)
    heir = somebody("fund_monitor", name="接任")
    assert queries.desk_of(user(leaver)).count() == 2
    row = desks.hand_over(by=offices.leader, giver=user(leaver), taker=user(heir), reason="调离")
    assert [task(one).assignee_id for one in cases] == [heir.id] * 2
    assert task(cases[0]).came_from == "离任"
    do(heir, Act.OPEN, task(cases[1]))
    back = desks.take_back(by=offices.leader, hand_over=row)
    assert back == [task(cases[0]).pk]
    assert [task(one).assignee_id for one in cases] == [leaver.id, heir.id]
    with pytest.raises(Denied, match="taken back already"):
        desks.take_back(by=offices.leader, hand_over=row)
    assert all(proof.broken_at(Case.objects.get(pk=one.pk)) is None for one in cases)


def test_what_the_heir_may_not_handle_stays_and_is_listed(offices: Offices) -> None:
    leaver, cases = personal(offices, 1)
    heir = somebody("fund_monitor", "officer")
    own = begin(heir)
    do(offices.checker, Act.TRANSFER, task(own), people=(leaver.id,))
    row = desks.hand_over(by=offices.leader, giver=user(leaver), taker=user(heir), reason="调离")
    assert (len(row.tasks["moved"]), row.tasks["kept"]) == (1, [task(own).pk])
    assert (task(cases[0]).assignee_id, task(own).assignee_id) == (heir.id, leaver.id)


def test_who_hands_over_and_to_whom(offices: Offices) -> None:
    leaver, _cases = personal(offices, 1)
    heir = somebody("fund_monitor")
    told = {"giver": user(leaver), "taker": user(heir), "reason": "调离"}
    with pytest.raises(Denied, match="role"):
        desks.hand_over(by=offices.checker, **told)
    with pytest.raises(Denied, match="outside"):
        desks.hand_over(by=somebody("leader", region="530622"), **told)
    with pytest.raises(ValidationError, match="same office"):
        desks.hand_over(by=offices.leader, **(told | {"taker": user(offices.reviewer)}))
    with pytest.raises(ValidationError, match="Say why"):
        desks.hand_over(by=offices.leader, **(told | {"reason": ""}))


# --- interventions


def test_two_people_move_a_stuck_case(offices: Offices, case: Case) -> None:
    walk(case, offices.checker)
    told = {"remedy": Remedy.MOVE, "step": "check", "reason": "系统故障"}
    row = interventions.propose(by=offices.leader, case=case, **told)
    with pytest.raises(Denied, match="Another person must confirm"):
        interventions.confirm(by=offices.leader, intervention=row)
    assert task(case).step == "review"
    interventions.confirm(by=offices.decider, intervention=row)
    assert task(case).step == "check"
    assert [e.act for e in queries.trail(case)][-3:] == ["proposed", "intervened", "sent"]
    with pytest.raises(Denied, match="settled this already"):
        interventions.confirm(by=somebody("leader"), intervention=row)


def test_a_person_is_given_a_stuck_task(offices: Offices) -> None:
    in_force(plan(submit("money"), person("money", "finance@self")))
    case = begin(offices.starter)
    heir = somebody("officer")
    told = {"remedy": Remedy.ASSIGN, "reason": "无人", "task": task(case), "person": user(heir)}
    row = interventions.propose(by=offices.leader, case=case, **told)
    interventions.confirm(by=offices.decider, intervention=row)
    assert walk(case, heir).state == "approved"


def test_a_case_is_ended_by_two(offices: Offices, case: Case) -> None:
    row = interventions.propose(by=offices.leader, case=case, remedy=Remedy.TERMINATE, reason="重复立项")
    assert interventions.confirm(by=offices.decider, intervention=row).state == "terminated"
    assert tasks(case) == []


def test_a_proposal_is_refused_with_a_reason_also_by_who_made_it(offices: Offices, case: Case) -> None:
    row = interventions.propose(by=offices.leader, case=case, remedy=Remedy.TERMINATE, reason="重复")
    with pytest.raises(ValidationError, match="Say why"):
        interventions.refuse(by=offices.leader, intervention=row, reason="")
    interventions.refuse(by=offices.leader, intervention=row, reason="误报")
    assert Intervention.objects.get().confirmed is False
    assert task(case).step == "check"


def test_what_cannot_be_proposed(offices: Offices, case: Case) -> None:
    def propose(**told: Any) -> None:
        interventions.propose(by=offices.leader, case=case, **({"reason": "x"} | told))

    for told, match in (
        ({"remedy": Remedy.MOVE, "step": "nowhere"}, "Choose a step"),
        ({"remedy": Remedy.MOVE, "step": "end"}, "Choose a step"),
        ({"remedy": Remedy.ASSIGN}, "open task"),
        ({"remedy": Remedy.TERMINATE, "reason": " "}, "Say why"),
    ):
        with pytest.raises(ValidationError, match=match):
            propose(**told)
    propose(remedy=Remedy.TERMINATE)
    with pytest.raises(ValidationError, match="Another intervention waits"):
        propose(remedy=Remedy.TERMINATE)
    with pytest.raises(Denied, match="role"):
        interventions.propose(by=offices.checker, case=case, remedy=Remedy.TERMINATE, reason="x")


def test_branches_are_given_up_by_a_move_and_not_moved_into(offices: Offices) -> None:
    in_force(FORKED)
    case = begin(offices.starter)
    with pytest.raises(ValidationError, match="middle of parallel"):
        interventions.propose(by=offices.leader, case=case, remedy=Remedy.MOVE, step="note", reason="x")
    row = interventions.propose(by=offices.leader, case=case, remedy=Remedy.MOVE, step="decide", reason="急办")
    interventions.confirm(by=offices.decider, intervention=row)
    assert [t.step for t in tasks(case)] == ["decide"]
    assert set(Visit.objects.filter(case=case, step="split").values_list("state", flat=True)) == {"cancelled"}
