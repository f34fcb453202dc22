"""What the plain form draws compiles to the same plan, fits the standard's schema, and keeps what others wrote."""

from dataclasses import replace

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.workflow.bpmn.amending import amended
from anzhi.foundation.workflow.bpmn.compiler import compiled
from anzhi.foundation.workflow.bpmn.drawing import drawn
from anzhi.foundation.workflow.bpmn.schema import departures
from anzhi.foundation.workflow.rules.plan import (
    Assignee,
    Countersign,
    Duty,
    Field,
    Kind,
    Limit,
    Node,
    Plan,
    Resume,
    Returns,
    Route,
    Row,
    Table,
    Timing,
    head_of,
    node_of,
    node_told,
    plan_of,
)
from foundation.workflow.drawings import ENDS, LIMITED, board, chain, line, person, plan, submit, task, ways

FORKED = plan(
    submit("split"),
    Node("split", "", Kind.FORK, (Route("to_a", "a"), Route("to_b", "b"))),
    person("a", "officer@self", "meet"),
    person("b", "finance@self", "meet"),
    Node("meet", "", Kind.JOIN, (Route("pass", "size"),)),
    Node(
        "size",
        "规模",
        Kind.RULE,
        ways(major="child", minor="choose"),
        table=Table((Row("major", at_least="100", need="66%"), Row("minor")), "invest", "sort"),
    ),
    Node("child", "子流程", Kind.CALL, ways(pass_="end", reject="refused"), calls="child"),
    Node("choose", "", Kind.CHOICE, (Route("w1", "refused", "重大", "is_major"), Route("w2", "end"))),
    fields=(Field("invest", "投资", "money", True),),
)
PLANS = {"chain": chain(**LIMITED), "board": board("66%", veto=True, sequential=True), "forked": FORKED}


@pytest.mark.parametrize("name", PLANS)
def test_a_drawn_plan_compiles_to_itself(name: str) -> None:
    assert compiled(drawn(PLANS[name])) == PLANS[name]


@pytest.mark.parametrize("name", PLANS)
def test_a_drawn_plan_fits_the_schema_of_the_standard(name: str) -> None:
    assert departures(drawn(PLANS[name]), settings.MODULES) == []


def test_a_departure_from_the_schema_is_told_with_its_line() -> None:
    wrong = line(task("a")).replace(b'<endEvent id="end"/>', b'<endEvent id="end" colour="red"/>')
    assert [flaw.code for flaw in departures(wrong, settings.MODULES)] == ["schema"]
    assert "colour" in str(departures(wrong, settings.MODULES)[0])


@pytest.mark.parametrize("name", PLANS)
def test_rows_of_the_database_say_the_same(name: str) -> None:
    whole = PLANS[name]
    nodes = tuple(node_of(n.code, n.name, n.kind.value, node_told(n), n.routes) for n in whole.nodes)
    assert plan_of(whole.key, head_of(whole), nodes) == whole


def test_amending_keeps_what_other_tools_wrote() -> None:
    theirs = line(
        task(
            "a",
            'anzhi:assignee="officer@self" anzhi:limit="9" camunda:formKey="f"',
            "<extensionElements><camunda:x y='1'/></extensionElements>",
        )
    )
    node = replace(compiled(theirs)["a"], name="复核", limit=None, bulk=True)
    after = amended(theirs, {"a": node})
    assert compiled(after)["a"] == node
    assert b'camunda:formKey="f"' in after
    assert b'<camunda:x y="1"/>' in after
    with pytest.raises(KeyError):
        amended(theirs, {"gone": node})


names = st.text("县市省审核意见 abc<>&'\"", min_size=1, max_size=12).map(lambda text: " ".join(text.split()) or "名")
steps = st.builds(
    Node,
    code=st.just("x"),
    name=names,
    kind=st.sampled_from([Kind.TASK, Kind.COUNTERSIGN]),
    duty=st.sampled_from(Duty),
    assignee=st.sampled_from(["starter", "leader@self", "officer@agency:530000000000", "finance@parent/财务科"]).map(
        Assignee.read
    ),
    countersign=st.builds(
        Countersign,
        need=st.sampled_from(["any", "all", "3", "66%", "100%"]),
        sequential=st.booleans(),
        veto=st.booleans(),
        abstain=st.booleans(),
    ),
    returns=st.sampled_from(Returns),
    resume=st.sampled_from(Resume),
    limit=st.none() | st.builds(Limit, st.sampled_from(["1", "20", "a.b"]), st.sampled_from(["working", "calendar"])),
    timing=st.sampled_from(Timing),
    attachments=st.lists(names.filter(lambda name: ";" not in name), max_size=3).map(tuple),
    bulk=st.booleans(),
    skip_same=st.booleans(),
    effect=st.sampled_from(["", "note"]),
)


def linked(found: list[Node]) -> Plan:
    """The steps one after another."""
    nodes = []
    for number, node in enumerate(found):
        to = f"s{number + 1}" if number + 1 < len(found) else "end"
        rule = node.countersign if node.kind is Kind.COUNTERSIGN else Countersign()
        nodes.append(replace(node, code=f"s{number}", routes=(Route("pass", to),), countersign=rule))
    return Plan("p", "任意", "s0", (*nodes, ENDS[0]))


@given(st.lists(steps, min_size=1, max_size=6).map(linked))
def test_any_form_survives_the_drawing(whole: Plan) -> None:
    assert compiled(drawn(whole)) == whole
