"""Returning to any step passed: step by step again or straight back, with nothing erased."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.workflow.models import Case, LogEntry, Span, Task, Visit
from anzhi.foundation.workflow.rules.plan import Resume, Returns
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import board, chain, decide, person, plan, submit
from foundation.workflow.offices import Offices, begin, do, in_force, rounds, somebody, task, tasks, walk
from foundation.workflow.services.test_walking import FORKED


@pytest.fixture
def deciding(offices: Offices) -> Case:
    """A case before the decider."""
    in_force(chain())
    return walk(begin(offices.starter), offices.checker, offices.reviewer)


def back(offices: Offices, case: Case, to: str, **more: object) -> None:
    items = ("请示",) if to == "submit" else ()
    do(offices.decider, Act.RETURN, task(case), to=to, opinion="再核", items=items, **more)


def test_step_by_step_again(offices: Offices, deciding: Case) -> None:
    back(offices, deciding, "check")
    assert task(deciding).step == "check"
    assert walk(deciding, offices.checker, offices.reviewer, offices.decider).state == "approved"
    assert rounds(deciding) == [
        "submit1 passed",
        "check1 passed",
        "review1 passed",
        "decide1 returned",
        "check2 passed",
        "review2 passed",
        "decide2 passed",
    ]


def test_straight_back_to_who_returned_it(offices: Offices, deciding: Case) -> None:
    back(offices, deciding, "check", resume="jump")
    walk(deciding, offices.checker)
    assert task(deciding).step == "decide"
    assert task(deciding).why["step"] == [{"jumped": "check"}]
    assert not Visit.objects.filter(case=deciding, step="review", round=2).exists()


def test_a_return_within_a_return_comes_back_twice(offices: Offices, deciding: Case) -> None:
    back(offices, deciding, "review", resume="jump")
    do(offices.reviewer, Act.RETURN, task(deciding), to="check", opinion="数据", resume="jump")
    walk(deciding, offices.checker)
    assert task(deciding).step == "review"
    walk(deciding, offices.reviewer)
    assert task(deciding).step == "decide"


def test_the_step_s_own_way_of_coming_back_holds_by_default(offices: Offices) -> None:
    nodes = tuple(replace(n, resume=Resume.JUMP) if n.code == "decide" else n for n in chain().nodes)
    in_force(replace(chain(), nodes=nodes))
    case = walk(begin(offices.starter), offices.checker, offices.reviewer)
    back(offices, case, "check")
    walk(case, offices.checker)
    assert task(case).step == "decide"


def test_opinions_of_earlier_rounds_stay(offices: Offices, deciding: Case) -> None:
    back(offices, deciding, "check")
    do(offices.checker, Act.PASS, task(deciding), opinion="已补")
    said = Task.objects.filter(case=deciding).exclude(opinion="").order_by("pk").values_list("step", "opinion")
    assert list(said) == [("decide", "再核"), ("check", "已补")]
    assert LogEntry.objects.get(case=deciding, act="return").detail["to"] == "check"


@pytest.mark.parametrize("to", ["decide", "nowhere", "end", "review2"])
def test_to_oneself_to_nowhere_to_an_end(offices: Offices, deciding: Case, to: str) -> None:
    with pytest.raises(ValidationError, match="cannot be sent back"):
        back(offices, deciding, to)


def test_to_a_later_step_or_one_never_visited(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    for to in ("review", "decide"):
        with pytest.raises(ValidationError, match="cannot be sent back"):
            do(offices.checker, Act.RETURN, task(case), to=to, opinion="x")


def test_a_return_needs_its_reason(offices: Offices, deciding: Case) -> None:
    with pytest.raises(ValidationError, match="Say why"):
        do(offices.decider, Act.RETURN, task(deciding), to="check", opinion="  ")


def test_for_completion_it_lists_what_is_missing_and_the_clocks_stand_still(offices: Offices, deciding: Case) -> None:
    with pytest.raises(ValidationError, match="List what must be completed"):
        do(offices.decider, Act.RETURN, task(deciding), to="submit", opinion="缺件", items=(" ",))
    back(offices, deciding, "submit")
    assert Span.objects.get(case=deciding).ended_at is None
    assert task(deciding).assignee_id == offices.starter.id, "what was returned does not hand itself in"
    walk(deciding, offices.starter)
    assert Span.objects.get(case=deciding).ended_at is not None


def test_the_form_may_be_changed_when_it_was_returned(offices: Offices, deciding: Case) -> None:
    back(offices, deciding, "submit")
    do(offices.starter, Act.PASS, task(deciding), facts={"amount": "12"})
    deciding.refresh_from_db()
    assert deciding.facts == {"amount": "12"}
    assert LogEntry.objects.get(case=deciding, act="routed").detail["facts"] == {"amount": [None, "12"]}


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (Returns.ANY, {"submit", "check", "review"}),
        (Returns.PREVIOUS, {"review"}),
        (Returns.START, {"submit"}),
        (Returns.NONE, set()),
    ],
)
def test_how_far_back_a_step_may_send(offices: Offices, rule: Returns, allowed: set[str]) -> None:
    nodes = tuple(replace(n, returns=rule) if n.code == "decide" else n for n in chain().nodes)
    in_force(replace(chain(), nodes=nodes))
    case = walk(begin(offices.starter), offices.checker, offices.reviewer)
    for to in ("submit", "check", "review"):
        if to not in allowed:
            with pytest.raises(ValidationError, match="cannot be sent back"):
                back(offices, case, to)
    if allowed:
        back(offices, case, min(allowed))
        assert task(case).step == min(allowed)


def test_the_previous_step_is_the_one_passed_last(offices: Offices, deciding: Case) -> None:
    do(offices.decider, Act.RETURN, task(deciding), opinion="再核")
    assert task(deciding).step == "review"


# --- in a countersigning


@pytest.fixture
def signing(offices: Offices) -> tuple[Case, list]:
    """A case before three countersigners, all of whom must agree."""
    signers = [somebody("officer", region="53") for _ in range(3)]
    in_force(board("all"))
    return begin(offices.starter), signers


@pytest.mark.parametrize("votes", [0, 1, 2])
def test_returned_out_of_a_countersigning_whoever_has_voted(offices: Offices, signing: tuple, votes: int) -> None:
    case, signers = signing
    for one in signers[:votes]:
        do(one, Act.PASS, task(case, assignee_id=one.id), opinion="同意")
    last = signers[votes]
    do(last, Act.RETURN, task(case, assignee_id=last.id), to="submit", opinion="附图不清", items=("附图",))
    assert [t.step for t in tasks(case)] == ["submit"]
    walk(case, offices.starter)
    assert len(tasks(case)) == 3, "a fresh round with all seats"
    assert [t.round for t in Visit.objects.filter(case=case, step="sign").order_by("pk")] == [1, 2]
    assert case.votes.filter(visit__round=1).count() == votes, "votes of the first round stay, and count for it alone"
    for one in signers:
        do(one, Act.PASS, task(case, assignee_id=one.id))
    assert task(case).step == "decide"


def test_all_voted_and_one_sends_it_back_afterwards(offices: Offices, signing: tuple) -> None:
    case, signers = signing
    for one in signers:
        do(one, Act.PASS, task(case, assignee_id=one.id))
    do(offices.decider, Act.RETURN, task(case), to="sign", opinion="再会签")
    assert len(tasks(case)) == 3


# --- across parallel branches


def test_back_from_a_branch_to_before_the_split_gives_up_the_others(offices: Offices) -> None:
    in_force(FORKED)
    case = begin(offices.starter)
    do(offices.reviewer, Act.PASS, task(case, "review"))
    do(offices.checker, Act.RETURN, task(case, "check"), to="submit", opinion="缺", items=("缺",))
    assert [t.step for t in tasks(case)] == ["submit"]
    walk(case, offices.starter)
    assert {t.step for t in tasks(case)} == {"check", "review"}
    assert [v.state for v in Visit.objects.filter(case=case, step="split").order_by("pk")] == ["cancelled", "open"]


def test_back_inside_a_branch_leaves_the_other_alone(offices: Offices) -> None:
    in_force(FORKED)
    case = begin(offices.starter)
    do(offices.checker, Act.PASS, task(case, "check"))
    do(offices.leader, Act.RETURN, task(case, "note"), to="check", opinion="再看")
    assert {t.step for t in tasks(case)} == {"check", "review"}
    do(offices.reviewer, Act.PASS, task(case, "review"))
    do(offices.checker, Act.PASS, task(case, "check"))
    do(offices.leader, Act.PASS, task(case, "note"))
    assert task(case).step == "decide"


def test_into_a_branch_that_is_over_does_that_branch_again(offices: Offices) -> None:
    in_force(FORKED)
    case = begin(offices.starter)
    for who, step in ((offices.reviewer, "review"), (offices.checker, "check"), (offices.leader, "note")):
        do(who, Act.PASS, task(case, step))
    with pytest.raises(ValidationError, match="step by step"):
        do(offices.decider, Act.RETURN, task(case), to="note", opinion="补", resume="jump")
    do(offices.decider, Act.RETURN, task(case), to="note", opinion="补")
    assert [t.step for t in tasks(case)] == ["note"]
    walk(case, offices.leader)
    assert task(case).step == "decide"


def test_not_into_a_branch_beside(offices: Offices) -> None:
    in_force(FORKED)
    case = begin(offices.starter)
    do(offices.checker, Act.PASS, task(case, "check"))
    with pytest.raises(ValidationError, match="cannot be sent back"):
        do(offices.reviewer, Act.RETURN, task(case, "review"), to="check", opinion="x")


def test_an_act_costs_the_same_however_often_a_case_went_to_and_fro(offices: Offices) -> None:
    in_force(plan(submit("check"), person("check", "fund_monitor@self", "decide"), decide("decide", "officer@parent")))
    case = walk(begin(offices.starter), offices.checker)
    counts = []
    for _ in range(4):
        with CaptureQueriesContext(connection) as asked:
            do(offices.reviewer, Act.RETURN, task(case), to="check", opinion="再核")
            do(offices.checker, Act.PASS, task(case))
        counts.append(len(asked))
    assert len(set(counts[1:])) == 1, counts


def test_who_sent_it_back_may_not_be_told_to_decide_by_an_opinion(offices: Offices, deciding: Case) -> None:
    asked = somebody("officer", region="53")
    do(offices.decider, Act.ADD_SIGN, task(deciding), side="before", people=(asked.id,))
    with pytest.raises(Denied, match="asked for an opinion"):
        do(asked, Act.RETURN, task(deciding), to="check", opinion="x")
