"""From a drawing to a plan. What cannot be run is refused, naming the element; nothing is skipped."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from anzhi.foundation.workflow.bpmn import checks, properties, ways
from anzhi.foundation.workflow.bpmn.flaws import Flaw, Unrunnable
from anzhi.foundation.workflow.bpmn.reader import MODEL, MOST, local, opened, process_of
from anzhi.foundation.workflow.rules.plan import Kind, Node, Plan

SILENT = {  # kept, drawn, and without meaning for a run
    "laneSet",
    "extensionElements",
    "documentation",
    "textAnnotation",
    "association",
    "group",
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
}
RUN = {
    "startEvent",
    "endEvent",
    "userTask",
    "businessRuleTask",
    "callActivity",
    "exclusiveGateway",
    "parallelGateway",
    "sequenceFlow",
}
INSIDE = {"incoming", "outgoing", "documentation", "extensionElements"}
ID = re.compile(r"[^\W\d][\w.\-]*")
NAME = 200
KINDS = {
    "userTask": Kind.TASK,
    "businessRuleTask": Kind.RULE,
    "callActivity": Kind.CALL,
    "endEvent": Kind.END,
}


@dataclass
class Drawing:
    """The elements of a process by id, and what is wrong with it so far."""

    process: etree._Element
    flaws: list[Flaw] = field(default_factory=list)
    elements: dict[str, etree._Element] = field(default_factory=dict)
    flows: list[etree._Element] = field(default_factory=list)

    def refuse(self, code: str, element: etree._Element | str = "", detail: str = "") -> None:
        """Note a flaw."""
        name = element if isinstance(element, str) else element.get("id") or local(element)
        self.flaws.append(Flaw(code, name, detail))


def compiled(source: bytes, known: checks.Known | None = None, most: int = MOST) -> Plan:
    """The plan of a drawing. Raises Unrunnable with every flaw; `known` is what the system has to offer."""
    root = opened(source, most)
    drawing = Drawing(process_of(root))
    _beside(root, drawing)
    _collect(drawing)
    _stop(drawing)
    nodes = _nodes(drawing)
    head = properties.read(drawing.process, properties.PROCESS, drawing.flaws)
    fields = properties.fields(drawing.process, drawing.flaws)
    start = ways.start(drawing, {node.code for node in nodes})
    _stop(drawing)
    process = drawing.process
    plan = Plan(
        process.get("id", ""), process.get("name") or process.get("id", ""), start, nodes, fields=fields, **head
    )
    if flaws := checks.flaws_of(plan, known):
        raise Unrunnable(flaws)
    return plan


def _stop(drawing: Drawing) -> None:
    if drawing.flaws:
        raise Unrunnable(drawing.flaws)


def _beside(root: etree._Element, drawing: Drawing) -> None:
    """Other elements beside the process: a pool around it is a picture, messages between pools are not."""
    for child in root:
        if not isinstance(child.tag, str) or local(child) in ("process", "documentation", "extensionElements", ""):
            continue
        if local(child) != "collaboration":
            drawing.refuse("element", child, local(child))
            continue
        for part in child:
            if isinstance(part.tag, str) and local(part) in ("messageFlow", "conversationNode"):
                drawing.refuse("element", part, local(part))


def _collect(drawing: Drawing) -> None:
    for child in drawing.process:
        if not isinstance(child.tag, str) or local(child) in SILENT:
            continue
        if local(child) not in RUN:
            drawing.refuse("element", child, local(child) or str(child.tag))
            continue
        _named(drawing, child)
        for part in child:
            _part(drawing, child, part)
        if local(child) == "sequenceFlow":
            drawing.flows.append(child)
        else:
            drawing.elements[child.get("id", "")] = child
    _named(drawing, drawing.process)


def _named(drawing: Drawing, element: etree._Element) -> None:
    code, name = element.get("id", ""), element.get("name", "")
    if not ID.fullmatch(code) or len(code) > 120:
        drawing.refuse("id", element)
    elif code in drawing.elements or any(flow.get("id") == code for flow in drawing.flows):
        drawing.refuse("id_twice", element)
    if len(name) > NAME:
        drawing.refuse("name_long", element, str(NAME))
    if any(unicodedata.category(sign) in ("Cf", "Cc", "Co") for sign in name.replace("\n", "").replace("\r", "")):
        drawing.refuse("name_marks", element)


def _part(drawing: Drawing, element: etree._Element, part: Any) -> None:
    if not isinstance(part.tag, str) or local(part) in INSIDE:
        return
    if local(part) == "conditionExpression" or "script" in local(part).lower():
        drawing.refuse("code", element)
    else:
        drawing.refuse("inside", element, local(part) or str(part.tag))


def _nodes(drawing: Drawing) -> tuple[Node, ...]:
    found = []
    for code, element in drawing.elements.items():
        kind = _kind(drawing, element)
        if kind is None:
            continue
        told = _told(drawing, element, kind)
        if "countersign" in told:
            kind = Kind.COUNTERSIGN
        name = " ".join(element.get("name", "").split())
        found.append(Node(code, name, kind, ways.out_of(drawing, element, kind), **told))
    return tuple(found)


def _kind(drawing: Drawing, element: etree._Element) -> Kind | None:
    """What an element becomes; None for those that only show the way."""
    name = local(element)
    if name == "exclusiveGateway":
        return Kind.CHOICE if ways.asks(drawing, element) else None
    if name == "parallelGateway":
        return ways.parallel(drawing, element)
    return KINDS.get(name)


def _told(drawing: Drawing, element: etree._Element, kind: Kind) -> dict[str, Any]:
    if kind is Kind.TASK:
        return properties.step(element, drawing.flaws)
    if kind is Kind.END:
        return properties.read(element, properties.END, drawing.flaws)
    told = properties.read(element, {}, drawing.flaws)
    if kind is Kind.RULE:
        return told | {"table": properties.table(element, drawing.flaws)}
    if kind is Kind.CALL:
        return told | {"calls": element.get("calledElement", "")}
    return told


__all__ = ["MODEL", "Drawing", "compiled"]
