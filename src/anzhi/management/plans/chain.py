"""The chain an allocation stands in: what it was fed by, what it feeds.

Legs of other areas are shown by document, days, amount and state alone, so the chain is read in system scope and
nothing but that leaves this module.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.web.places import name_of
from anzhi.management.plans.flow import Flow, Link, Place, Tier
from anzhi.management.plans.models import Allocation
from anzhi.management.plans.rules import overdue_days

ZERO = Decimal(0)
LONGEST = 8  # tiers; a ring would be a fault of the sheet


@dataclass(frozen=True)
class Leg:
    """One allocation as everybody on its way may see it; `seen` says whether the reader may open its page."""

    allocation: Allocation
    overdue: int
    seen: bool = True

    @property
    def missing(self) -> Decimal:
        """Yuan not arrived."""
        return max(self.allocation.amount - self.allocation.arrived, ZERO)

    @property
    def kind(self) -> str:
        """How its state pill looks."""
        return "done" if not self.missing else "bad" if self.overdue else "run"


@dataclass(frozen=True)
class Chain:
    """Upstream from the top, the allocation itself, and what it feeds."""

    up: list[Leg]
    own: Leg
    down: list[Leg]

    @property
    def legs(self) -> list[Leg]:
        """All of them, in order."""
        return [*self.up, self.own, *self.down]

    def flow(self) -> Flow:
        """How the money went, tier by tier; what has not arrived on time is stuck with its sender."""
        way = [*self.up, self.own]
        ends = [way[0].allocation.from_region, *(leg.allocation.to_region for leg in way)]
        tiers = [Tier(_("Sent by %(office)s") % {"office": name_of(ends[0])}), *map(tier_of, way)]
        drawn = Flow(tiers=tiers, places=[Place(f"way{at}", name_of(region), at) for at, region in enumerate(ends)])
        for at, leg in enumerate(way):
            draw(drawn, [leg], f"way{at}", at + 1, [f"way{at + 1}"])
        if self.down:
            drawn.tiers = [*tiers, tier_of_many(self.down)]
            draw(drawn, self.down, f"way{len(way)}", len(ends))
        return drawn


def draw(drawn: Flow, legs: Sequence[Leg], source: str, column: int, keys: Sequence[str] = ()) -> None:
    """Legs out of one place: what arrived flows on, what is missing stops: red when late, grey while there is time."""
    for leg, key in zip(legs, keys or [f"leg{leg.allocation.pk}" for leg in legs], strict=True):
        if not keys:
            drawn.places.append(Place(key, name_of(leg.allocation.to_region), column))
        drawn.links.append(Link(source, key, leg.allocation.arrived))
    office = name_of(legs[0].allocation.from_region)
    for kind, label in (("stuck", _("Kept at %(office)s")), ("rest", _("Not due yet at %(office)s"))):
        amount = sum((leg.missing for leg in legs if bool(leg.overdue) == (kind == "stuck")), ZERO)
        if amount:
            drawn.places.append(Place(f"{kind}{column}", label % {"office": office}, column, kind))
            drawn.links.append(Link(source, f"{kind}{column}", amount, kind))


def of(allocation: Allocation, as_of: date, scope: Scope) -> Chain:
    """The chain of one allocation."""
    with system_scope():
        up = [_leg(row, as_of, scope) for row in upstream(allocation)]
        below = Allocation.objects.filter(upstream=allocation).exclude(state="cancelled").order_by("to_region", "pk")
        down = [_leg(row, as_of, scope) for row in below.select_related("from_agency", "to_agency")]
    return Chain(up, _leg(allocation, as_of, scope), down)


def legs_of(rows: Iterable[Allocation], as_of: date, scope: Scope) -> list[Leg]:
    """Allocations as legs, in their order."""
    return [_leg(row, as_of, scope) for row in rows]


def upstream(allocation: Allocation) -> list[Allocation]:
    """What fed it, from the top. Call it in system scope."""
    rows: list[Allocation] = []
    number = allocation.upstream_id
    while number and len(rows) < LONGEST:
        row = Allocation.objects.select_related("from_agency", "to_agency").get(pk=number)
        rows.insert(0, row)
        number = row.upstream_id
    return rows


def tier_of(leg: Leg) -> Tier:
    """Head of the column a leg leads to: how long it took, or how long it is late."""
    row = leg.allocation
    name = _("Arrived at %(office)s") % {"office": name_of(row.to_region)}
    if leg.overdue:
        return Tier(name, _("%(n)s days overdue") % {"n": leg.overdue}, bad=True)
    if row.arrived_on is None:
        return Tier(name, _("to arrive by %(day)s") % {"day": f"{row.due_on:%m-%d}"})
    days = max((row.arrived_on - row.issued_on).days, 0)
    return Tier(name, ngettext("took %(n)s day", "took %(n)s days", days) % {"n": days})


def tier_of_many(legs: Iterable[Leg]) -> Tier:
    """Head of the column several legs lead to."""
    legs = list(legs)
    late = max((leg.overdue for leg in legs), default=0)
    name = ngettext("Arrived at %(n)s office", "Arrived at %(n)s offices", len(legs)) % {"n": len(legs)}
    if late:
        return Tier(name, _("%(n)s days overdue") % {"n": late}, bad=True)
    took = [(leg.allocation.arrived_on - leg.allocation.issued_on).days for leg in legs if leg.allocation.arrived_on]
    if not took:
        return Tier(name)
    average = max(round(sum(took) / len(took)), 0)
    return Tier(name, ngettext("%(n)s day on average", "%(n)s days on average", average) % {"n": average})


def totals(legs: Iterable[Leg]) -> dict[str, Decimal]:
    """The foot of a table of legs: equal to its rows by construction."""
    legs = list(legs)
    return {
        "amount": sum((leg.allocation.amount for leg in legs), ZERO),
        "arrived": sum((leg.allocation.arrived for leg in legs), ZERO),
        "missing": sum((leg.missing for leg in legs), ZERO),
    }


def _leg(row: Allocation, as_of: date, scope: Scope) -> Leg:
    seen = scope.contains(row.from_region) or scope.contains(row.to_region)
    return Leg(row, overdue_days(row.due_on, as_of, row.arrived, row.amount), seen)
