"""The area a board shows, and its units one tier down."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.scope import prefix_of
from anzhi.foundation.parameters import clock
from anzhi.foundation.regions import codes, names, naming
from anzhi.foundation.regions import queries as regions
from anzhi.foundation.regions.names import Name
from anzhi.network.indicators import queries, registry
from anzhi.network.indicators.queries import Figure
from anzhi.network.indicators.rules import Period

DEEPEST = "county"


@dataclass(frozen=True)
class Place:
    """What panels are asked about. `code` always lies in the asker's own area."""

    code: str
    actor: Actor
    own: Scope

    @property
    def prefix(self) -> str:
        """The significant digits."""
        return prefix_of(self.code)

    @property
    def scope(self) -> Scope:
        """The area, for queries that take one."""
        return Scope(self.prefix)

    @property
    def level(self) -> str:
        """province, prefecture or county."""
        return codes.level(self.code)

    @property
    def name(self) -> str:
        """Its short name."""
        return regions.label(self.code)

    @cached_property
    def today(self) -> date:
        """The day of work."""
        return clock.today()

    @cached_property
    def units(self) -> list[Name]:
        """Units one tier down; below a county there is no border to draw."""
        return names.below(self.code) if self.level != DEEPEST else []

    @property
    def path(self) -> list[Name]:
        """The units above that the asker may open, and this one."""
        return [unit for unit in regions.path(self.code) if self.own.contains(unit.code)]

    def figure(self, code: str, period: Period | None = None) -> Figure:
        """An indicator of this area; its own period unless told otherwise."""
        one = registry.get(code)
        return queries.total(one, self.code, one.period(self.today) if period is None else period)

    def below(self, code: str, period: Period | None = None) -> dict[str, Figure]:
        """An indicator of the units below."""
        one = registry.get(code)
        return queries.children(one, self.code, one.period(self.today) if period is None else period)

    def rows(self, code: str, part: str = "", period: Period | None = None, area: str = "") -> str:
        """The list an indicator sums."""
        one = registry.get(code)
        return one.url(area or self.code, part, one.period(self.today) if period is None else period)


def named(code: str) -> str:
    """A region as a map names it: 楚雄."""
    return naming.on_map(regions.label(code))


def at(wanted: str, actor: Actor, scope: Scope) -> Place:
    """The place asked for where it is a province, prefecture or county of the asker's area, else that area."""
    own = (scope.prefix or regions.PROVINCE[:2]).ljust(12, "0")
    good = len(wanted) == 12 and wanted.isascii() and wanted.isdigit() and scope.contains(wanted)
    shown = good and codes.level(wanted) in ("province", "prefecture", DEEPEST) and regions.exists(wanted)
    if codes.level(own) not in ("province", "prefecture", DEEPEST):
        own = own[:6].ljust(12, "0")
    return Place(wanted if shown else own, actor, scope)
