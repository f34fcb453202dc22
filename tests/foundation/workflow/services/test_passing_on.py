"""Transfer, taking back, opening, urging, copies, pausing, terminating."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.workflow.models import Case, Clock, Copy, LogEntry, Party, Span, Task, Visit
from anzhi.foundation.workflow.rules.plan import Kind, Node, Route
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import LIMITED, board, chain, person, plan, submit
from foundation.workflow.offices import (
    PREFECTURE,
    Offices,
    begin,
    do,
    in_force,
    rounds,
    somebody,
    task,
    tasks,
    walk,
)
from foundation.workflow.services.test_walking import FORKED


@pytest.fixture
def case(offices: Offices) -> Case:
    in_force(chain())
    return begin(offices.starter)


# --- transfer


def test_a_task_is_handed_to_a_colleague_of_the_same_role(offices: Offices, case: Case) -> None:
    colleague = somebody("fund_monitor")
    do(offices.checker, Act.TRANSFER, task(case), people=(colleague.id,), opinion="出差")
    assert (task(case).assignee_id, task(case).came_from) == (colleague.id, "杨若岚")
    with pytest.raises(Denied, match="somebody else"):
        do(offices.checker, Act.PASS, task(case))
    do(colleague, Act.PASS, task(case))
    assert task(case).step == "review"


def test_to_whom_it_is_not_handed(offices: Offices, case: Case) -> None:
    clerk, far = somebody("finance"), somebody("fund_monitor", region=PREFECTURE)
    for people, match in (
        ((offices.checker.id,), "than yourself"),
        ((clerk.id,), "does not hold the role"),
        ((far.id,), "same office"),
        ((), "one person"),
        ((999_999,), "one person"),
    ):
        with pytest.raises(ValidationError, match=match):
            do(offices.checker, Act.TRANSFER, task(case), people=people)


# --- taking back


def test_what_nobody_has_opened_is_taken_back(offices: Offices, case: Case) -> None:
    first = task(case)
    do(offices.checker, Act.PASS, first)
    do(offices.checker, Act.WITHDRAW, first)
    assert (task(case).step, task(case).assignee_id) == ("check", offices.checker.id)
    assert rounds(case) == ["submit1 passed", "check1 passed", "review1 cancelled", "check2 open"]
    walk(case, offices.checker)
    assert task(case).step == "review"


def test_what_was_opened_or_handled_is_not(offices: Offices, case: Case) -> None:
    first = task(case)
    do(offices.checker, Act.PASS, first)
    do(offices.reviewer, Act.OPEN, task(case))
    with pytest.raises(Denied, match="李文渊 has already opened it"):
        do(offices.checker, Act.WITHDRAW, first)
    walk(case, offices.reviewer)
    with pytest.raises(Denied, match="already been handled"):
        do(offices.checker, Act.WITHDRAW, first)


def test_not_by_another_not_twice_not_after_the_end(offices: Offices, case: Case) -> None:
    first = task(case)
    do(offices.checker, Act.PASS, first)
    with pytest.raises(Denied, match="did yourself"):
        do(offices.reviewer, Act.WITHDRAW, first)
    do(offices.checker, Act.WITHDRAW, first)
    with pytest.raises(Denied, match="taken back already"):
        do(offices.checker, Act.WITHDRAW, first)
    walk(case, offices.checker, offices.reviewer)
    last = task(case)
    walk(case, offices.decider)
    with pytest.raises(Denied, match=r"高鸿儒|Approved"):
        do(offices.decider, Act.WITHDRAW, last)


def test_the_initiator_takes_back_what_was_handed_in(offices: Offices, case: Case) -> None:
    handed_in = Task.objects.get(case=case, step="submit")
    do(offices.starter, Act.WITHDRAW, handed_in)
    assert (task(case).step, task(case).assignee_id) == ("submit", offices.starter.id)


def test_a_copy_that_was_read_does_not_keep_it_from_being_taken_back(offices: Offices, case: Case) -> None:
    first = task(case)
    do(offices.checker, Act.PASS, first)
    do(offices.checker, Act.CC, case, people=(offices.leader.id,))
    do(offices.leader, Act.READ, case, copy=Copy.objects.get(case=case).pk)
    do(offices.checker, Act.WITHDRAW, first)
    assert task(case).step == "check"


def test_a_return_is_taken_back_too_and_the_clocks_run_on(offices: Offices) -> None:
    in_force(chain(**LIMITED))
    case = begin(offices.starter)
    first = task(case)
    do(offices.checker, Act.RETURN, first, to="submit", opinion="缺件", items=("请示",))
    do(offices.checker, Act.WITHDRAW, first)
    assert task(case).step == "check"
    assert not Span.objects.filter(case=case, ended_at=None).exists()
    assert Clock.objects.filter(case=case, due_at=None).count() == 0


def test_what_was_completed_and_taken_back_is_being_completed_again(offices: Offices) -> None:
    in_force(chain(**LIMITED))
    case = begin(offices.starter)
    do(offices.checker, Act.RETURN, task(case), to="submit", opinion="缺件", items=("请示",))
    mine = task(case)
    do(offices.starter, Act.PASS, mine)
    do(offices.starter, Act.WITHDRAW, mine)
    assert Clock.objects.filter(case=case, due_at=None).count() == 2, "the clocks stand still again"
    walk(case, offices.starter)
    assert Clock.objects.filter(case=case, due_at=None).count() == 0


def test_a_vote_is_not_taken_back(offices: Offices) -> None:
    people = [somebody("officer", region="53") for _ in range(2)]
    in_force(board("all"))
    case = begin(offices.starter)
    seat = task(case, assignee_id=people[0].id)
    do(people[0], Act.VOTE, seat, outcome="pass")
    with pytest.raises(Denied, match="not taken back"):
        do(people[0], Act.WITHDRAW, seat)


def test_a_branch_that_waits_for_the_other_is_taken_back(offices: Offices) -> None:
    in_force(FORKED)
    case = begin(offices.starter)
    reviewed = task(case, "review")
    do(offices.reviewer, Act.PASS, reviewed)
    do(offices.reviewer, Act.WITHDRAW, reviewed)
    assert {t.step for t in tasks(case)} == {"check", "review"}
    do(offices.checker, Act.PASS, task(case, "check"))
    do(offices.leader, Act.PASS, task(case, "note"))
    assert [t.step for t in tasks(case)] == ["review"], "the join still waits"
    last = task(case)
    do(offices.reviewer, Act.PASS, last)
    with pytest.raises(Denied, match="have met already"):
        do(offices.reviewer, Act.WITHDRAW, last)


# --- opening and urging


def test_only_the_first_opening_counts(offices: Offices, case: Case) -> None:
    for _ in range(2):
        do(offices.checker, Act.OPEN, task(case))
    assert LogEntry.objects.filter(case=case, act="open").count() == 1
    assert (task(case).opened_by, case.version) == ("杨若岚", Case.objects.get(pk=case.pk).version)
    with pytest.raises(Denied, match="somebody else"):
        do(offices.reviewer, Act.OPEN, task(case))


def test_urging_reaches_who_has_it_and_not_too_often(offices: Offices, case: Case) -> None:
    with time_machine.travel(timezone.now(), tick=False) as now:
        do(offices.starter, Act.URGE, task(case), opinion="请尽快")
        assert Copy.objects.get(case=case).user_id == offices.checker.id
        now.shift(timedelta(hours=3, minutes=59))
        with pytest.raises(Denied, match="again from"):
            do(offices.leader, Act.URGE, task(case))
        now.shift(timedelta(minutes=2))
        do(offices.leader, Act.URGE, task(case))
    assert task(case).urges == 2


def test_who_may_urge_and_what(offices: Offices, case: Case) -> None:
    with pytest.raises(Denied, match="Who began"):
        do(offices.reviewer, Act.URGE, task(case))
    first = task(case)
    walk(case, offices.checker)
    with pytest.raises(Denied, match=r"杨若岚|nothing to urge"):
        do(offices.starter, Act.URGE, first)


# --- copies


def test_copies_have_receipts_and_let_the_reader_see_the_case(offices: Offices, case: Case) -> None:
    far = somebody("leader", region="530622")
    until = timezone.now() + timedelta(days=2)
    do(offices.checker, Act.CC, case, people=(far.id, offices.leader.id), opinion="请阅", until=until)
    assert Party.objects.filter(case=case, region_code="530622000000").exists()
    copy = Copy.objects.get(case=case, user_id=far.id)
    assert (copy.note, copy.read_until, copy.read_at) == ("请阅", until, None)
    with pytest.raises(Denied, match="not sent to you"):
        do(offices.leader, Act.READ, case, copy=copy.pk)
    for _ in range(2):
        do(far, Act.READ, case, copy=copy.pk)
    assert LogEntry.objects.filter(case=case, act="read").count() == 1


def test_who_sends_copies_and_to_whom(offices: Offices, case: Case) -> None:
    with pytest.raises(Denied, match="takes part"):
        do(offices.reviewer, Act.CC, case, people=(offices.leader.id,))
    with pytest.raises(ValidationError, match="work here now"):
        do(offices.starter, Act.CC, case, people=(999_999,))
    with pytest.raises(ValidationError, match="in the past"):
        do(offices.starter, Act.CC, case, people=(offices.leader.id,), until=timezone.now() - timedelta(days=1))


# --- pausing and terminating


def test_a_paused_case_stands_still_with_its_clocks(offices: Offices) -> None:
    in_force(chain(**LIMITED))
    case = begin(offices.starter)
    with pytest.raises(ValidationError, match="Say why"):
        do(offices.leader, Act.PAUSE, case)
    do(offices.leader, Act.PAUSE, case, opinion="等候专项规划")
    with pytest.raises(Denied, match="Paused"):
        do(offices.checker, Act.PASS, task(case))
    with pytest.raises(Denied, match="Paused"):
        do(offices.leader, Act.PAUSE, case, opinion="x")
    assert set(Clock.objects.filter(case=case).values_list("due_at", flat=True)) == {None}
    do(offices.leader, Act.RESUME, case)
    assert Clock.objects.filter(case=case, due_at=None).count() == 0
    assert walk(case, offices.checker, offices.reviewer, offices.decider).state == "approved"


def test_resuming_does_not_end_the_pause_of_a_return(offices: Offices) -> None:
    in_force(chain(**LIMITED))
    case = begin(offices.starter)
    do(offices.checker, Act.RETURN, task(case), to="submit", opinion="缺件", items=("请示",))
    do(offices.leader, Act.PAUSE, case, opinion="等候")
    do(offices.leader, Act.RESUME, case)
    assert Clock.objects.filter(case=case, due_at=None).count() == 2
    walk(case, offices.starter)
    assert Clock.objects.filter(case=case, due_at=None).count() == 0


def test_who_pauses(offices: Offices, case: Case) -> None:
    with pytest.raises(Denied, match="role"):
        do(offices.checker, Act.PAUSE, case, opinion="x")
    with pytest.raises(Denied, match="outside"):
        do(somebody("leader", region="530622"), Act.PAUSE, case, opinion="x")


def test_terminated_where_it_was_handed_in_or_is_decided(offices: Offices, case: Case) -> None:
    with pytest.raises(Denied, match="handed in, or where it is decided"):
        do(offices.checker, Act.TERMINATE, task(case), opinion="x")
    walk(case, offices.checker, offices.reviewer)
    with pytest.raises(ValidationError, match="Say why"):
        do(offices.decider, Act.TERMINATE, task(case))
    done = do(offices.decider, Act.TERMINATE, task(case), opinion="项目撤销")
    assert (done.state, tasks(case)) == ("terminated", [])
    assert not Visit.objects.filter(case=case, state="open").exists()


def test_the_cases_it_called_end_with_it(offices: Offices) -> None:
    in_force(plan(submit("look", "hand"), person("look", "leader@self"), key="child"))
    split = Node("split", "", Kind.FORK, (Route("a", "call"), Route("b", "submit2")))
    join = Node("join", "", Kind.JOIN, (Route("pass", "end"),))
    again = submit("join", "submit2")
    in_force(
        plan(
            submit("split"),
            split,
            Node("call", "专题", Kind.CALL, (Route("pass", "join"),), calls="child"),
            again,
            join,
        )
    )
    case = begin(offices.starter)
    child = Case.objects.get(parent=case)
    do(offices.starter, Act.TERMINATE, task(case, "submit2"), opinion="撤回申请")
    child.refresh_from_db()
    assert (child.state, tasks(child)) == ("terminated", [])
