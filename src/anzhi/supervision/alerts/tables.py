"""The list of alerts, as declared columns and filters."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.web.columns import Date, Figure, Level, Link, Money, State, Text
from anzhi.foundation.web.filters import AmountRange, Ask, Choice, DateRange, Filters, Region, Search
from anzhi.foundation.web.tables import Table
from anzhi.supervision.alerts import explain, states
from anzhi.supervision.alerts.types.catalogue import TYPES

KINDS = {
    "raised": "wait",
    "acknowledged": "run",
    "explained": "run",
    "rectifying": "run",
    "verified": "run",
    "closed": "done",
    "false_positive": "",
}
TYPE_CHOICES = [(code, rule.label) for code, rule in TYPES.items()]


def _type_label(row: Any) -> str:
    return str(TYPES[row.type].label)


def _where(row: Any) -> str:
    return f"{_type_label(row)} · {row.number}"


class AlertTable(Table):
    """What is wrong, how much, how long, how far."""

    order = "-raised_on"
    day = "raised_on"
    level = Level(_("Level"), sort="level")
    sentence = Link(_("Alert"), explain.headline, url="alerts:alert", key="number", note=_where)
    amount = Money(_("Amount"), total=True, sort="amount")
    days = Figure(_("Days"), sort="days", phone="more")
    agency = Text(_("Office"), "agency.short_name", phone="more")
    raised_on = Date(_("Raised"), sort="raised_on")
    state = State(_("State"), kinds=KINDS)


class AlertFilters(Filters):
    """By level, type, state, area, amount and day."""

    open = Ask(
        _("Progress"),
        ask={
            "yes": (_("Being worked on"), Q(closed_at=None)),
            "gone": (_("Condition over, not closed"), Q(closed_at=None, gone_on__isnull=False)),
            "no": (_("Ended"), Q(closed_at__isnull=False)),
        },
    )
    level = Choice(_("Level"), choices=states.Level.choices)
    type = Choice(_("Type"), choices=TYPE_CHOICES)
    state = Choice(_("State"), choices=states.State.choices)
    area = Region(_("Area"), "region_code")
    raised_on = DateRange(_("Raised"))
    amount = AmountRange(_("Amount"))
    q = Search(_("Number or office"), lookups=("number__icontains", "agency__short_name__icontains"))
