"""Money flowing from tier to tier, laid out for drawing: columns in order, ribbons of true width, fixed places.

Pure Python: the page draws what stands here, without a script, the same on screen and on paper.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from anzhi.foundation.money import formats
from anzhi.foundation.money.formats import WAN, YI

WIDTH = 1000  # units across; the page stretches them
GAP = 16  # between two nodes of a column, so that labels never touch
LEAST = 3  # a node is never thinner
HEIGHT = 110
LABEL_SHARE = 21  # per cent of the width kept for the last column's labels


@dataclass(frozen=True)
class Place:
    """Where money is or went: `kind` is done, stuck or rest."""

    key: str
    name: str
    column: int
    kind: str = "done"


@dataclass(frozen=True)
class Link:
    """Yuan from one place to another."""

    source: str
    target: str
    amount: Decimal
    kind: str = "done"


@dataclass(frozen=True)
class Tier:
    """Head of a column."""

    name: str
    note: str = ""
    bad: bool = False


@dataclass(frozen=True)
class Node:
    """A place as drawn: per cent from the left, pixels from the top."""

    place: Place
    amount: Decimal
    left: float
    top: float
    height: float
    figure: str


@dataclass(frozen=True)
class Ribbon:
    """A link as drawn."""

    kind: str
    path: str


@dataclass
class Flow:
    """What is drawn; `tiers` are given for each column. Told whole before the first question: answers are kept."""

    tiers: Sequence[Tier] = ()
    places: list[Place] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def amount_of(self, place: Place) -> Decimal:
        """What came in or what went out, whichever is more."""
        came, went = self._moved
        return max(came[place.key], went[place.key])

    @cached_property
    def _moved(self) -> tuple[defaultdict[str, Decimal], defaultdict[str, Decimal]]:
        """What came to each place, and what went from it."""
        came: defaultdict[str, Decimal] = defaultdict(Decimal)
        went: defaultdict[str, Decimal] = defaultdict(Decimal)
        for link in self.links:
            came[link.target] += link.amount
            went[link.source] += link.amount
        return came, went

    @property
    def in_yi(self) -> bool:
        """Whether the figures are told in hundred millions: one unit in one view."""
        return any(self.amount_of(place) >= YI for place in self.places)

    @cached_property
    def height(self) -> int:
        """Pixels: more where a column holds many places."""
        most = max((len(self._column(at)) for at in range(len(self.tiers))), default=0)
        return HEIGHT + most * (GAP + 18)

    @cached_property
    def tallest(self) -> float:
        """The height of the largest place: a whole bar on a phone."""
        return max((node.height for node in self.nodes), default=1.0)

    @property
    def heads(self) -> list[tuple[float, Tier]]:
        """Each column's head with its place from the left."""
        return [(self._left(at), tier) for at, tier in enumerate(self.tiers)]

    @cached_property
    def nodes(self) -> list[Node]:
        """Every place, columns from the left, in the order they were given: what is stuck first."""
        scale, unit = self._scale(), YI if self.in_yi else WAN
        drawn: list[Node] = []
        for at in range(len(self.tiers)):
            top = 0.0
            for place in self._column(at):
                amount = self.amount_of(place)
                height = max(float(amount) * scale, LEAST)
                figure = formats.figure(amount / unit)
                drawn.append(Node(place, amount, self._left(at), round(top, 2), round(height, 2), figure))
                top += height + GAP
        return drawn

    @property
    def ribbons(self) -> list[Ribbon]:
        """Every link as a path, those of a place stacked in the order of the other side."""
        scale, nodes = self._scale(), {node.place.key: node for node in self.nodes}
        out, into = {key: node.top for key, node in nodes.items()}, {key: node.top for key, node in nodes.items()}
        drawn = []
        moving = [link for link in self.links if link.amount > 0]
        for link in sorted(moving, key=lambda link: (nodes[link.source].top, nodes[link.target].top)):
            thick = max(float(link.amount) * scale, 1.0)
            path = _path(nodes[link.source].left, out[link.source], nodes[link.target].left, into[link.target], thick)
            out[link.source] += thick
            into[link.target] += thick
            drawn.append(Ribbon(link.kind, path))
        return drawn

    def _column(self, at: int) -> list[Place]:
        shown = [place for place in self.places if place.column == at and self.amount_of(place) > 0]
        return sorted(shown, key=lambda place: {"stuck": 0, "done": 1, "rest": 2}[place.kind])

    def _left(self, at: int) -> float:
        return round(at * (100 - LABEL_SHARE) / max(len(self.tiers) - 1, 1), 2)

    def _scale(self) -> float:
        """Pixels a yuan, so that the fullest column fits."""
        scales = []
        for at in range(len(self.tiers)):
            column = self._column(at)
            total = float(sum((self.amount_of(place) for place in column), Decimal(0)))
            if total:
                scales.append((self.height - GAP * (len(column) - 1)) / total)
        return min(scales, default=0.0)


def _path(left: float, top: float, right: float, end: float, thick: float) -> str:
    x0, x1 = left * WIDTH / 100, right * WIDTH / 100
    middle = (x0 + x1) / 2
    return (
        f"M{x0:.1f} {top:.1f}C{middle:.1f} {top:.1f} {middle:.1f} {end:.1f} {x1:.1f} {end:.1f}"
        f"V{end + thick:.1f}C{middle:.1f} {end + thick:.1f} {middle:.1f} {top + thick:.1f} {x0:.1f} {top + thick:.1f}Z"
    )
