"""The money trail of an alert: which legs it came by, where it stopped, as rows and as a flow."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from anzhi.foundation.access.scope import system_scope
from anzhi.management.plans.models import Allocation
from anzhi.management.plans.rules import overdue_days
from anzhi.supervision.alerts.models import Alert

ZERO = Decimal(0)


@dataclass(frozen=True)
class Leg:
    """One allocation as everybody on its way may see it: document, days, amount, state; never account rows."""

    allocation: Allocation
    overdue: int

    @property
    def missing(self) -> Decimal:
        """Yuan not arrived."""
        return max(self.allocation.amount - self.allocation.arrived, ZERO)


@dataclass(frozen=True)
class Link:
    """A flow between two named places in yuan; `kind` is done, rest or stuck."""

    source: str
    target: str
    amount: Decimal
    kind: str = "done"


@dataclass
class Trail:
    """What the page shows. `tiers` are the heads of the columns: name and note."""

    legs: Sequence[Leg] = ()
    links: list[Link] = field(default_factory=list)
    tiers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def totals(self) -> dict[str, Decimal]:
        """The foot of the table: equal to its rows by construction."""
        return {
            "amount": sum((leg.allocation.amount for leg in self.legs), ZERO),
            "arrived": sum((leg.allocation.arrived for leg in self.legs), ZERO),
            "missing": sum((leg.missing for leg in self.legs), ZERO),
        }

    def chart(self) -> dict[str, Any]:
        """For the Sankey: names once, in fixed order; links with yuan as numbers for drawing only."""
        names = list(dict.fromkeys(name for link in self.links for name in (link.source, link.target)))
        stuck = {link.target for link in self.links if link.kind == "stuck"}
        return {
            "nodes": [{"name": name, "stuck": name in stuck} for name in names],
            "links": [
                {"source": n.source, "target": n.target, "value": float(n.amount), "kind": n.kind}
                for n in self.links
                if n.amount > 0
            ],
        }


def trail(alert: Alert) -> Trail:
    """The trail of an alert. Legs of other areas are read for their document, days, amount and state alone."""
    with system_scope():
        if alert.type == "TRANSFER_LATE":
            return _of_document(alert)
        return _of_arrival(alert)


def _of_document(alert: Alert) -> Trail:
    rows = Allocation.objects.filter(
        from_agency_id=alert.agency_id, document_key=alert.facts["document_key"], fund_type=alert.facts["fund_type"]
    ).exclude(state="cancelled")
    legs = [_leg(row, alert) for row in rows.select_related("from_agency", "to_agency", "upstream__from_agency")]
    legs.sort(key=lambda leg: (-leg.missing, leg.allocation.to_region))
    found = Trail(legs=legs)
    sender = alert.agency.short_name
    for upper in {leg.allocation.upstream for leg in legs if leg.allocation.upstream}:
        found.links.append(Link(upper.from_agency.short_name, sender, upper.arrived or upper.amount))
    if found.totals["missing"]:
        found.links.append(Link(sender, _("Kept at %(office)s") % {"office": sender}, found.totals["missing"], "stuck"))
    for leg in sorted(legs, key=lambda leg: -leg.allocation.arrived):
        if leg.allocation.arrived:
            found.links.append(Link(sender, leg.allocation.to_agency.short_name, leg.allocation.arrived))
    return found


def _of_arrival(alert: Alert) -> Trail:
    last = Allocation.objects.select_related("from_agency", "to_agency", "upstream__from_agency").get(alerts=alert)
    chain = [last]
    while (upper := chain[-1].upstream) is not None:
        chain.append(upper)
    chain.reverse()
    found = Trail(legs=[_leg(row, alert) for row in chain])
    for row in chain:
        found.links.append(Link(row.from_agency.short_name, row.to_agency.short_name, last.amount))
    holder = last.to_agency.short_name
    spent = last.amount - alert.amount
    found.links.append(Link(holder, _("Unused at %(office)s") % {"office": holder}, alert.amount, "stuck"))
    if spent > 0:
        found.links.append(Link(holder, _("Spent"), spent))
    return found


def _leg(row: Allocation, alert: Alert) -> Leg:
    return Leg(row, overdue_days(row.due_on, alert.checked_on, row.arrived, row.amount))
