"""The registry of the shell: apps hand in their entries, the site the platforms and the phone's tabs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.address import built
from anzhi.foundation.web.counts import Ask, counted


@dataclass(frozen=True)
class Platform:
    """One of the four: network, management, service, supervision."""

    key: str
    label: Any
    icon: str


@dataclass(frozen=True)
class NavEntry:
    """A page in the left list. Hidden from who lacks the permission.

    `count` gives the rows whose number stands beside it, or None: not known, then no figure is shown.
    """

    platform: str
    group: Any
    label: Any
    url_name: str
    icon: str
    permission: Permission
    count: Ask | None = None
    order: int = 100


@dataclass(frozen=True)
class Slot:
    """A fixed place of the shell (search, bell, me, logout, language) or a tab of the phone."""

    url_name: str
    label: Any = ""
    icon: str = ""
    permission: Permission | None = None
    count: Ask | None = None


@dataclass
class Registry:
    """What has been handed in."""

    platforms: list[Platform] = field(default_factory=list)
    entries: dict[str, NavEntry] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    tabs: list[Slot] = field(default_factory=list)


held = Registry()


def register(entry: NavEntry) -> None:
    """Add a page to the left list; the same url name again replaces it."""
    held.entries[entry.url_name] = entry


def slot(name: str, place: Slot) -> None:
    """Fill a fixed place: "search", "bell", "me"."""
    held.slots[name] = place


def arrange(platforms: list[Platform], tabs: list[Slot]) -> None:
    """The site's order of platforms and tabs."""
    held.platforms, held.tabs = platforms, tabs


def address(url_name: str) -> str:
    """The address of a name, "" while its page is not built."""
    return built(url_name)


def open_to(actor: Actor, entry: NavEntry | Slot) -> bool:
    """Whether this person may go there, and the page exists."""
    return (entry.permission is None or entry.permission in actor.permissions) and bool(address(entry.url_name))


@dataclass(frozen=True)
class Item:
    """One link of the shell as shown."""

    label: Any
    url: str
    icon: str
    here: bool
    count: int | None = None


def entries_for(actor: Actor) -> list[NavEntry]:
    """What this person may open, in order."""
    return sorted((e for e in held.entries.values() if open_to(actor, e)), key=lambda entry: entry.order)


def item(entry: NavEntry | Slot, here: str, figures: Mapping[str, int | None]) -> Item:
    """The link of an entry, with its figure where that is known."""
    count = figures.get(entry.url_name) if entry.count else None
    return Item(entry.label, address(entry.url_name), entry.icon, entry.url_name == here, count)


def figures(places: Iterable[NavEntry | Slot]) -> dict[str, int | None]:
    """The figures of several entries, by url name: two places that lead to one page are counted once."""
    return counted({place.url_name: place.count for place in places if place.count})
