"""What surrounds a page for one person: platforms, left list, search, bell, tabs, banner."""

from functools import cached_property
from typing import Any

from anzhi.foundation.access.actors import NOBODY, Actor
from anzhi.foundation.web import banner, navigation, places
from anzhi.foundation.web.navigation import Item, NavEntry, held


class Shell:
    """Read by `web/desk.html`; everything is worked out when the template asks for it."""

    def __init__(self, request: Any, page: Any = None, counted: bool = True) -> None:
        match = getattr(request, "resolver_match", None)
        self.actor: Actor = getattr(request, "actor", NOBODY)
        self.here = getattr(page, "nav", "") or (match.view_name if match else "")
        self.counted = counted

    @cached_property
    def entries(self) -> list[NavEntry]:
        """All pages open to this person."""
        return navigation.entries_for(self.actor)

    @cached_property
    def platform(self) -> str:
        """The platform of this page, else the first one."""
        lit = held.entries.get(self.here)
        return lit.platform if lit else (self.entries[0].platform if self.entries else "")

    @property
    def platforms(self) -> list[Item]:
        """Those in which this person has a page."""
        found = []
        for one in held.platforms:
            first = next((e for e in self.entries if e.platform == one.key), None)
            if first:
                url = navigation.address(first.url_name)
                found.append(Item(one.label, url, one.icon, one.key == self.platform))
        return found

    @cached_property
    def groups(self) -> list[tuple[Any, list[Item]]]:
        """The left list: groups of pages of this platform."""
        groups: dict[str, list[Item]] = {}
        for entry in self.entries:
            if entry.platform == self.platform:
                groups.setdefault(str(entry.group), []).append(navigation.item(entry, self.here, self.counted))
        return list(groups.items())

    @cached_property
    def slots(self) -> dict[str, Item]:
        """Search, bell, me: those that exist and are open."""
        return {
            name: navigation.item(slot, self.here, self.counted)
            for name, slot in held.slots.items()
            if navigation.open_to(self.actor, slot)
        }

    @cached_property
    def tabs(self) -> list[Item]:
        """The phone's bottom row, at most five."""
        return [navigation.item(t, self.here, self.counted) for t in held.tabs if navigation.open_to(self.actor, t)][:5]

    @property
    def area(self) -> str:
        """Where I am."""
        return places.name_of(self.actor.region_code) if self.actor.region_code else ""

    @property
    def banner(self) -> banner.Banner | None:
        """Sample data, drill: said on every page."""
        return banner.current()
