"""Changing what a drawing's steps say without touching the rest: other tools' extensions and the picture stay."""

from lxml import etree

from anzhi.foundation.workflow.bpmn.drawing import properties_of
from anzhi.foundation.workflow.bpmn.properties import END, STEP, VOTE
from anzhi.foundation.workflow.bpmn.reader import OURS, opened, process_of
from anzhi.foundation.workflow.rules.plan import Kind, Node


def amended(source: bytes, nodes: dict[str, Node]) -> bytes:
    """The drawing with the names and properties of these nodes; KeyError for one that is not there."""
    root = opened(source)
    elements = {element.get("id"): element for element in process_of(root) if isinstance(element.tag, str)}
    for code, node in nodes.items():
        _amend(elements[code], node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _amend(element: etree._Element, node: Node) -> None:
    if node.name:
        element.set("name", node.name)
    for name in END if node.kind is Kind.END else STEP | VOTE:
        element.attrib.pop(f"{{{OURS}}}{name}", None)
    for name, text in properties_of(node).items():
        element.set(f"{{{OURS}}}{name}", text)
