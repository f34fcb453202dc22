"""Definitions: every drawing that cannot run is refused, naming its element."""

import pytest

from anzhi.foundation.workflow.bpmn.compiler import compiled
from anzhi.foundation.workflow.bpmn.flaws import SENTENCES, Unrunnable
from anzhi.foundation.workflow.rules.plan import (
    PASS,
    REJECT,
    Assignee,
    Countersign,
    Duty,
    Kind,
    Limit,
    Place,
    Resume,
    Returns,
    Row,
    Timing,
)
from foundation.workflow.drawings import END, HEAD, KNOWN, START, drawing, flow, line, task

BOMB = (
    b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>"""
)
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>"""
DI_ONLY = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"><bpmndi:BPMNDiagram/></definitions>'
)


def refused(source: bytes, known: bool = False, **more: int) -> list[tuple[str, str]]:
    """Code and element of each flaw."""
    with pytest.raises(Unrunnable) as caught:
        compiled(source, KNOWN if known else None, **more)
    return caught.value.codes


# --- the file


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (BOMB, "dtd"),
        (EXTERNAL, "dtd"),
        (b"<!doctype html><html/>", "dtd"),
        ("<d/>".encode("utf-16"), "not_text"),
        (b"<d><e></d>", "not_xml"),
        (b"", "not_xml"),
        (b"<html/>", "not_bpmn"),
        (b"PK\x03\x04\xff\xfe", "not_text"),
        (DI_ONLY.encode(), "processes"),
        (f"{HEAD}<process id='a'/><process id='b'/></definitions>".encode(), "processes"),
    ],
    ids=["bomb", "external", "html", "utf16", "cut", "empty", "other", "zip", "di_only", "two"],
)
def test_a_file_that_is_no_drawing(source: bytes, code: str) -> None:
    assert refused(source) == [(code, "")]


def test_fifty_megabytes_are_not_even_read() -> None:
    assert refused(b"<" * (50 * 1024 * 1024)) == [("too_big", "")]


def test_nesting_without_end_is_refused() -> None:
    assert refused(
        (HEAD + "<process id='p'>" + "<a>" * 5000 + "</a>" * 5000 + "</process></definitions>").encode()
    ) == [("not_xml", "")]


# --- the way


@pytest.mark.parametrize(
    ("parts", "flaws"),
    [
        ((END, task("a"), flow("f", "a", "end")), {("starts", "")}),
        (
            (START, '<startEvent id="go2"/>', END, task("a"), flow("f", "go", "a"), flow("g", "a", "end")),
            {("starts", "")},
        ),
        ((START, task("a"), flow("f", "go", "a")), {("no_way_out", "a")}),
        (
            (START, END, task("a"), task("b"), flow("f", "go", "a"), flow("g", "a", "end"), flow("h", "b", "end")),
            {("unreachable", "b")},
        ),
        ((START, END, task("a"), flow("f", "go", "a"), flow("g", "a", "gone")), {("dangling", "g")}),
        (
            (START, END, task("a"), flow("f", "go", "a"), flow("g", "a", "end"), flow("h", "a", "end")),
            {("many_ways", "a")},
        ),
        ((START, END, flow("f", "go", "end")), {("no_steps", "")}),
        (
            (START, task("a"), task("b"), flow("f", "go", "a"), flow("g", "a", "b"), flow("h", "b", "a")),
            {("no_end", "a"), ("no_end", "b")},
        ),
    ],
    ids=["no_start", "two_starts", "dead_end", "unreachable", "dangling", "many_ways", "no_steps", "no_end"],
)
def test_ways_that_lead_nowhere(parts: tuple[str, ...], flaws: set[tuple[str, str]]) -> None:
    assert set(refused(drawing(*parts))) == flaws


def gateway(*ways: str, kind: str = "exclusiveGateway") -> bytes:
    """One step, a gateway g behind it, and ways out of it."""
    return drawing(
        START,
        END,
        '<endEvent id="no" anzhi:result="rejected"/>',
        task("a"),
        f'<{kind} id="g"/>',
        flow("f1", "go", "a"),
        flow("f2", "a", "g"),
        *ways,
    )


def test_a_gateway_without_names() -> None:
    assert refused(gateway(flow("x", "g", "end"), flow("y", "g", "no"))) == [("unnamed", "g"), ("unnamed", "g")]


def test_duplicate_outcome_names() -> None:
    same = 'name="同意"'
    assert refused(gateway(flow("x", "g", "end", same), flow("y", "g", "no", same)))[0] == ("outcome_twice", "g")


def test_outcomes_are_named_by_the_ways_or_by_our_own_word() -> None:
    plan = compiled(
        gateway(flow("x", "g", "end", 'name="同意"'), flow("y", "g", "no", 'anzhi:outcome="reject" name="驳"'))
    )
    assert [(r.outcome, r.to, r.name) for r in plan["a"].routes] == [(PASS, "end", "同意"), (REJECT, "no", "驳")]


def test_a_step_that_nobody_can_pass() -> None:
    assert refused(gateway(flow("x", "g", "end", 'name="甲"'), flow("y", "g", "no", 'name="乙"'))) == [("no_pass", "a")]


def test_conditions_choose_and_one_way_is_left_without() -> None:
    plan = compiled(gateway(flow("x", "g", "end"), flow("y", "g", "no", 'anzhi:when="is_major"')), KNOWN)
    assert [(r.to, r.when) for r in plan["g"].routes] == [("no", "is_major"), ("end", "")]
    when = 'anzhi:when="is_major"'
    assert refused(gateway(flow("x", "g", "end", when), flow("y", "g", "no", when))) == [("no_default", "g")]
    three = (flow("x", "g", "end"), flow("y", "g", "no", when), flow("z", "g", "end"))
    assert refused(gateway(*three)) == [("two_defaults", "g")]


def test_a_loop_without_a_human_step() -> None:
    parts = (
        START,
        END,
        task("a"),
        '<exclusiveGateway id="g"/>',
        '<exclusiveGateway id="h"/>',
        flow("1", "go", "a"),
        flow("2", "a", "g"),
        flow("3", "g", "h", 'anzhi:when="is_major"'),
        flow("4", "g", "end"),
        flow("5", "h", "g", 'anzhi:when="is_major"'),
        flow("6", "h", "end"),
    )
    assert set(refused(drawing(*[part.replace('id="', 'id="n').replace('Ref="', 'Ref="n') for part in parts]))) == {
        ("idle_loop", "ng"),
        ("idle_loop", "nh"),
    }


def test_a_loop_through_a_step_is_fine() -> None:
    plan = compiled(
        gateway(
            flow("x", "g", "end", 'name="同意"'),
            flow("y", "g", "a", 'name="再议"'),
            flow("z", "g", "no", 'name="不同意"'),
        )
    )
    assert plan["a"].route("再议").to == "a"


# --- elements


@pytest.mark.parametrize(
    "element",
    ["scriptTask", "serviceTask", "subProcess", "boundaryEvent", "inclusiveGateway", "intermediateCatchEvent"],
)
def test_an_unknown_element_is_named(element: str) -> None:
    assert refused(drawing(START, END, f'<{element} id="odd"/>', task("a"))) == [("element", "odd")]


def test_another_vendor_s_element_in_the_flow_is_refused_too() -> None:
    assert refused(drawing(START, END, '<camunda:robot id="r"/>', task("a"))) == [("element", "r")]


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<multiInstanceLoopCharacteristics/>", "inside"),
        ("<potentialOwner/>", "inside"),
        ("<ioSpecification/>", "inside"),
    ],
)
def test_what_hides_inside_a_step_is_refused(inside: str, code: str) -> None:
    assert refused(line(task("a", inside=inside))) == [(code, "a")]


def test_no_code_runs_from_a_drawing() -> None:
    expression = "<conditionExpression>__import__('os').system('id')</conditionExpression>"
    way = f'<sequenceFlow id="x" sourceRef="g" targetRef="end">{expression}</sequenceFlow>'
    assert refused(gateway(way)) == [("code", "x")]


def test_messages_between_pools_are_refused_and_a_pool_is_a_picture() -> None:
    parts = line(task("a")).decode()
    pool = '<participant id="pool" processRef="p"/>'
    assert compiled(parts.replace("<process", f'<collaboration id="c">{pool}</collaboration><process').encode()).steps
    message = '<messageFlow id="m" sourceRef="a" targetRef="b"/>'
    told = parts.replace("<process", f'<collaboration id="c">{message}</collaboration><process')
    assert refused(told.encode()) == [("element", "m")]


def test_other_vendors_extensions_mean_nothing_and_harm_nothing() -> None:
    more = 'anzhi:assignee="officer@self" camunda:assignee="${execution.getVariable(\'x\')}"'
    inside = "<extensionElements><camunda:taskListener class='com.x.Y'/></extensionElements>"
    plain, theirs = line(task("a")), line(task("a", more, inside))
    assert compiled(theirs) == compiled(plain)


@pytest.mark.parametrize(
    ("code", "fine"),
    [
        ("县级意见", True),
        ("step-1.b_2", True),
        ("😀", False),
        ("a b", False),
        ("a&#13;&#10;b", False),
        ("a&#x202E;b", False),
        ("1a", False),
        ("", False),
        ("a" * 121, False),
    ],
)
def test_ids_in_chinese_emoji_and_with_breaks(code: str, fine: bool) -> None:
    source = drawing(START, END, task(code), flow("f1", "go", code), flow("f2", code, "end"))
    if fine:
        assert compiled(source).start == code
    else:
        assert ("id" in {flaw for flaw, _element in refused(source)}) is True


def test_an_id_used_twice() -> None:
    assert ("id_twice", "a") in refused(drawing(START, END, task("a"), task("a")))


def named(name: str) -> bytes:
    return drawing(
        START,
        END,
        f'<userTask id="a" name="{name}" anzhi:assignee="officer@self"/>',
        flow("f1", "go", "a"),
        flow("f2", "a", "end"),
    )


def test_a_name_of_ten_thousand_characters() -> None:
    assert refused(named("长" * 10_000)) == [("name_long", "a")]


def test_a_name_that_turns_the_reading_direction() -> None:
    assert refused(named("批\u202e准")) == [("name_marks", "a")]


@pytest.mark.parametrize(
    "name", ["'; DROP TABLE workflow_case; --", "&lt;script&gt;alert(1)&lt;/script&gt;", "县&#13;&#10;级"]
)
def test_sql_and_html_in_names_are_only_names(name: str) -> None:
    expected = name.replace("&lt;", "<").replace("&gt;", ">").replace("&#13;&#10;", " ")
    assert compiled(named(name))["a"].name == expected


# --- properties


def test_everything_a_step_can_say() -> None:
    more = (
        'anzhi:assignee="leader@agency:530000000000/计划财务处/安置处" anzhi:need="66%" anzhi:veto="true"'
        ' anzhi:sequential="true" anzhi:abstain="false" anzhi:duty="decide" anzhi:returns="previous"'
        ' anzhi:resume="jump" anzhi:limit="3 calendar" anzhi:timing="excluded" anzhi:attachments="请示；附图; 意见"'
        ' anzhi:bulk="true" anzhi:effect="note" anzhi:apart="b"'
    )
    step = compiled(line(task("b"), task("a", more)), KNOWN)["a"]
    assert step.kind is Kind.COUNTERSIGN
    assert step.assignee == Assignee("leader", Place.AGENCY, "530000000000", ("计划财务处", "安置处"))
    assert step.countersign == Countersign("66%", sequential=True, veto=True, abstain=False)
    assert (step.duty, step.returns, step.resume) == (Duty.DECIDE, Returns.PREVIOUS, Resume.JUMP)
    assert (step.limit, step.timing) == (Limit("3", "calendar"), Timing.EXCLUDED)
    assert step.attachments == ("请示", "附图", "意见")
    assert (step.bulk, step.effect, step.apart) == (True, "note", ("b",))


@pytest.mark.parametrize(
    ("more", "flaw"),
    [
        ('anzhi:asignee="officer@self"', ("word", "a")),
        ('anzhi:assignee="officer"', ("value", "a")),
        ('anzhi:assignee="officer@agency"', ("value", "a")),
        ('anzhi:assignee="officer@moon"', ("value", "a")),
        ('anzhi:assignee="officer@self" anzhi:limit="soon"', ("value", "a")),
        ('anzhi:assignee="officer@self" anzhi:limit="-3"', ("value", "a")),
        ('anzhi:assignee="officer@self" anzhi:bulk="yes"', ("value", "a")),
        ('anzhi:assignee="officer@self" anzhi:duty="boss"', ("value", "a")),
        ("", ("no_assignee", "a")),
        ('anzhi:assignee="officer@self" anzhi:apart="b"', ("apart", "a")),
    ],
)
def test_properties_are_read_strictly(more: str, flaw: tuple[str, str]) -> None:
    assert flaw in refused(line(task("a", more)))


@pytest.mark.parametrize("need", ["0", "0%", "101%", "-1", "half", "", "1.5", "% 50"])
def test_a_quorum_that_cannot_be(need: str) -> None:
    assert refused(line(task("a", f'anzhi:assignee="officer@self" anzhi:need="{need}"'))) == [("need", "a")]


@pytest.mark.parametrize(
    ("more", "flaw"),
    [
        ('anzhi:assignee="emperor@self"', ("role", "a")),
        ('anzhi:assignee="officer@self" anzhi:effect="pay.money"', ("effect", "a")),
        ('anzhi:assignee="officer@self" anzhi:limit="no.such.days"', ("parameter", "a")),
    ],
)
def test_only_what_is_registered_can_be_named(more: str, flaw: tuple[str, str]) -> None:
    assert refused(line(task("a", more)), known=True) == [flaw]


def test_conditions_and_called_definitions_must_be_registered() -> None:
    ways = (flow("x", "g", "end"), flow("y", "g", "no", 'anzhi:when="moon_is_full"'))
    assert refused(gateway(*ways), known=True) == [("condition", "g")]
    assert refused(line(task("a"), '<callActivity id="c" calledElement="other"/>'), known=True) == [("call", "c")]
    assert compiled(line(task("a"), '<callActivity id="c" calledElement="child"/>'), KNOWN)["c"].calls == "child"


# --- decision tables


def ruled(rows: str) -> bytes:
    rule = (
        '<businessRuleTask id="r"><extensionElements><anzhi:table amount="invest" kind="change">'
        f"{rows}</anzhi:table></extensionElements></businessRuleTask>"
    )
    return drawing(
        START,
        END,
        task("a"),
        task("b"),
        rule,
        '<exclusiveGateway id="g"/>',
        flow("f1", "go", "a"),
        flow("f2", "a", "r"),
        flow("f3", "r", "g"),
        flow("f4", "g", "b", 'name="major"'),
        flow("f5", "g", "end", 'name="minor"'),
        flow("f6", "b", "end"),
    )


MAJOR = '<anzhi:row then="major" at_least="5000000" need="all"/>'


def test_a_decision_table_is_read_in_order() -> None:
    table = compiled(ruled(MAJOR + '<anzhi:row then="minor"/>'))["r"].table
    assert (table.amount, table.kind) == ("invest", "change")
    assert table.rows == (Row("major", at_least="5000000", need="all"), Row("minor"))


@pytest.mark.parametrize(
    ("rows", "flaw"),
    [
        ("", ("table", "r")),
        (MAJOR, ("table_last", "r")),
        (MAJOR + '<anzhi:row then="huge"/>', ("table_way", "r")),
        ('<anzhi:row then="minor"/>' + MAJOR + '<anzhi:row then="minor"/>', ("table_shadow", "r")),
        ('<anzhi:row then="major" at_least="much"/><anzhi:row then="minor"/>', ("value", "r")),
        ('<anzhi:row then="major" need="120%" kind="x"/><anzhi:row then="minor"/>', ("need", "r")),
        ('<anzhi:row then="minor" code="exec()"/>', ("word", "")),
    ],
    ids=["empty", "gap", "no_way", "never", "amount", "need", "code"],
)
def test_a_decision_table_that_cannot_decide(rows: str, flaw: tuple[str, str]) -> None:
    assert flaw in refused(ruled(rows))


# --- branches


def forked(*flows: tuple[str, str], ends: tuple[str, ...] = ()) -> bytes:
    """Steps a, b between the split s and the join j, then c; `flows` are the ways."""
    parts = [task("a"), task("b"), task("c"), '<parallelGateway id="s"/>', '<parallelGateway id="j"/>']
    parts += [f'<endEvent id="{code}"/>' for code in ends]
    ways = [flow(f"w{n}", source, target) for n, (source, target) in enumerate(flows)]
    return drawing(START, END, *parts, *ways)


SPLIT = (("go", "s"), ("s", "a"), ("s", "b"))


def test_branches_that_split_and_meet() -> None:
    plan = compiled(forked(*SPLIT, ("a", "j"), ("b", "j"), ("j", "c"), ("c", "end")))
    assert (plan["s"].kind, plan["j"].kind) == (Kind.FORK, Kind.JOIN)
    assert [route.to for route in plan["s"].routes] == ["a", "b"]


@pytest.mark.parametrize(
    ("flows", "ends", "flaw"),
    [
        ((*SPLIT, ("a", "j"), ("b", "stop"), ("j", "c"), ("c", "end")), ("stop",), "gateway_idle"),
        ((*SPLIT, ("a", "b"), ("b", "c"), ("c", "end"), ("j", "c")), (), "gateway_idle"),
        ((*SPLIT, ("a", "c"), ("b", "c"), ("c", "end"), ("c", "end")), (), "many_ways"),
        ((*SPLIT, ("a", "j"), ("b", "j"), ("j", "c"), ("j", "end"), ("c", "end")), (), "gateway_both"),
    ],
)
def test_branches_that_do_not_meet(flows: tuple[tuple[str, str], ...], ends: tuple[str, ...], flaw: str) -> None:
    assert flaw in {code for code, _element in refused(forked(*flows, ends=ends))}


def two_splits(*flows: tuple[str, str]) -> bytes:
    """Steps a to d, splits s and t, joins j and k."""
    parts = [task(code) for code in "abcd"] + [f'<parallelGateway id="{code}"/>' for code in "stjk"]
    ways = [flow(f"w{n}", source, target) for n, (source, target) in enumerate(flows)]
    return drawing(START, END, *parts, *ways)


NESTED = (
    ("go", "s"),
    ("s", "a"),
    ("s", "t"),
    ("t", "b"),
    ("t", "c"),
    ("b", "j"),
    ("c", "j"),
    ("j", "k"),
    ("a", "k"),
    ("k", "d"),
    ("d", "end"),
)


def test_nested_branches() -> None:
    assert compiled(two_splits(*NESTED)).start == "s"


def test_a_branch_that_ends_or_crosses_is_refused() -> None:
    crossing = [("b", "k") if way == ("b", "j") else ("a", "j") if way == ("a", "k") else way for way in NESTED]
    assert {code for code, _element in refused(two_splits(*crossing))} & {"crossing", "two_joins", "no_fork"}
    ending = drawing(
        START,
        END,
        task("a"),
        task("b"),
        '<parallelGateway id="s"/>',
        flow("1w", "go", "s").replace("1w", "w1"),
        flow("w2", "s", "a"),
        flow("w3", "s", "b"),
        flow("w4", "a", "end"),
        flow("w5", "b", "end"),
    )
    assert {code for code, _element in refused(ending)} == {"branch_end", "crossing", "two_joins"}


def test_a_join_without_a_split() -> None:
    lonely = drawing(
        START,
        END,
        task("a"),
        task("b"),
        '<exclusiveGateway id="g"/>',
        '<parallelGateway id="j"/>',
        flow("w1", "go", "a"),
        flow("w2", "a", "g"),
        flow("w3", "g", "b", 'name="同意"'),
        flow("w4", "g", "j", 'name="乙"'),
        flow("w5", "b", "j"),
        flow("w6", "j", "end"),
    )
    assert ("no_fork", "j") in refused(lonely)


# --- sentences


def test_every_flaw_is_told_in_a_sentence_with_its_element() -> None:
    with pytest.raises(Unrunnable) as caught:
        compiled(drawing(START, END, '<scriptTask id="odd"/>', task("a")))
    assert "odd" in caught.value.messages[0]
    assert "scriptTask" in caught.value.messages[0]
    assert all("%(detail)s" not in str(flaw) for flaw in caught.value.flaws)
    assert len(SENTENCES) > 40
