"""From a plan to a drawing: what the plain form saves. `compiled(drawn(plan)) == plan`."""

from collections.abc import Mapping
from dataclasses import fields

from lxml import etree

from anzhi.foundation.workflow.bpmn import layout
from anzhi.foundation.workflow.bpmn.reader import MODEL, OURS
from anzhi.foundation.workflow.rules.plan import HUMAN, PASS, Countersign, Kind, Node, Plan, Result, Route, Table

TAGS = {
    Kind.TASK: "userTask",
    Kind.COUNTERSIGN: "userTask",
    Kind.CHOICE: "exclusiveGateway",
    Kind.RULE: "businessRuleTask",
    Kind.FORK: "parallelGateway",
    Kind.JOIN: "parallelGateway",
    Kind.CALL: "callActivity",
    Kind.END: "endEvent",
}
ASKS = (*HUMAN, Kind.RULE, Kind.CALL)
NAMES = {None: MODEL, "anzhi": OURS, "bpmndi": layout.BPMNDI, "dc": layout.DC, "di": layout.DI}


class Pen:
    """Draws flows; knows which ids are taken."""

    def __init__(self, process: etree._Element, plan: Plan) -> None:
        self.process, self.sketch = process, layout.Sketch()
        own = {route.outcome for node in plan.nodes if node.kind in (Kind.FORK, Kind.CHOICE) for route in node.routes}
        self.taken = {plan.key} | {node.code for node in plan.nodes} | own

    def unused(self, name: str) -> str:
        """An id nothing has yet."""
        number, code = 1, name
        while code in self.taken:
            number, code = number + 1, f"{name}_{number}"
        self.taken.add(code)
        return code

    def flow(self, code: str, source: str, route: Route) -> etree._Element:
        """A flow."""
        flow = etree.SubElement(self.process, _bpmn("sequenceFlow"), id=code, sourceRef=source, targetRef=route.to)
        if route.name:
            flow.set("name", route.name)
        self.sketch.edge(code, source, route.to)
        return flow


def drawn(plan: Plan) -> bytes:
    """The drawing, laid out from left to right."""
    root = etree.Element(_bpmn("definitions"), nsmap=NAMES, targetNamespace=OURS, id="Definitions_1")
    process = etree.SubElement(root, _bpmn("process"), id=plan.key, name=plan.name, isExecutable="true")
    _say(process, {"statutory": plan.statutory, "service": plan.service, "tiers": " ".join(plan.tiers)})
    _fields(process, plan)
    pen = Pen(process, plan)
    start = pen.unused("start")
    pen.sketch.shape(etree.SubElement(process, _bpmn("startEvent"), id=start))
    for node in plan.nodes:
        pen.sketch.shape(_node(process, node))
    pen.flow(pen.unused("flow"), start, Route("", plan.start))
    for node in plan.nodes:
        _ways(pen, node)
    pen.sketch.place(root, plan.key, start)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def properties_of(node: Node) -> dict[str, str]:
    """Our own attributes of a node, as text; what is as by default is left out."""
    if node.kind is Kind.END:
        return _texts({"result": "" if node.result is Result.APPROVED else node.result, "effect": node.effect})
    if node.kind not in HUMAN:
        return {}
    told = {
        "assignee": str(node.assignee),
        "duty": node.duty,
        "returns": "" if node.returns == "none" else node.returns,
        "resume": "" if node.resume == "step" else node.resume,
        "limit": node.limit or "",
        "timing": node.timing,
        "attachments": "; ".join(node.attachments),
        "apart": " ".join(node.apart),
        "bulk": node.bulk or "",
        "skip_same": node.skip_same or "",
        "effect": node.effect,
    }
    return _texts(told) | (_vote(node.countersign) if node.kind is Kind.COUNTERSIGN else {})


def _vote(rule: Countersign) -> dict[str, str]:
    told = {field.name: getattr(rule, field.name) for field in fields(Countersign)}
    return _texts({"need": rule.need} | {k: v for k, v in told.items() if v != getattr(Countersign(), k)})


def _texts(told: Mapping[str, object]) -> dict[str, str]:
    said = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in told.items()}
    return {name: text for name, text in said.items() if text and text != "None"}


def _say(element: etree._Element, told: Mapping[str, object]) -> None:
    for name, text in _texts(told).items():
        element.set(f"{{{OURS}}}{name}", text)


def _node(process: etree._Element, node: Node) -> etree._Element:
    element = etree.SubElement(process, _bpmn(TAGS[node.kind]), id=node.code)
    if node.name:
        element.set("name", node.name)
    _say(element, properties_of(node))
    if node.kind is Kind.CALL:
        element.set("calledElement", node.calls)
    if node.kind is Kind.RULE:
        _table(element, node.table)
    return element


def _table(element: etree._Element, table: Table) -> None:
    holder = etree.SubElement(element, _bpmn("extensionElements"))
    drawn_table = etree.SubElement(holder, f"{{{OURS}}}table", amount=table.amount, kind=table.kind)
    for row in table.rows:
        told = {field.name: getattr(row, field.name) for field in fields(row)}
        etree.SubElement(drawn_table, f"{{{OURS}}}row", **{name: text for name, text in told.items() if text})


def _fields(process: etree._Element, plan: Plan) -> None:
    if not plan.fields:
        return
    holder = etree.SubElement(process, _bpmn("extensionElements"))
    for one in plan.fields:
        told = {"code": one.code, "name": one.name, "kind": one.kind, "required": str(one.required).lower()}
        etree.SubElement(holder, f"{{{OURS}}}field", **told)


def _ways(pen: Pen, node: Node) -> None:
    """One flow, or a gateway with a flow for each outcome. Branches and conditions keep the ids of their flows."""
    source = node.code
    if node.kind in ASKS and len(node.routes) > 1:
        source = pen.unused(f"{node.code}_way")
        pen.sketch.shape(etree.SubElement(pen.process, _bpmn("exclusiveGateway"), id=source))
        pen.flow(pen.unused("flow"), node.code, Route(PASS, source))
    for route in node.routes:
        own = node.kind in (Kind.FORK, Kind.CHOICE)
        flow = pen.flow(route.outcome if own else pen.unused("flow"), source, route)
        if node.kind in ASKS and (source != node.code or route.outcome != PASS):
            flow.set(f"{{{OURS}}}outcome", route.outcome)
        if route.when:
            flow.set(f"{{{OURS}}}when", route.when)


def _bpmn(name: str) -> str:
    return f"{{{MODEL}}}{name}"
