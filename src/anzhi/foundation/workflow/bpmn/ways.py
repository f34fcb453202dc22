"""The ways of a drawing: flows followed through gateways that only show outcomes or merge."""

from typing import Protocol

from lxml import etree

from anzhi.foundation.workflow.bpmn import properties
from anzhi.foundation.workflow.bpmn.flaws import Flaw
from anzhi.foundation.workflow.bpmn.reader import local, ours
from anzhi.foundation.workflow.rules.plan import PASS, REJECT, Kind, Route

WORDS = {"同意": PASS, "通过": PASS, "不同意": REJECT, "不予批准": REJECT}


class Drawn(Protocol):
    """What is asked of a drawing here."""

    flaws: list[Flaw]
    elements: dict[str, etree._Element]
    flows: list[etree._Element]

    def refuse(self, code: str, element: etree._Element | str = "", detail: str = "") -> None:
        """Note a flaw."""


def outgoing(drawing: Drawn, element: etree._Element) -> list[etree._Element]:
    """The flows that leave an element."""
    return [flow for flow in drawing.flows if flow.get("sourceRef") == element.get("id")]


def incoming(drawing: Drawn, element: etree._Element) -> list[etree._Element]:
    """The flows that reach it."""
    return [flow for flow in drawing.flows if flow.get("targetRef") == element.get("id")]


def asks(drawing: Drawn, gateway: etree._Element) -> bool:
    """Whether conditions choose behind an exclusive gateway; otherwise people do, or it only merges."""
    return any("when" in ours(flow) for flow in outgoing(drawing, gateway))


def parallel(drawing: Drawn, gateway: etree._Element) -> Kind:
    """Whether a parallel gateway splits or joins."""
    comes, goes = len(incoming(drawing, gateway)), len(outgoing(drawing, gateway))
    if comes > 1 and goes > 1:
        drawing.refuse("gateway_both", gateway)
    elif comes < 2 and goes < 2:
        drawing.refuse("gateway_idle", gateway)
    return Kind.FORK if goes > 1 else Kind.JOIN


def start(drawing: Drawn, nodes: set[str]) -> str:
    """The node the start leads to; empty, with a flaw, when that is not clear."""
    starts = [element for element in drawing.elements.values() if local(element) == "startEvent"]
    if len(starts) != 1:
        drawing.refuse("starts", detail=str(len(starts)))
        return ""
    flows = outgoing(drawing, starts[0])
    if len(flows) != 1 or incoming(drawing, starts[0]):
        drawing.refuse("start_way", starts[0])
        return ""
    code = target(drawing, flows[0])
    if code and code not in nodes:
        drawing.refuse("start_way", starts[0])
    return code if code in nodes else ""


def out_of(drawing: Drawn, element: etree._Element, kind: Kind) -> tuple[Route, ...]:
    """The ways out of a node, each with its outcome."""
    flows = outgoing(drawing, element)
    if kind is Kind.END:
        if flows:
            drawing.refuse("inside", element, "sequenceFlow")
        return ()
    if not flows:
        drawing.refuse("no_way_out", element)
        return ()
    if kind in (Kind.FORK, Kind.CHOICE):
        return _several(drawing, element, flows, kind)
    if len(flows) > 1:
        drawing.refuse("many_ways", element)
        return ()
    behind = drawing.elements.get(flows[0].get("targetRef", ""))
    if kind is not Kind.JOIN and behind is not None and _shows_outcomes(drawing, behind):
        return _outcomes(drawing, behind)
    to = target(drawing, flows[0])
    outcome = properties.read(flows[0], properties.FLOW, drawing.flaws).get("outcome", PASS)
    return (Route(outcome, to, flows[0].get("name", "")),) if to else ()


def target(drawing: Drawn, flow: etree._Element) -> str:
    """Where a flow leads, past gateways that only merge; empty, with a flaw, when nowhere."""
    seen: set[str] = set()
    while True:
        code = flow.get("targetRef", "")
        element = drawing.elements.get(code)
        if element is None:
            drawing.refuse("dangling", flow, code)
            return ""
        if local(element) != "exclusiveGateway" or asks(drawing, element):
            return code
        flows = outgoing(drawing, element)
        if len(flows) != 1 or code in seen:
            drawing.refuse("unnamed" if len(flows) > 1 else "idle_loop" if flows else "no_way_out", element)
            return ""
        seen.add(code)
        flow = flows[0]


def _shows_outcomes(drawing: Drawn, element: etree._Element) -> bool:
    gateway = local(element) == "exclusiveGateway" and not asks(drawing, element)
    return gateway and len(outgoing(drawing, element)) > 1


def _outcomes(drawing: Drawn, gateway: etree._Element) -> tuple[Route, ...]:
    """The ways that people choose from behind a step."""
    found: dict[str, Route] = {}
    for flow in outgoing(drawing, gateway):
        name = " ".join(flow.get("name", "").split())
        outcome = properties.read(flow, properties.FLOW, drawing.flaws).get("outcome", WORDS.get(name, name))
        if not outcome or len(outcome) > 80:
            drawing.refuse("unnamed", gateway)
            continue
        if outcome in found:
            drawing.refuse("outcome_twice", gateway, outcome)
        if to := target(drawing, flow):
            found[outcome] = Route(outcome, to, name)
    return tuple(found.values())


def _several(drawing: Drawn, element: etree._Element, flows: list[etree._Element], kind: Kind) -> tuple[Route, ...]:
    """Branches of a split, or ways chosen by conditions; the one without a condition comes last."""
    found = []
    for number, flow in enumerate(flows, 1):
        when = properties.read(flow, properties.FLOW, drawing.flaws).get("when", "")
        if to := target(drawing, flow):
            found.append(Route(flow.get("id") or str(number), to, flow.get("name", ""), when))
    if kind is Kind.CHOICE:
        bare = [route for route in found if not route.when]
        if len(bare) != 1:
            drawing.refuse("two_defaults" if bare else "no_default", element)
        found.sort(key=lambda route: not route.when)
    return tuple(found)
