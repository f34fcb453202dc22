"""The layers there are. Apps above and below hand theirs in from `registrations.py` or `layers.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.network.maps.rules import DEEPEST


@dataclass(frozen=True)
class Layer:
    """Rows with a place.

    `rows` is SQL that gives `fields`, `region_code` (12 digits) and `shape` (geometry in 3857), of rows between
    `%(low)s` and `%(high)s` (bounds of the area); it may use `%(z)s`. Row-level security stands behind it.
    Points below `exact_from` are counted on a grid: a feature is then a cell with `n` and `aggregated`. Where they are
    too many to count for each tile, `cells` is SQL that gives them counted beforehand: `n`, `region_code`, `shape` (the
    middle of the points, inside one 64th of a tile of `%(z)s`), from a table with a GiST index on its zoom and shape.
    `version()` changes with every change of what the asker may see; it is asked at most every few seconds.
    """

    name: str
    label: Any
    permission: Permission
    rows: str
    fields: tuple[str, ...]
    version: Callable[[], str]
    points: bool = True
    low: int = 0
    high: int = DEEPEST
    exact_from: int = 0
    cells: str = ""
    public: bool = False  # names and borders are the same for everybody
    url: Callable[[dict[str, Any]], str] | None = None  # the page of a row, from its fields
    told: Callable[[dict[str, Any]], dict[str, Any]] | None = None  # more of a row, in words
    signs: bool = False  # counts that are drawn as signs of alert levels, not as points
    legend: tuple[tuple[str, Any, str], ...] = ()  # value of `kind`, words, mark
    lost: str = ""  # SQL that counts rows of the area whose place nobody knows
    order: int = 50


_layers: dict[str, Layer] = {}


def register(layer: Layer) -> Layer:
    """Offer a layer; the same name twice is a mistake."""
    if layer.name in _layers:
        raise ValueError(f"layer {layer.name!r} is registered twice")
    _layers[layer.name] = layer
    return layer


def known(name: str) -> Layer:
    """A layer by name, for code that knows it exists."""
    return _layers[name]


def get(name: str, actor: Actor) -> Layer | None:
    """A layer this person may see; unknown and forbidden look the same."""
    found = _layers.get(name)
    return found if found and found.permission in actor.permissions else None


def offered(actor: Actor) -> list[Layer]:
    """Layers of rows this person may see, in order; the borders are always there."""
    found = [one for one in _layers.values() if one.permission in actor.permissions and not one.public]
    return sorted(found, key=lambda one: one.order)
