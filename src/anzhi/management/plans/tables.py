"""Lists: plan lines, allocations, sheets given in."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.parameters import clock
from anzhi.foundation.web import places, words
from anzhi.foundation.web.columns import Date, Figure, Link, Money, State, Text
from anzhi.foundation.web.filters import AmountRange, Ask, Choice, DateRange, Filters, Region, Search
from anzhi.foundation.web.tables import Table
from anzhi.management.plans import queries
from anzhi.management.plans.rules import overdue_days
from anzhi.management.plans.states import AllocationState, FundType, SheetKind

ALLOCATED = {"approved": "wait", "part_sent": "run", "sent": "run", "part_arrived": "run", "arrived": "done"}
TO_COUNTY = Q(to_region__endswith="000000") & ~Q(to_region__endswith="00000000")
COUNTED = ~Q(state="cancelled") & Q(is_drill=False)
TAKEN = {True: "done", False: "bad"}
TAKEN_WORDS = {True: _("Taken over"), False: _("Refused")}


class Late(Figure):
    """Days past the due date; nothing while there is time."""

    def value(self, row: Any) -> Any:
        """From the day of work."""
        return overdue_days(row.due_on, clock.today(), row.arrived, row.amount) or None


class LineTable(Table):
    """What was planned."""

    order = "-year"
    number = Link(_("Plan line"), url="plans:line", note="purpose")
    amount = Money(_("Planned amount"), total=True, sort="amount")
    year = Text(_("Year"), lambda row: str(row.year), sort="year", phone="more")
    area = Text(_("Area"), lambda row: places.name_of(row.region_code), phone="more")
    fund_type = Text(_("Money"), "get_fund_type_display", phone="note")
    document = Text(_("Document"), phone="more")
    approved_on = Date(_("Approved on"), sort="approved_on", phone="more")


class LineFilters(Filters):
    """By year, kind of money, area."""

    year = Choice(_("Year"), choices=queries.years)
    fund_type = Choice(_("Money"), choices=FundType.choices)
    area = Region(_("Area"), "region_code")
    amount = AmountRange(_("Planned amount"))
    q = Search(
        _("Number, purpose or document"), lookups=("number__icontains", "purpose__icontains", "document__icontains")
    )


class AllocationTable(Table):
    """What was issued, what arrived, what is late."""

    order = "-issued_on"
    number = Link(_("Allocation"), "document", url="plans:allocation", note="number", sort="document")
    amount = Money(_("To arrive"), "amount", total=True, sort="amount")
    arrived = Money(_("Arrived"), total=True, sort="arrived", phone="more")
    gap = Money(_("Missing"), total=True, sort="gap", phone="more")
    sender = Text(_("Sender"), lambda row: places.name_of(row.from_region), phone="more")
    receiver = Text(_("Receiver"), lambda row: places.name_of(row.to_region), phone="note")
    issued_on = Date(_("Issued on"), sort="issued_on", phone="more")
    due_on = Date(_("Due on"), sort="due_on", phone="more")
    late = Late(_("Days overdue"), phone="more")
    state = State(_("State"), kinds=ALLOCATED)


def _late(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(queries.is_overdue(clock.today()))


def _counted_late(rows: QuerySet[Any]) -> QuerySet[Any]:
    return _late(rows).filter(COUNTED)


class AllocationFilters(Filters):
    """The three questions first, then the facts."""

    ask = Ask(
        _("Question"),
        ask={
            "overdue": (_("Overdue"), _late),
            "unsent": (_("Nothing sent"), Q(state="approved")),
            "part": (_("Partly arrived"), Q(state="part_arrived")),
        },
    )
    state = Choice(_("State"), choices=AllocationState.choices)
    fund_type = Choice(_("Money"), choices=FundType.choices)
    area = Region(_("Receiving area"), "to_region")
    sender = Region(_("Sending area"), "from_region")
    tier = Ask(
        _("Receiving tier"),
        ask={"county": (_("counties"), TO_COUNTY), "prefecture": (_("prefectures"), ~TO_COUNTY)},
    )
    counted = Ask(
        _("Counting"),
        ask={
            "yes": (_("neither cancelled nor drills"), COUNTED),
            "late": (_("overdue and not whole"), _counted_late),
        },
    )
    due_on = DateRange(_("Due on"))
    amount = AmountRange(_("To arrive"))
    q = Search(
        _("Document, number or office"),
        lookups=(
            "document__icontains",
            "number__icontains",
            "from_agency__short_name__icontains",
            "to_agency__short_name__icontains",
        ),
    )


class FileTable(Table):
    """Sheets given in."""

    order = "-at"
    day = "at"
    name = Link(_("Sheet"), "name", url="plans:file", note=lambda row: words.person(row.by_label))
    kind = Text(_("What it holds"), "get_kind_display", phone="note")
    rows = Figure(_("Rows"), phone="more")
    faults = Figure(_("Faults"), lambda row: len(row.errors) or None, phone="more")
    at = Date(_("Given in"), time=True, sort="at", phone="more")
    accepted = State(_("State"), kinds=TAKEN, labels=TAKEN_WORDS)


class FileFilters(Filters):
    """By kind and fate."""

    kind = Choice(_("What it holds"), choices=SheetKind.choices)
    accepted = Ask(
        _("State"), ask={"yes": (_("Taken over"), Q(accepted=True)), "no": (_("Refused"), Q(accepted=False))}
    )
    at = DateRange(_("Given in"))
