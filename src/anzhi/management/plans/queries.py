"""Reads of plans and allocations."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from anzhi.foundation.access.context import Scope
from anzhi.foundation.accounts.models import Agency
from anzhi.management.plans.models import Allocation, PlanFile, PlanLine


def lines(prefix: str) -> QuerySet[PlanLine]:
    """Plan lines of an area."""
    return PlanLine.objects.within(prefix).select_related("agency")


def allocations(prefix: str) -> QuerySet[Allocation]:
    """Allocations that leave or enter an area."""
    low, high = Scope(prefix).bounds
    leaves = Q(from_region__gte=low, from_region__lt=high)
    enters = Q(to_region__gte=low, to_region__lt=high)
    return Allocation.objects.filter(leaves | enters).select_related("from_agency", "to_agency", "line")


def files(prefix: str) -> QuerySet[PlanFile]:
    """Sheets given in, newest first."""
    return PlanFile.objects.within(prefix)


def overdue(prefix: str, as_of: date) -> QuerySet[Allocation]:
    """Allocations past their due date with money still missing."""
    return allocations(prefix).filter(due_on__lt=as_of, arrived__lt=F("amount")).exclude(state="cancelled")


def agencies_by_name() -> dict[str, Agency]:
    """Open agencies by full and short name."""
    have = list(Agency.objects.filter(closed_on=None))
    return {agency.short_name: agency for agency in have} | {agency.name: agency for agency in have}


def numbers_taken(model: type[PlanLine] | type[Allocation], numbers: Iterable[str]) -> set[str]:
    """Which of the numbers are registered."""
    return set(model.objects.filter(number__in=list(numbers)).values_list("number", flat=True))


def lines_by_number(numbers: Iterable[str]) -> dict[str, PlanLine]:
    """Plan lines by their number."""
    return {line.number: line for line in PlanLine.objects.filter(number__in=list(numbers))}


def allocations_by_number(numbers: Iterable[str]) -> dict[str, Allocation]:
    """Allocations by their number."""
    return {allocation.number: allocation for allocation in Allocation.objects.filter(number__in=list(numbers))}


def left_of_lines(lines: Iterable[PlanLine]) -> dict[int, Decimal]:
    """Yuan of each plan line not yet allocated from the top (allocations without upstream)."""
    own = Q(allocations__upstream=None) & ~Q(allocations__state="cancelled")
    rows = PlanLine.objects.filter(pk__in=[line.pk for line in lines]).annotate(
        drawn=Coalesce(Sum("allocations__amount", filter=own), 0)
    )
    return {row.pk: row.amount - row.drawn for row in rows}


def left_of_allocations(allocations: Iterable[Allocation]) -> dict[int, Decimal]:
    """Yuan of each allocation not yet passed on."""
    kept = ~Q(downstream__state="cancelled")
    rows = Allocation.objects.filter(pk__in=[a.pk for a in allocations]).annotate(
        drawn=Coalesce(Sum("downstream__amount", filter=kept), 0)
    )
    return {row.pk: row.amount - row.drawn for row in rows}
