"""Added signers: before, after, beside; nested; taken off; their answers."""

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.workflow.models import Case, LogEntry, Task
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import board, chain
from foundation.workflow.offices import Offices, begin, do, in_force, somebody, task, tasks, user


@pytest.fixture
def case(offices: Offices) -> Case:
    in_force(chain())
    return begin(offices.starter)


def test_before_me_i_wait_for_their_opinion(offices: Offices, case: Case) -> None:
    one, two = somebody("officer"), somebody("finance", region="5323")
    mine = task(case)
    do(offices.checker, Act.ADD_SIGN, mine, side="before", people=(one.id, two.id), opinion="请核数")
    with pytest.raises(Denied, match="not your turn"):
        do(offices.checker, Act.PASS, mine)
    do(one, Act.ANSWER, task(case, assignee_id=one.id), opinion="数据无误")
    with pytest.raises(Denied, match="not your turn"):
        do(offices.checker, Act.PASS, mine)
    with pytest.raises(ValidationError, match="Write your opinion"):
        do(two, Act.ANSWER, task(case, assignee_id=two.id))
    do(two, Act.ANSWER, task(case, assignee_id=two.id), opinion="同意")
    do(offices.checker, Act.PASS, mine)
    assert task(case).step == "review"
    said = LogEntry.objects.filter(case=case, act="answer").order_by("number").values_list("opinion", flat=True)
    assert list(said) == ["数据无误", "同意"]


def test_who_was_asked_does_not_decide_and_who_was_not_does_not_answer(offices: Offices, case: Case) -> None:
    one = somebody("officer")
    with pytest.raises(Denied, match="Nobody asked"):
        do(offices.checker, Act.ANSWER, task(case), opinion="x")
    do(offices.checker, Act.ADD_SIGN, task(case), side="before", people=(one.id,))
    with pytest.raises(Denied, match="asked for an opinion"):
        do(one, Act.PASS, task(case))


def test_after_me_it_is_their_turn_before_the_case_goes_on(offices: Offices, case: Case) -> None:
    one = somebody("fund_monitor")
    do(offices.checker, Act.ADD_SIGN, task(case), side="after", people=(one.id,))
    assert Task.objects.get(case=case, assignee_id=one.id).state == "waiting"
    do(offices.checker, Act.PASS, task(case))
    assert task(case).assignee_id == one.id
    do(one, Act.PASS, task(case))
    assert task(case).step == "review"


def test_beside_me_both_must_pass(offices: Offices, case: Case) -> None:
    one = somebody("fund_monitor")
    mine = task(case)
    do(offices.checker, Act.ADD_SIGN, mine, side="beside", people=(one.id,))
    do(offices.checker, Act.PASS, mine)
    assert task(case).assignee_id == one.id
    do(one, Act.RETURN, task(case), to="submit", opinion="缺", items=("缺",))
    assert task(case).step == "submit"


def test_beside_me_in_a_countersigning_joins_the_quorum(offices: Offices) -> None:
    people = [somebody("officer", region="53") for _ in range(2)]
    in_force(board("all"))
    case = begin(offices.starter)
    more = somebody("finance", region="53")
    do(people[0], Act.ADD_SIGN, task(case, assignee_id=people[0].id), side="beside", people=(more.id,))
    for one in people:
        do(one, Act.VOTE, task(case, assignee_id=one.id), outcome="pass")
    assert task(case).assignee_id == more.id
    do(more, Act.VOTE, task(case), outcome="reject", opinion="资金")
    assert task(case).step == "submit"


def test_a_countersigner_asks_before_voting(offices: Offices) -> None:
    people = [somebody("officer", region="53") for _ in range(2)]
    in_force(board("any", sequential=True))
    case = begin(offices.starter)
    first = task(case)
    asker = next(one for one in people if one.id == first.assignee_id)
    helper = somebody("finance", region="53")
    do(asker, Act.ADD_SIGN, first, side="before", people=(helper.id,))
    assert task(case).kind == "ask"
    do(helper, Act.ANSWER, task(case), opinion="可行")
    do(asker, Act.VOTE, task(case), outcome="pass")
    assert task(case).step == "decide"


def test_nested_so_deep_and_no_deeper(offices: Offices, case: Case) -> None:
    people = [somebody("officer") for _ in range(4)]
    asker = offices.checker
    for one in people[:3]:
        do(asker, Act.ADD_SIGN, task(case), side="before", people=(one.id,))
        asker = one
    with pytest.raises(Denied, match="any deeper"):
        do(asker, Act.ADD_SIGN, task(case), side="before", people=(people[3].id,))
    for one in reversed(people[:3]):
        do(one, Act.ANSWER, task(case), opinion="同意")
    do(offices.checker, Act.PASS, task(case))
    assert task(case).step == "review"


@pytest.mark.parametrize("side", ["after", "beside"])
def test_who_was_asked_can_only_ask_before(offices: Offices, case: Case, side: str) -> None:
    one, two = somebody("officer"), somebody("officer")
    do(offices.checker, Act.ADD_SIGN, task(case), side="before", people=(one.id,))
    with pytest.raises(ValidationError, match="only be asked before"):
        do(one, Act.ADD_SIGN, task(case), side=side, people=(two.id,))


def test_not_oneself_not_twice_not_nobody_not_who_left(offices: Offices, case: Case) -> None:
    one, gone = somebody("officer"), somebody("officer")
    row = user(gone)
    row.is_active = False
    row.save()
    for people, match in (
        ((), "work here now"),
        ((offices.checker.id,), "than yourself"),
        ((gone.id,), "work here now"),
    ):
        with pytest.raises(ValidationError, match=match):
            do(offices.checker, Act.ADD_SIGN, task(case), side="before", people=people)
    with pytest.raises(ValidationError, match="before, after or beside"):
        do(offices.checker, Act.ADD_SIGN, task(case), people=(one.id,))
    do(offices.checker, Act.ADD_SIGN, task(case), side="beside", people=(one.id,))
    with pytest.raises(ValidationError, match="Already asked"):
        do(offices.checker, Act.ADD_SIGN, task(case, assignee=None), side="before", people=(one.id,))


def test_the_initiator_is_not_added_as_a_reviewer(offices: Offices, case: Case) -> None:
    with pytest.raises(Denied, match="起国栋 took part at “submit”"):
        do(offices.checker, Act.ADD_SIGN, task(case), side="beside", people=(offices.starter.id,))
    do(offices.checker, Act.ADD_SIGN, task(case), side="before", people=(offices.starter.id,))
    do(offices.starter, Act.ANSWER, task(case), opinion="补充说明")
    assert task(case).step == "check", "explaining is not reviewing"


def test_the_asker_takes_a_signer_off(offices: Offices, case: Case) -> None:
    one, two = somebody("officer"), somebody("officer")
    mine = task(case)
    do(offices.checker, Act.ADD_SIGN, mine, side="before", people=(one.id, two.id))
    with pytest.raises(Denied, match="role"):
        do(two, Act.REDUCE_SIGN, task(case, assignee_id=one.id), opinion="x")
    do(offices.checker, Act.REDUCE_SIGN, task(case, assignee_id=one.id), opinion="出差")
    do(two, Act.ANSWER, task(case, assignee_id=two.id), opinion="同意")
    do(offices.checker, Act.PASS, mine)
    assert task(case).step == "review"
    assert LogEntry.objects.get(case=case, act="reduce_sign").detail["who"] == one.name


def test_the_last_signer_taken_off_wakes_the_asker(offices: Offices, case: Case) -> None:
    one = somebody("officer")
    mine = task(case)
    do(offices.checker, Act.ADD_SIGN, mine, side="before", people=(one.id,))
    do(offices.checker, Act.REDUCE_SIGN, task(case), opinion="不需要了")
    assert tasks(case) == [mine]
    with pytest.raises(Denied, match="Only added signers"):
        do(offices.leader, Act.REDUCE_SIGN, mine, opinion="x")


def test_the_asker_left_while_waiting(offices: Offices, case: Case) -> None:
    """The seat is the role's: another holder goes on where the asker stopped."""
    one, colleague = somebody("officer"), somebody("fund_monitor")
    do(offices.checker, Act.ADD_SIGN, task(case), side="before", people=(one.id,))
    row = user(offices.checker)
    row.is_active = False
    row.save()
    do(one, Act.ANSWER, task(case), opinion="同意")
    do(colleague, Act.PASS, task(case))
    assert task(case).step == "review"
