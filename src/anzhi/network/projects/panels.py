"""Parts of a record page that apps above hand in: the sites of a project, its map, its key figures.

`register("project.main", maker)`: places are `project.figures`, `project.map`, `project.main`, `project.side`, and the
same of `site`. A maker gets the row and the scope and gives a Panel, or None where it has nothing to say.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anzhi.foundation.access.context import Scope


@dataclass(frozen=True)
class Panel:
    """A template and what it needs; the template has it as `panel`. Scripts and styles are loaded with the page."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


Maker = Callable[[Any, Scope | None], Panel | None]
_makers: dict[str, list[Maker]] = {}


def register(place: str, maker: Maker) -> None:
    """Add a part at a place; parts stand in the order of their registration."""
    _makers.setdefault(place, []).append(maker)


def of(place: str, row: Any, scope: Scope | None) -> list[Panel]:
    """The parts of a place for one row."""
    made = (maker(row, scope) for maker in _makers.get(place, []))
    return [panel for panel in made if panel is not None]
