"""What surrounds a page for one person: platforms, left list, search, bell, tabs, banner."""

from functools import cached_property
from typing import Any

from anzhi.foundation.access.actors import NOBODY, Actor
from anzhi.foundation.web import banner, navigation, places
from anzhi.foundation.web.navigation import Item, NavEntry, Slot, held


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

    @cached_property
    def open_slots(self) -> dict[str, Slot]:
        """Fixed places that exist and are open."""
        return {name: slot for name, slot in held.slots.items() if navigation.open_to(self.actor, slot)}

    @cached_property
    def open_tabs(self) -> list[Slot]:
        """Tabs of the phone that exist and are open."""
        return [tab for tab in held.tabs if navigation.open_to(self.actor, tab)][:5]

    @cached_property
    def figures(self) -> dict[str, int | None]:
        """All figures of this shell, from one statement."""
        if not self.counted:
            return {}
        listed = [entry for entry in self.entries if entry.platform == self.platform]
        return navigation.figures([*listed, *self.open_slots.values(), *self.open_tabs])

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
                groups.setdefault(str(entry.group), []).append(navigation.item(entry, self.here, self.figures))
        return list(groups.items())

    @cached_property
    def slots(self) -> dict[str, Item]:
        """Search, bell, me: those that exist and are open."""
        return {name: navigation.item(slot, self.here, self.figures) for name, slot in self.open_slots.items()}

    @cached_property
    def tabs(self) -> list[Item]:
        """The phone's bottom row, at most five."""
        return [navigation.item(tab, self.here, self.figures) for tab in self.open_tabs]

    @property
    def area(self) -> str:
        """Where I am."""
        return places.name_of(self.actor.region_code) if self.actor.region_code else ""

    @property
    def banner(self) -> banner.Banner | None:
        """Sample data, drill: said on every page."""
        return banner.current()
