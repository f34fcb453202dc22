"""The list of allocations."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.parameters import clock
from anzhi.foundation.web.columns import Date, Money, State, Text
from anzhi.foundation.web.filters import Ask as Question
from anzhi.foundation.web.filters import Choice, DateRange, Filters, Region, Search
from anzhi.foundation.web.tables import Table
from anzhi.management.plans.states import AllocationState, FundType

KINDS = {
    "approved": "wait",
    "part_sent": "run",
    "sent": "run",
    "part_arrived": "bad",
    "arrived": "done",
    "cancelled": "",
}
TO_COUNTY = Q(to_region__endswith="000000") & ~Q(to_region__endswith="00000000")


class AllocationTable(Table):
    """From whom to whom, how much, due when, arrived how much."""

    order = "-due_on"
    document = Text(_("Document"), note="number", phone="title")
    amount = Money(_("Amount"), total=True, sort="amount", phone="amount")
    arrived = Money(_("Arrived"), total=True, sort="arrived", phone="more")
    lacking = Money(_("Not arrived"), "missing", phone="more")
    sender = Text(_("From office"), "from_agency.short_name", phone="more")
    receiver = Text(_("To office"), "to_agency.short_name", phone="note")
    fund_type = Text(_("Funds"), "get_fund_type_display", phone="more")
    due_on = Date(_("Due"), sort="due_on", phone="more")
    state = State(_("State"), kinds=KINDS, labels=dict(AllocationState.choices))


class AllocationFilters(Filters):
    """By receiving area and tier, due day, state and document."""

    area = Region(_("Receiving area"), "to_region")
    tier = Question(
        _("Receiving tier"),
        ask={"county": (_("counties"), TO_COUNTY), "prefecture": (_("prefectures"), ~TO_COUNTY)},
    )
    due_on = DateRange(_("Due"))
    state = Choice(_("State"), choices=AllocationState.choices)
    fund_type = Choice(_("Funds"), choices=FundType.choices)
    counted = Question(
        _("Counting"),
        ask={
            "yes": (_("neither cancelled nor drills"), ~Q(state="cancelled") & Q(is_drill=False)),
            "late": (
                _("overdue and not whole"),
                lambda rows: rows.filter(due_on__lte=clock.today(), arrived__lt=F("amount"), is_drill=False).exclude(
                    state="cancelled"
                ),
            ),
        },
    )
    q = Search(_("Document or number"), lookups=("document__icontains", "number__icontains"))
