"""Drawings and plans for the tests."""

from collections.abc import Iterable
from itertools import pairwise

from anzhi.foundation.workflow.bpmn.checks import Known
from anzhi.foundation.workflow.rules.plan import (
    PASS,
    REJECT,
    Assignee,
    Countersign,
    Duty,
    Kind,
    Limit,
    Node,
    Place,
    Plan,
    Result,
    Returns,
    Route,
)

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:anzhi="urn:anzhi:workflow:1"'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t" id="d">'
)
START = '<startEvent id="go"/>'
END = '<endEvent id="end"/>'
KNOWN = Known(
    roles=("officer", "leader", "finance", "fund_monitor"),
    conditions=("is_major",),
    effects=("note",),
    definitions=("child",),
    parameters=("workflow.countersign.days",),
)


def flow(code: str, source: str, target: str, more: str = "") -> str:
    """A sequence flow."""
    return f'<sequenceFlow id="{code}" sourceRef="{source}" targetRef="{target}" {more}/>'


def task(code: str, more: str = 'anzhi:assignee="officer@self"', inside: str = "") -> str:
    """A user task."""
    return f'<userTask id="{code}" name="{code}" {more}>{inside}</userTask>'


def drawing(*parts: str, process: str = 'id="p" name="P"', after: str = "") -> bytes:
    """A whole file around the parts of a process."""
    return f"{HEAD}<process {process}>{''.join(parts)}</process>{after}</definitions>".encode()


def line(*steps: str) -> bytes:
    """Steps one after another, from the start to the end."""
    codes = ["go", *(part.split('id="')[1].split('"')[0] for part in steps), "end"]
    flows = [flow(f"f{n}", a, b) for n, (a, b) in enumerate(pairwise(codes))]
    return drawing(START, END, *steps, *flows)


def ways(**outcomes: str) -> tuple[Route, ...]:
    """Ways by outcome; `pass_` stands for pass."""
    return tuple(Route(outcome.rstrip("_"), to) for outcome, to in outcomes.items())


def person(
    code: str, assignee: str, to: str = "end", *, duty: Duty = Duty.REVIEW, routes: Iterable[Route] = (), **more: object
) -> Node:
    """A step for people, sending back to any step unless said otherwise."""
    told: dict = {"returns": Returns.ANY} | more
    kind = Kind.COUNTERSIGN if "countersign" in more else Kind.TASK
    return Node(
        code, code, kind, tuple(routes) or (Route(PASS, to),), duty=duty, assignee=Assignee.read(assignee), **told
    )


def submit(to: str, code: str = "submit") -> Node:
    """Where the person who begins a case writes and hands in."""
    return person(code, "starter", to, duty=Duty.SUBMIT, returns=Returns.NONE)


def decide(code: str = "decide", assignee: str = "leader@province", to: str = "end", **more: object) -> Node:
    """A decision that passes or refuses."""
    return person(code, assignee, duty=Duty.DECIDE, routes=ways(pass_=to, reject="refused"), **more)


ENDS = (Node("end", "end", Kind.END), Node("refused", "refused", Kind.END, result=Result.REJECTED))


def plan(*nodes: Node, key: str = "outline", **more: object) -> Plan:
    """A plan that begins at its first node; both ends are there when somebody leads to them."""
    reached = {route.to for node in nodes for route in node.routes}
    return Plan(key, "规划大纲审核", nodes[0].code, nodes + tuple(e for e in ENDS if e.code in reached), **more)


def chain(**more: object) -> Plan:
    """County hands in, county checks, prefecture reviews, province decides."""
    return plan(
        submit("check"),
        person("check", "fund_monitor@self", "review"),
        person("review", "officer@parent", "decide"),
        decide(),
        **more,
    )


def board(need: str = "all", **more: object) -> Plan:
    """Handed in, countersigned by the province's officers, decided."""
    rule = Countersign(need, **{k: v for k, v in more.items() if k in ("sequential", "veto", "abstain")})
    rest = {k: v for k, v in more.items() if k not in ("sequential", "veto", "abstain")}
    return plan(submit("sign"), person("sign", "officer@province", "decide", countersign=rule, **rest), decide())


LIMITED = {"statutory": Limit("20"), "service": Limit("7"), "tiers": ("county",)}
AT_PROVINCE = Place.PROVINCE
REFUSING = ways(pass_="end", reject="refused")
__all__ = ["AT_PROVINCE", "KNOWN", "LIMITED", "REFUSING", "REJECT", "board", "chain", "plan"]
