"""The money trail of an alert: which legs it came by and where it stopped, as rows and as a drawing."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.web.places import name_of
from anzhi.management.plans import chain
from anzhi.management.plans.chain import Leg
from anzhi.management.plans.flow import Flow, Link, Place, Tier
from anzhi.management.plans.models import Allocation
from anzhi.supervision.alerts.models import Alert


@dataclass(frozen=True)
class Trail:
    """What the page shows."""

    legs: list[Leg]
    flow: Flow

    @property
    def totals(self) -> dict[str, Decimal]:
        """The foot of the table: equal to its rows by construction."""
        return chain.totals(self.legs)


def trail(alert: Alert, scope: Scope) -> Trail:
    """The trail of an alert. Legs of other areas are read for their document, days, amount and state alone."""
    with system_scope():
        return _of_document(alert, scope) if alert.type == "TRANSFER_LATE" else _of_arrival(alert, scope)


def _of_document(alert: Alert, scope: Scope) -> Trail:
    rows = Allocation.objects.filter(
        from_agency_id=alert.agency_id, document_key=alert.facts["document_key"], fund_type=alert.facts["fund_type"]
    ).exclude(state="cancelled")
    found = rows.select_related("from_agency", "to_agency", "upstream__from_agency", "upstream__to_agency")
    legs = chain.legs_of(found, alert.checked_on, scope)
    legs.sort(key=lambda leg: (-leg.missing, -leg.allocation.amount, leg.allocation.to_region))
    uppers = {leg.allocation.upstream for leg in legs if leg.allocation.upstream}
    drawn = _fed_by(alert, uppers)
    chain.draw(drawn, legs, "sender", 1 + bool(uppers))
    drawn.tiers = [*drawn.tiers, _reached(legs)]
    return Trail(legs, drawn)


def _fed_by(alert: Alert, uppers: set[Allocation]) -> Flow:
    """The columns up to the sender: what reached it, and how long it has lain there."""
    office, late = name_of(alert.region_code), _("kept %(n)s days") % {"n": alert.days} if alert.days > 0 else ""
    if not uppers:
        return Flow(
            [Tier(_("Sent by %(office)s") % {"office": office}, late, bool(late))], [Place("sender", office, 0)]
        )
    first = min(uppers, key=lambda row: (row.issued_on, row.pk))
    top = name_of(first.from_region)
    took = chain.tier_of(chain.legs_of([first], first.due_on, Scope(""))[0])
    reached = Tier(_("Arrived at %(office)s") % {"office": office}, late or took.note, bool(late))
    drawn = Flow([Tier(_("Sent by %(office)s") % {"office": top}, took.note if late else ""), reached])
    drawn.places = [Place("top", top, 0), Place("sender", office, 1)]
    drawn.links = [Link("top", "sender", sum((row.arrived for row in uppers), Decimal(0)))]
    return drawn


def _reached(legs: list[Leg]) -> Tier:
    """The last column: at how many offices all has arrived, and how fast."""
    whole = [leg.allocation for leg in legs if not leg.missing and leg.allocation.arrived_on]
    name = ngettext("Due at %(n)s office", "Due at %(n)s offices", len(legs)) % {"n": len(legs)}
    if not whole:
        return Tier(name)
    took = [(row.arrived_on - row.issued_on).days for row in whole if row.arrived_on]
    days = round(sum(took) / len(took))
    return Tier(name, ngettext("%(n)s day on average", "%(n)s days on average", days) % {"n": days})


def _of_arrival(alert: Alert, scope: Scope) -> Trail:
    last = Allocation.objects.select_related("from_agency", "to_agency").get(pk=alert.allocation_id or 0)
    way = [*chain.upstream(last), last]
    legs = chain.legs_of(way, alert.checked_on, scope)
    ends = [way[0].from_region, *(row.to_region for row in way)]
    holder, at = name_of(ends[-1]), len(ends)
    tiers = [Tier(_("Sent by %(office)s") % {"office": name_of(ends[0])}), *(chain.tier_of(leg) for leg in legs)]
    drawn = Flow([*tiers, Tier(_("What became of it"), _("unused %(n)s days") % {"n": alert.days}, bad=True)])
    drawn.places = [Place(f"way{number}", name_of(region), number) for number, region in enumerate(ends)]
    drawn.places += [
        Place("unused", _("Unused at %(office)s") % {"office": holder}, at, "stuck"),
        Place("spent", _("Spent"), at),
    ]
    arrived = Decimal(alert.facts["arrived"]) / 100
    drawn.links = [Link(f"way{number}", f"way{number + 1}", arrived) for number in range(len(way))]
    drawn.links += [Link(f"way{at - 1}", "unused", alert.amount, "stuck")]
    drawn.links += [Link(f"way{at - 1}", "spent", max(arrived - alert.amount, Decimal(0)))]
    return Trail(legs, drawn)
