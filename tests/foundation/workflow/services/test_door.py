"""The one door: keys, versions, who was first, separation of duty, many at once."""

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.audit.models import Event
from anzhi.foundation.live.models import LiveEvent
from anzhi.foundation.workflow import proof
from anzhi.foundation.workflow.engine.refusals import TooLate
from anzhi.foundation.workflow.models import Case, LogEntry, Receipt, Task
from anzhi.foundation.workflow.rules.plan import Duty
from anzhi.foundation.workflow.services import acts
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import chain, decide, person, plan, submit
from foundation.workflow.offices import PREFECTURE, Offices, begin, do, in_force, somebody, task, trail, walk


@pytest.fixture
def case(offices: Offices) -> Case:
    in_force(chain())
    return begin(offices.starter)


def test_a_double_click_is_one_act(offices: Offices, case: Case) -> None:
    mine = task(case)
    first = do(offices.checker, Act.PASS, mine, key="once", opinion="同意")
    again = do(offices.checker, Act.PASS, mine, key="once", opinion="同意")
    assert (again.version, again.state, first.again, again.again) == (first.version, first.state, False, True)
    assert trail(case).count("pass check") == 1


def test_the_same_key_with_other_words_is_refused(offices: Offices, case: Case) -> None:
    do(offices.checker, Act.PASS, task(case), key="once", opinion="同意")
    with pytest.raises(Denied, match="other contents"):
        do(offices.checker, Act.PASS, Task.objects.get(case=case, step="check"), key="once", opinion="不同意")
    other = begin(offices.starter)
    with pytest.raises(Denied, match="other contents"):
        do(offices.checker, Act.PASS, task(other), key="once", opinion="同意")
    assert task(other).step == "check"


def test_another_person_may_have_the_same_key(offices: Offices, case: Case) -> None:
    do(offices.checker, Act.PASS, task(case), key="once")
    do(offices.reviewer, Act.PASS, task(case), key="once")
    assert task(case).step == "decide"


def test_beginning_twice_with_one_key_is_one_case(offices: Offices) -> None:
    in_force(chain())
    told = {"by": offices.starter, "key": "start", "definition": "outline", "title": "甲", "facts": {"a": 1}}
    first, again = acts.start(**told), acts.start(**told)
    assert (first.case, again.again) == (again.case, True)
    with pytest.raises(Denied, match="other contents"):
        acts.start(**(told | {"title": "乙"}))
    assert Case.objects.count() == 1


@pytest.mark.parametrize("key", ["", "k" * 81])
def test_an_act_without_a_key_is_a_mistake_of_the_page(offices: Offices, case: Case, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        do(offices.checker, Act.PASS, task(case), key=key)


def test_what_failed_leaves_no_receipt(offices: Offices, case: Case) -> None:
    with pytest.raises(ValidationError):
        do(offices.checker, Act.RETURN, task(case), key="again", to="submit", opinion="缺件")
    assert not Receipt.objects.filter(key="again").exists()
    do(offices.checker, Act.RETURN, task(case), key="again", to="submit", opinion="缺件", items=("请示",))


def test_who_comes_late_is_told_who_was_first(offices: Offices, case: Case) -> None:
    colleague = somebody("fund_monitor")
    mine = task(case)
    do(offices.checker, Act.PASS, mine)
    with pytest.raises(TooLate, match=r"“check” was already handled by 杨若岚 .*passed"):
        do(colleague, Act.PASS, mine)


def test_a_page_that_is_old_is_told_so(offices: Offices, case: Case) -> None:
    colleague = somebody("fund_monitor")
    seen = Case.objects.get(pk=case.pk).version
    do(offices.checker, Act.OPEN, task(case))
    do(colleague, Act.TRANSFER, task(case), people=(offices.checker.id,), expect=seen)
    with pytest.raises(TooLate, match="has changed this case"):
        do(offices.checker, Act.PASS, task(case), expect=seen)
    do(offices.checker, Act.PASS, task(case), expect=seen + 1)


def test_an_ended_or_cancelled_case_takes_no_acts(offices: Offices, case: Case) -> None:
    walk(case, offices.checker, offices.reviewer)
    last = task(case)
    do(offices.decider, Act.TERMINATE, last, opinion="撤销")
    with pytest.raises(TooLate):
        do(offices.decider, Act.PASS, last)
    with pytest.raises(Denied, match="Terminated"):
        do(offices.leader, Act.PAUSE, case, opinion="x")


@pytest.mark.parametrize(
    ("where", "match"), [({"task": 999_999}, "no such task"), ({"case": 999_999}, "no such case"), ({}, "no such case")]
)
def test_what_is_not_there(offices: Offices, where: dict, match: str) -> None:
    with pytest.raises(Denied, match=match):
        acts.act(by=offices.checker, act=Act.PASS, key="k", **where)


def test_acts_of_tasks_and_acts_of_cases(offices: Offices, case: Case) -> None:
    with pytest.raises(Denied, match="on a case as a whole"):
        do(offices.checker, Act.PASS, case)
    with pytest.raises(Denied, match="on a task"):
        do(offices.leader, Act.PAUSE, task(case))


# --- who may


def test_a_foreign_office_a_reader_and_the_right_person(offices: Offices, case: Case) -> None:
    foreign, reader = somebody("fund_monitor", region="530622"), somebody("auditor_ro")
    with pytest.raises(Denied, match="somebody else"):
        do(foreign, Act.PASS, task(case))
    with pytest.raises(Denied, match="role does not include"):
        do(reader, Act.PASS, task(case))
    do(offices.checker, Act.PASS, task(case))


def test_an_initiator_does_not_decide_his_own_case(offices: Offices) -> None:
    head = somebody("leader", "officer", region=PREFECTURE)
    in_force(plan(submit("decide"), decide(assignee="leader@self")))
    case = begin(head)
    assert task(case).queued, "the only leader handed it in"
    second = somebody("leader", region=PREFECTURE)
    other = begin(head)
    with pytest.raises(Denied, match="took part at “submit”"):
        do(head, Act.PASS, task(other))
    do(second, Act.PASS, task(other))


def test_who_reviewed_does_not_decide(offices: Offices) -> None:
    both = somebody("fund_monitor", "leader")
    in_force(plan(submit("check"), person("check", "fund_monitor@self", "decide"), decide(assignee="leader@self")))
    case = begin(offices.starter)
    do(both, Act.PASS, task(case))
    with pytest.raises(Denied, match="took part at “check”"):
        do(both, Act.PASS, task(case))
    do(offices.leader, Act.PASS, task(case))


def test_steps_may_be_kept_apart_by_name(offices: Offices) -> None:
    again = person("again", "fund_monitor@self", duty=Duty.REVIEW, apart=("check",))
    in_force(plan(submit("check"), person("check", "fund_monitor@self", "again"), again))
    case = walk(begin(offices.starter), offices.checker)
    assert task(case).queued
    other = somebody("fund_monitor")
    with pytest.raises(Denied, match="杨若岚 took part at “check”"):
        do(offices.leader, Act.ASSIGN, task(case), people=(offices.checker.id,))
    do(offices.leader, Act.ASSIGN, task(case), people=(other.id,))
    assert walk(case, other).state == "approved"


# --- many at once


def bulky(offices: Offices) -> list[Case]:
    in_force(plan(submit("check"), person("check", "fund_monitor@self", "decide", bulk=True), decide()))
    return [begin(offices.starter) for _ in range(3)]


def test_many_are_passed_with_one_opinion_each_for_itself(offices: Offices) -> None:
    cases = bulky(offices)
    seen = [(task(case).pk, Case.objects.get(pk=case.pk).version) for case in cases]
    do(offices.checker, Act.RETURN, task(cases[1]), to="submit", opinion="缺", items=("缺",))
    problems = acts.act_on_many(by=offices.checker, tasks=seen, opinion="同意，报上级", key="many")
    assert list(problems) == [seen[1][0]]
    assert "杨若岚" in problems[seen[1][0]]
    assert [task(case).step for case in cases] == ["decide", "submit", "decide"]
    said = LogEntry.objects.filter(act="pass", step="check").values_list("opinion", flat=True)
    assert list(said) == ["同意，报上级"] * 2


def test_many_are_passed_only_where_the_step_allows_it(offices: Offices, case: Case) -> None:
    problems = acts.act_on_many(by=offices.checker, tasks=[(task(case).pk, 0)], opinion="同意", key="many")
    assert "one by one" in next(iter(problems.values()))
    with pytest.raises(ValidationError, match="Say why"):
        acts.act_on_many(by=offices.checker, tasks=[], opinion=" ", key="many")


# --- what is left behind


def test_each_act_leaves_an_event_and_tells_open_pages(offices: Offices, case: Case) -> None:
    before = LiveEvent.objects.filter(topic="case").count()
    do(offices.checker, Act.PASS, task(case), opinion="同意")
    event = Event.objects.get(name="case.pass")
    assert (event.facts, event.actor_label, event.region_code) == (
        {"opinion": "同意", "step": "check"},
        "杨若岚",
        case.region_code,
    )
    assert LiveEvent.objects.filter(topic="case").count() == before + 1


def test_the_log_of_a_case_is_whole(offices: Offices, case: Case) -> None:
    walk(case, offices.checker, offices.reviewer, offices.decider)
    assert proof.broken_at(case) is None
    case.entries += 1
    assert proof.broken_at(case) == case.entries
