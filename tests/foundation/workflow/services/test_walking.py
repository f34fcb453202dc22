"""A case from its beginning to its end: steps, outcomes, effects, conditions, tables, branches, sub-cases."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.audit.models import Event
from anzhi.foundation.workflow.models import Case, Clock, LogEntry, Task, Visit
from anzhi.foundation.workflow.rules.plan import Field, Kind, Limit, Node, Route, Row, Table
from anzhi.foundation.workflow.services.acts import Subject
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import chain, decide, person, plan, submit, ways
from foundation.workflow.offices import Offices, begin, do, in_force, rounds, somebody, task, tasks, trail, user, walk


def test_a_case_walks_over_three_tiers_to_its_end(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    assert (task(case).step, task(case).role, task(case).assignee) == ("check", "fund_monitor", None)
    case = walk(case, offices.checker, offices.reviewer, offices.decider)
    assert (case.state, case.ended_at is not None, tasks(case)) == ("approved", True, [])
    assert rounds(case) == ["submit1 passed", "check1 passed", "review1 passed", "decide1 passed"]
    assert trail(case) == [
        "start",
        "sent submit",
        "pass submit",
        "sent check",
        "pass check",
        "sent review",
        "pass review",
        "sent decide",
        "pass decide",
        "ended",
    ]
    events = Event.objects.filter(subject_type="workflow.case", subject_id=str(case.pk)).order_by("pk")
    assert list(events.values_list("name", flat=True)) == ["case.start", "case.pass", "case.pass", "case.pass"]


def test_a_refusal_needs_its_reason_and_ends_the_case(offices: Offices) -> None:
    in_force(chain())
    case = walk(begin(offices.starter), offices.checker, offices.reviewer)
    with pytest.raises(ValidationError, match="Say why"):
        do(offices.decider, Act.REJECT, task(case))
    done = do(offices.decider, Act.REJECT, task(case), opinion="资金来源不明")
    assert done.state == "rejected"
    assert LogEntry.objects.get(case=case, act="reject").opinion == "资金来源不明"


def test_a_step_that_only_passes_does_not_refuse(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    with pytest.raises(Denied, match="does not refuse"):
        do(offices.checker, Act.REJECT, task(case), opinion="否")
    with pytest.raises(ValidationError, match="no such outcome"):
        do(offices.checker, Act.PASS, task(case), outcome="再议", opinion="否")


def test_a_draft_is_not_handed_in_by_itself(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter, submit=False)
    assert (task(case).step, task(case).assignee_id) == ("submit", offices.starter.id)
    walk(case, offices.starter)
    assert task(case).step == "check"


def test_the_form_must_be_complete_before_it_is_handed_in(offices: Offices) -> None:
    fields = (Field("invest", "投资", "money", True), Field("note", "备注"))
    in_force(chain(fields=fields))
    with pytest.raises(ValidationError, match="投资"):
        begin(offices.starter)
    assert not Case.objects.exists()
    case = begin(offices.starter, facts={"invest": "120.50"})
    assert case.facts == {"invest": "120.50"}


@pytest.mark.parametrize("title", ["", "   ", "长" * 201])
def test_a_case_has_a_title(offices: Offices, title: str) -> None:
    in_force(chain())
    with pytest.raises(ValidationError, match="title"):
        begin(offices.starter, title=title)


def test_who_may_begin(offices: Offices) -> None:
    in_force(chain(tiers=("prefecture",)))
    with pytest.raises(Denied, match="does not begin"):
        begin(offices.starter)
    with pytest.raises(Denied, match="role"):
        begin(somebody("auditor_ro"))
    with pytest.raises(ValidationError, match="no published"):
        begin(offices.starter, "unknown")
    with pytest.raises(Denied, match="outside"):
        begin(offices.reviewer, region_code="530622000000")
    assert begin(offices.reviewer, region_code="532328000000").region_code == "532328000000"


def test_the_same_project_twice(offices: Offices) -> None:
    in_force(chain())
    project = Subject("projects.project", "7")
    first = begin(offices.starter, subject=project)
    with pytest.raises(ValidationError, match="already under way"):
        begin(offices.starter, subject=project)
    walk(first, offices.checker, offices.reviewer, offices.decider)
    assert begin(offices.starter, subject=project).pk != first.pk


# --- effects


def with_effect(name: str) -> Node:
    return Node("end", "end", Kind.END, effect=name)


def test_an_effect_happens_with_the_last_act(offices: Offices, effects: list[str]) -> None:
    whole = chain()
    in_force(replace(whole, nodes=tuple(with_effect("note") if n.code == "end" else n for n in whole.nodes)))
    case = walk(begin(offices.starter), offices.checker, offices.reviewer)
    assert effects == []
    walk(case, offices.decider)
    assert effects == ["end approved"]
    assert LogEntry.objects.get(case=case, act="effect").detail["effect"] == "note"


def test_when_the_effect_raises_nothing_has_moved(offices: Offices, effects: list[str]) -> None:
    whole = chain()
    in_force(replace(whole, nodes=tuple(with_effect("burst") if n.code == "end" else n for n in whole.nodes)))
    case = walk(begin(offices.starter), offices.checker, offices.reviewer)
    before = (trail(case), rounds(case), case.version)
    with pytest.raises(RuntimeError, match="burst"):
        do(offices.decider, Act.PASS, task(case))
    case.refresh_from_db()
    assert (trail(case), rounds(case), case.version) == before
    assert (case.state, task(case).step) == ("running", "decide")


def test_a_step_s_own_effect_happens_when_it_is_passed_only(offices: Offices, effects: list[str]) -> None:
    in_force(
        plan(submit("check"), person("check", "fund_monitor@self", "decide", effect="note"), decide(effect="note"))
    )
    case = walk(begin(offices.starter), offices.checker)
    do(offices.decider, Act.REJECT, task(case), opinion="不符合规划")
    assert effects == ["check pass"]


# --- conditions and tables


CHOICE = plan(
    submit("which"),
    Node("which", "规模", Kind.CHOICE, (Route("w1", "decide", "重大", "is_major"), Route("w2", "check", "一般"))),
    person("check", "fund_monitor@self"),
    decide(),
)


@pytest.mark.parametrize(("size", "step"), [("major", "decide"), ("minor", "check"), (None, "check")])
def test_a_condition_chooses_the_way(offices: Offices, effects: list[str], size: str | None, step: str) -> None:
    in_force(CHOICE)
    case = begin(offices.starter, facts={"size": size})
    assert task(case).step == step
    why = task(case).why["step"]
    assert why == [{"choice": "which", "when": "is_major" if size == "major" else ""}]


RULED = plan(
    submit("rule"),
    Node(
        "rule",
        "分级",
        Kind.RULE,
        ways(major="sign", minor="check"),
        table=Table(
            (
                Row("major", at_least="5000000", need="all"),
                Row("major", kind="boundary", need="1"),
                Row("minor", region="5323"),
                Row("major", need="any"),
            ),
            "amount",
            "sort",
        ),
    ),
    person("sign", "officer@parent", countersign=replace(person("x", "starter").countersign, need="all")),
    person("check", "fund_monitor@self"),
)


@pytest.mark.parametrize(
    ("facts", "step", "need", "row"),
    [
        ({"amount": "5,000,000"}, "sign", "all", 1),
        ({"amount": "4999999.99"}, "check", "", 3),
        ({"amount": "1", "sort": "boundary"}, "sign", "1", 2),
        ({}, "check", "", 3),
        ({"amount": "much"}, "check", "", 3),
    ],
)
def test_a_decision_table_names_the_way_and_how_many(
    offices: Offices, facts: dict, step: str, need: str, row: int
) -> None:
    in_force(RULED)
    case = begin(offices.starter, facts=facts)
    assert task(case).step == step
    assert Visit.objects.get(case=case, step=step).need == need
    assert task(case).why["step"][0]["row"] == row


# --- branches


FORKED = plan(
    submit("split"),
    Node("split", "", Kind.FORK, (Route("to_a", "check"), Route("to_b", "review"))),
    person("check", "fund_monitor@self", "note"),
    person("note", "leader@self", "meet"),
    person("review", "officer@parent", "meet"),
    Node("meet", "", Kind.JOIN, (Route("pass", "decide"),)),
    decide(),
)


def test_branches_run_side_by_side_and_wait_for_each_other(offices: Offices) -> None:
    in_force(FORKED)
    case = begin(offices.starter)
    assert [t.step for t in tasks(case)] == ["check", "review"]
    do(offices.reviewer, Act.PASS, task(case, "review"))
    assert [t.step for t in tasks(case)] == ["check"]
    walk(case, offices.checker)
    walk(case, offices.leader)
    assert [t.step for t in tasks(case)] == ["decide"]
    assert Visit.objects.get(case=case, step="split").state == "passed"


def test_the_order_of_the_branches_does_not_matter(offices: Offices) -> None:
    in_force(FORKED)
    case = begin(offices.starter)
    do(offices.checker, Act.PASS, task(case, "check"))
    do(offices.leader, Act.PASS, task(case, "note"))
    do(offices.reviewer, Act.PASS, task(case, "review"))
    assert walk(case, offices.decider).state == "approved"


# --- sub-cases


def test_a_case_waits_for_the_case_it_calls(offices: Offices) -> None:
    in_force(plan(submit("look", "hand"), decide("look", "leader@self"), key="child"))
    in_force(
        plan(
            submit("call"),
            Node("call", "专题", Kind.CALL, ways(pass_="decide", reject="refused"), calls="child"),
            decide(),
        )
    )
    case = begin(offices.starter, facts={"size": 3})
    child = Case.objects.get(parent=case)
    assert (child.key, child.title, child.facts) == ("child", case.title, {"size": 3})
    assert tasks(case) == []
    walk(child, offices.starter, offices.leader)
    assert task(case).step == "decide"
    assert walk(case, offices.decider).state == "approved"


def test_a_refused_sub_case_leads_the_other_way(offices: Offices) -> None:
    in_force(plan(submit("look", "hand"), decide("look", "leader@self"), key="child"))
    in_force(
        plan(
            submit("call"),
            Node("call", "专题", Kind.CALL, ways(pass_="decide", reject="refused"), calls="child"),
            decide(),
        )
    )
    case = begin(offices.starter)
    child = Case.objects.get(parent=case)
    walk(child, offices.starter)
    do(offices.leader, Act.REJECT, task(child), opinion="论证不足")
    case.refresh_from_db()
    assert case.state == "rejected"


# --- who gets it, and why


def test_nobody_found_is_put_into_the_queue_with_an_alarm(offices: Offices) -> None:
    in_force(plan(submit("money"), person("money", "finance@self")))
    case = begin(offices.starter)
    row = task(case)
    assert (row.queued, row.role) == (True, "finance")
    assert LogEntry.objects.get(case=case, act="alarm").detail["told"] == ["周明德"]
    clerk = somebody("finance")
    with pytest.raises(Denied, match="somebody else"):
        do(clerk, Act.PASS, row)
    with pytest.raises(Denied, match="role"):
        do(offices.checker, Act.ASSIGN, row, people=(clerk.id,))
    do(offices.leader, Act.ASSIGN, row, people=(clerk.id,))
    assert walk(case, clerk).state == "approved"


def test_the_starter_left_before_it_came_back(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    leaver = offices.starter
    row = user(leaver)
    row.is_active = False
    row.save()
    do(offices.checker, Act.RETURN, task(case), to="submit", opinion="缺件", items=("请示",))
    assert (task(case).step, task(case).queued) == ("submit", True)


def test_why_me_why_this_step_why_this_deadline(offices: Offices) -> None:
    whole = chain()
    limited = tuple(replace(n, limit=Limit("5")) if n.code == "review" else n for n in whole.nodes)
    in_force(replace(whole, nodes=limited))
    case = walk(begin(offices.starter), offices.checker)
    why = task(case).why
    assert why["me"]["rule"] == "officer@parent"
    assert why["step"] == [{"from": "check", "outcome": "pass"}]
    assert why["due"] == [{"limit": 5, "unit": "working", "basis": ""}]
    assert task(case).due_at == Clock.objects.get(visit__step="review").due_at


def test_the_same_person_is_asked_once_where_the_step_says_so(offices: Offices) -> None:
    first = person("check", "fund_monitor@self", "again")
    in_force(plan(submit("check"), first, person("again", "fund_monitor@self", "decide", skip_same=True), decide()))
    case = walk(begin(offices.starter), offices.checker)
    assert task(case).step == "decide"
    assert LogEntry.objects.get(case=case, act="pass", step="again").detail == {"same_person": True}


def test_documents_a_step_asks_for_are_named_when_they_are_missing(offices: Offices) -> None:
    in_force(plan(submit("check"), person("check", "fund_monitor@self", attachments=("请示", "附图"))))
    case = begin(offices.starter)
    with pytest.raises(ValidationError, match="请示、附图"):
        do(offices.checker, Act.PASS, task(case))


def test_running_cases_keep_their_edition(offices: Offices) -> None:
    in_force(chain())
    old = begin(offices.starter)
    in_force(plan(submit("decide"), decide("decide", "leader@self")))
    new = begin(offices.starter)
    assert (task(old).step, task(new).step) == ("check", "decide")
    walk(old, offices.checker, offices.reviewer, offices.decider)
    assert old.definition.version == 1
    assert Task.objects.filter(case=old, step="review").exists()
