"""What the board is made of. Apps above hand their parts in; one without permission is not there at all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.network.board.place import Place


@dataclass(frozen=True)
class Panel:
    """A panel in a column: "left", "middle" (below the map), "right" or "foot".

    `context(place)` gives what `template` shows; it may ask only for what lies in the place. `weight` is its
    share of the column's height, `topics` the live messages that make the board ask again.
    """

    name: str
    column: str
    title: Callable[[Place], Any]
    permission: Permission
    template: str
    context: Callable[[Place], Mapping[str, Any]]
    aside: Callable[[Place], Any] = lambda place: ""
    weight: float = 1.0
    topics: tuple[str, ...] = ()
    order: int = 50


@dataclass(frozen=True)
class Note:
    """A small figure below a key figure."""

    words: Any
    value: str = ""
    url: str = ""
    level: str = ""


@dataclass(frozen=True)
class Key:
    """A key figure as shown. `value` "" stands for not known, `why` says so."""

    label: Any
    value: str
    unit: Any
    url: str
    exact: str = ""
    notes: tuple[Note, ...] = ()
    why: Any = ""


@dataclass(frozen=True)
class KeyFigure:
    """One of the figures in the strip."""

    name: str
    permission: Permission
    make: Callable[[Place], Key]
    order: int = 50


@dataclass(frozen=True)
class Shade:
    """An indicator the map can be coloured by: `part` of it, or a `share` of one part in another."""

    code: str
    label: Any
    part: str = ""
    of: str = ""
    order: int = 50


@dataclass(frozen=True)
class Sign:
    """Something that calls for attention in a region, drawn on the map."""

    code: str
    level: str
    n: int
    url: str
    words: Any


@dataclass(frozen=True)
class Call:
    """The one thing to know first, in a red frame: level, heading, sentence, way to it."""

    level: str
    head: Any
    sentence: Any
    url: str
    region: str
    note: Any = ""


@dataclass
class Held:
    """What has been handed in."""

    panels: list[Panel] = field(default_factory=list)
    keys: list[KeyFigure] = field(default_factory=list)
    shades: list[Shade] = field(default_factory=list)
    signs: list[tuple[Permission, Callable[[Place], Iterable[Sign]]]] = field(default_factory=list)
    calls: list[tuple[Permission, Callable[[Place], Call | None]]] = field(default_factory=list)


held = Held()


def panel(one: Panel) -> Panel:
    """Add a panel; names are unique."""
    if any(known.name == one.name for known in held.panels):
        raise ValueError(f"panel {one.name!r} is registered twice")
    held.panels.append(one)
    return one


def key(one: KeyFigure) -> None:
    """Add a figure to the strip."""
    held.keys.append(one)


def shade(one: Shade) -> None:
    """Let the map be coloured by an indicator."""
    held.shades.append(one)


def signs(permission: Permission, find: Callable[[Place], Iterable[Sign]]) -> None:
    """Draw signs on the map."""
    held.signs.append((permission, find))


def call(permission: Permission, find: Callable[[Place], Call | None]) -> None:
    """Offer the one thing to know first; the first that is found stands."""
    held.calls.append((permission, find))


def panels_for(actor: Actor, column: str) -> list[Panel]:
    """Panels of a column this person may see, in order."""
    found = [one for one in held.panels if one.column == column and one.permission in actor.permissions]
    return sorted(found, key=lambda one: one.order)


def keys_for(actor: Actor) -> list[KeyFigure]:
    """Figures this person may see, in order."""
    return sorted((one for one in held.keys if one.permission in actor.permissions), key=lambda one: one.order)
