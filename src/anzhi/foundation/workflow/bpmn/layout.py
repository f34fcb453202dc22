"""Where things stand in a drawing made from the plain form: from left to right, one column a step."""

from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
WIDE, HIGH = 180, 120
TASK, SMALL = (120, 80), (40, 40)
BOXES = ("userTask", "businessRuleTask", "callActivity")


@dataclass(frozen=True)
class Edge:
    """A flow."""

    code: str
    source: str
    target: str


@dataclass
class Sketch:
    """Shapes and edges as they are added."""

    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def shape(self, element: etree._Element) -> None:
        """Something to be placed."""
        box = etree.QName(element).localname in BOXES
        self.sizes[element.get("id", "")] = TASK if box else SMALL

    def edge(self, code: str, source: str, target: str) -> None:
        """A flow between two shapes."""
        self.edges.append(Edge(code, source, target))

    def place(self, root: etree._Element, process: str, start: str) -> None:
        """Write the diagram below the root."""
        diagram = etree.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", id=f"{process}_diagram")
        plane = etree.SubElement(diagram, f"{{{BPMNDI}}}BPMNPlane", id=f"{process}_plane", bpmnElement=process)
        middle = self._middles(start)
        for code, (width, height) in self.sizes.items():
            shape = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNShape", id=f"{code}_shape", bpmnElement=code)
            x, y = middle[code]
            bounds = {"x": x - width // 2, "y": y - height // 2, "width": width, "height": height}
            etree.SubElement(shape, f"{{{DC}}}Bounds", **{name: str(value) for name, value in bounds.items()})
        for edge in self.edges:
            drawn = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNEdge", id=f"{edge.code}_edge", bpmnElement=edge.code)
            for x, y in self._line(edge, middle):
                etree.SubElement(drawn, f"{{{DI}}}waypoint", x=str(x), y=str(y))

    def _middles(self, start: str) -> dict[str, tuple[int, int]]:
        """Columns by how far from the start, rows in the order found."""
        column = {start: 0}
        todo = [start]
        while todo:
            code = todo.pop(0)
            for edge in self.edges:
                if edge.source == code and edge.target not in column:
                    column[edge.target] = column[code] + 1
                    todo.append(edge.target)
        used: dict[int, int] = defaultdict(int)
        found = {}
        for code in self.sizes:
            at = column.get(code, 0)
            found[code] = (100 + at * WIDE, 100 + used[at] * HIGH)
            used[at] += 1
        return found

    def _line(self, edge: Edge, middle: dict[str, tuple[int, int]]) -> list[tuple[int, int]]:
        (x1, y1), (x2, y2) = middle[edge.source], middle[edge.target]
        if x2 <= x1:  # backwards: below both
            low = max(y1, y2) + HIGH // 2
            return [(x1, y1 + self.sizes[edge.source][1] // 2), (x1, low), (x2, low), (x2, y2)]
        return [(x1 + self.sizes[edge.source][0] // 2, y1), (x2 - self.sizes[edge.target][0] // 2, y2)]
