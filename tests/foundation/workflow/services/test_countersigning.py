"""Countersigning: quorum, veto, abstention, turns, seats, fresh rounds."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.accounts.models import Department, Grant, Post
from anzhi.foundation.workflow.models import Case, LogEntry, Task, Vote
from anzhi.foundation.workflow.rules.plan import Countersign
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import board, decide, person, plan, submit, ways
from foundation.workflow.offices import Offices, begin, do, in_force, rounds, somebody, task, tasks, user, walk
from harness.people import SINCE, agency_at


def signers(count: int) -> list[Actor]:
    """Officers of the province, by name in the order they sit."""
    return [somebody("officer", region="53", name=f"签{number}") for number in range(1, count + 1)]


def votes(case: Case, people: list[Actor], said: str) -> None:
    """p agree, r against, a abstain, - not yet; stops when the round is decided."""
    outcomes = {"p": "pass", "r": "reject", "a": "abstain"}
    for who, sign in zip(people, said, strict=False):
        seat = Task.objects.filter(case=case, assignee_id=who.id, state="open", kind="vote").first()
        if sign != "-" and seat:
            do(who, Act.VOTE, seat, outcome=outcomes[sign], opinion="意见")


@pytest.mark.parametrize(
    ("need", "said", "step"),
    [
        ("any", "r", "sign"),
        ("any", "rp", "decide"),
        ("any", "rrr", "submit"),
        ("all", "pp", "sign"),
        ("all", "ppp", "decide"),
        ("all", "r", "submit"),
        ("all", "ppa", "decide"),
        ("2", "pp", "decide"),
        ("2", "prr", "submit"),
        ("66%", "pp", "decide"),
        ("67%", "pp", "sign"),
        ("67%", "ppp", "decide"),
        ("any", "aaa", "submit"),
        ("all", "aaa", "submit"),
    ],
)
def test_a_round_of_three(offices: Offices, need: str, said: str, step: str) -> None:
    people = signers(3)
    in_force(board(need))
    case = begin(offices.starter)
    votes(case, people, said)
    assert {t.step for t in tasks(case)} == {step}


def test_who_has_not_voted_need_no_longer(offices: Offices) -> None:
    people = signers(3)
    in_force(board("any"))
    case = begin(offices.starter)
    votes(case, people, "p")
    left = Task.objects.filter(case=case, step="sign").exclude(state="done")
    assert set(left.values_list("state", flat=True)) == {"cancelled"}
    with pytest.raises(Denied, match="签1"):
        do(people[1], Act.VOTE, left.get(assignee_id=people[1].id), outcome="pass")


@pytest.mark.parametrize(("said", "step"), [("pr", "submit"), ("pp", "sign"), ("ppp", "decide"), ("ppa", "decide")])
def test_one_veto_ends_the_round(offices: Offices, said: str, step: str) -> None:
    people = signers(3)
    in_force(board("any", veto=True))
    case = begin(offices.starter)
    votes(case, people, said)
    assert {t.step for t in tasks(case)} == {step}


def test_where_abstaining_is_not_allowed(offices: Offices) -> None:
    (one,) = signers(1)
    in_force(board("all", abstain=False))
    with pytest.raises(ValidationError, match="no such outcome"):
        do(one, Act.VOTE, task(begin(offices.starter)), outcome="abstain")


def test_a_no_needs_its_reason(offices: Offices) -> None:
    (one,) = signers(1)
    in_force(board("all"))
    with pytest.raises(ValidationError, match="Say why"):
        do(one, Act.VOTE, task(begin(offices.starter)), outcome="reject")


def test_one_after_another(offices: Offices) -> None:
    people = signers(3)
    in_force(board("all", sequential=True))
    case = begin(offices.starter)
    seen = []
    for who in people:
        seen.append(task(case).assignee.name)
        for later in Task.objects.filter(case=case, state="waiting"):
            with pytest.raises(Denied, match="not your turn"):
                do(who, Act.VOTE, later, outcome="pass")
        do(who, Act.VOTE, task(case), outcome="pass")
    assert seen == ["签1", "签2", "签3"]
    assert task(case).step == "decide"


def test_a_way_to_refuse_is_taken_where_there_is_one(offices: Offices) -> None:
    people = signers(2)
    rule = Countersign("all")
    in_force(
        plan(
            submit("sign"),
            person("sign", "officer@province", countersign=rule, routes=ways(pass_="end", reject="refused")),
        )
    )
    case = begin(offices.starter)
    votes(case, people, "r")
    case.refresh_from_db()
    assert case.state == "rejected"


def test_each_round_is_counted_by_itself(offices: Offices) -> None:
    people = signers(3)
    in_force(board("2"))
    case = begin(offices.starter)
    votes(case, people, "prr")
    walk(case, offices.starter)
    assert len(tasks(case)) == 3
    votes(case, people, "rp")
    assert {t.step for t in tasks(case)} == {"sign"}, "the agreement of the first round does not count"
    votes(case, people, "--p")
    assert task(case).step == "decide"
    kept = Vote.objects.filter(case=case).order_by("pk").values_list("visit__round", "choice")
    assert list(kept) == [(1, "pass"), (1, "reject"), (1, "reject"), (2, "reject"), (2, "pass"), (2, "pass")]
    assert rounds(case)[1:5] == ["sign1 returned", "submit2 passed", "sign2 passed", "decide1 open"]
    told = LogEntry.objects.filter(case=case, act="routed", step="sign").last().detail["counted"]
    assert told == {"need": "2", "agreed": 2, "against": 1, "abstained": 0, "not_voted": 0, "needed": 2}


def test_more_are_needed_than_there_are(offices: Offices) -> None:
    people = signers(2)
    in_force(board("3"))
    case = begin(offices.starter)
    assert [t.queued for t in tasks(case)] == [False, False, True]
    assert LogEntry.objects.get(case=case, act="alarm").detail["reason"] == "few"
    votes(case, people, "pp")
    assert {t.step for t in tasks(case)} == {"sign"}, "the rule is not weakened to fit who is there"
    third = somebody("officer", region="53")
    do(somebody("leader", region="53"), Act.ASSIGN, task(case), people=(third.id,))
    do(third, Act.VOTE, task(case), outcome="pass")
    assert task(case).step == "decide"


def test_nobody_at_all(offices: Offices) -> None:
    in_force(board("all"))
    case = begin(offices.starter)
    assert (task(case).queued, task(case).kind) == (True, "vote")


def test_who_holds_the_role_twice_sits_once(offices: Offices) -> None:
    (one,) = signers(1)
    Grant.objects.create(user=user(one), agency=agency_at("532328"), role="officer", from_on=SINCE)
    in_force(board("all"))
    assert len(tasks(begin(offices.starter))) == 1


def test_a_person_disabled_in_the_middle_is_taken_off_by_a_supervisor(offices: Offices) -> None:
    people = signers(2)
    in_force(board("all"))
    case = begin(offices.starter)
    votes(case, people, "p")
    gone = user(people[1])
    gone.is_active = False
    gone.save()
    leader = somebody("leader", region="53")
    seat = task(case, assignee_id=gone.pk)
    with pytest.raises(ValidationError, match="Say why"):
        do(leader, Act.REDUCE_SIGN, seat)
    with pytest.raises(Denied, match="outside your area"):
        do(somebody("leader", region="530622"), Act.REDUCE_SIGN, seat, opinion="已调离")
    do(leader, Act.REDUCE_SIGN, seat, opinion="已调离")
    assert task(case).step == "decide"
    assert LogEntry.objects.get(case=case, act="reduce_sign").opinion == "已调离"


def test_the_last_seat_cannot_be_taken_off(offices: Offices) -> None:
    signers(1)
    in_force(board("all"))
    with pytest.raises(Denied, match="at least one"):
        do(somebody("leader", region="53"), Act.REDUCE_SIGN, task(begin(offices.starter)), opinion="x")


def test_divisions_sit_each_with_one_seat(offices: Offices) -> None:
    agency = agency_at("53")
    people = {}
    for name in ("计划财务处", "安置处", "法规信访处"):
        division, _new = Department.objects.get_or_create(agency=agency, name=name)
        if name != "法规信访处":
            people[name] = [somebody("officer", region="53"), somebody("officer", region="53")]
            Post.objects.filter(user_id__in=[p.id for p in people[name]]).update(department=division)
    rule = Countersign("all")
    seats = person("sign", "officer@province/计划财务处/安置处/法规信访处", "decide", countersign=rule)
    in_force(plan(submit("sign"), seats, decide()))
    case = begin(offices.starter)
    assert [(t.why["me"]["department"], t.queued) for t in tasks(case)] == [
        ("计划财务处", False),
        ("安置处", False),
        ("法规信访处", True),
    ]
    stranger = people["安置处"][0]
    with pytest.raises(Denied, match="somebody else"):
        do(stranger, Act.VOTE, tasks(case)[0], outcome="pass")
    do(people["计划财务处"][1], Act.VOTE, tasks(case)[0], outcome="pass")
    assert len(tasks(case)) == 2


def test_nobody_votes_twice_in_a_round(offices: Offices) -> None:
    one, two = signers(2)
    in_force(board("all"))
    case = begin(offices.starter)
    do(one, Act.VOTE, task(case, assignee_id=one.id), outcome="pass")
    seat = task(case, assignee_id=two.id)
    with pytest.raises(ValidationError, match="Already asked"):
        do(two, Act.TRANSFER, seat, people=(one.id,))


def test_a_step_that_is_no_countersigning_takes_no_votes(offices: Offices) -> None:
    in_force(plan(submit("check"), person("check", "fund_monitor@self")))
    with pytest.raises(Denied, match="not a countersigning"):
        do(offices.checker, Act.VOTE, task(begin(offices.starter)), outcome="pass")


def test_veto_and_agreement_at_the_same_instant(offices: Offices) -> None:
    one, two = signers(2)
    in_force(replace(board("1", veto=True)))
    case = begin(offices.starter)
    agree, object_ = task(case, assignee_id=one.id), task(case, assignee_id=two.id)
    do(one, Act.VOTE, agree, outcome="pass")
    do(two, Act.VOTE, object_, outcome="reject", opinion="否决")
    assert task(case).step == "submit", "agreement waits for whoever may still object"
