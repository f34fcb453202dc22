"""Reads of plans and allocations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Greatest

from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts.models import Agency
from anzhi.foundation.money.field import MoneyField
from anzhi.foundation.parameters import clock
from anzhi.management.plans.models import Allocation, PlanFile, PlanLine

ZERO = Decimal(0)
NONE = Value(ZERO, output_field=MoneyField())


def lines(scope: Scope | str) -> QuerySet[PlanLine]:
    """Plan lines of an area."""
    return PlanLine.objects.within(scope).select_related("agency")


def line(scope: Scope | str, pk: int) -> PlanLine | None:
    """One plan line of an area."""
    return lines(scope).select_related("file").filter(pk=pk).first()


def touching(scope: Scope | str) -> Q:
    """Allocations that leave or enter an area."""
    low, high = (scope if isinstance(scope, Scope) else Scope(scope)).bounds
    leaves = Q(from_region__gte=low, from_region__lt=high)
    return leaves | Q(to_region__gte=low, to_region__lt=high)


def allocations(scope: Scope | str) -> QuerySet[Allocation]:
    """Allocations that leave or enter an area, with `gap`: the yuan that have not arrived."""
    rows = Allocation.objects.filter(touching(scope)).select_related("from_agency", "to_agency", "line")
    return rows.annotate(gap=Greatest(F("amount") - F("arrived"), NONE, output_field=MoneyField()))


def allocation(scope: Scope | str, pk: int) -> Allocation | None:
    """One allocation that leaves or enters an area."""
    return allocations(scope).select_related("file").filter(pk=pk).first()


def files(scope: Scope | str) -> QuerySet[PlanFile]:
    """Sheets given in, newest first."""
    return PlanFile.objects.within(scope)


def file(scope: Scope | str, pk: int) -> PlanFile | None:
    """One sheet."""
    return files(scope).filter(pk=pk).first()


def is_overdue(as_of: date) -> Q:
    """Past the due date with money still missing."""
    return Q(due_on__lt=as_of, arrived__lt=F("amount")) & ~Q(state="cancelled")


def overdue(scope: Scope | str, as_of: date) -> QuerySet[Allocation]:
    """Allocations past their due date with money still missing."""
    return allocations(scope).filter(is_overdue(as_of))


def overdue_today(scope: Scope | str) -> QuerySet[Allocation]:
    """Those that are overdue today, counted beside the navigation."""
    return Allocation.objects.filter(touching(scope), is_overdue(clock.today()))


@dataclass(frozen=True)
class Standing:
    """What a list of allocations says first."""

    rows: int
    amount: Decimal
    arrived: Decimal
    gap: Decimal
    late: int
    late_gap: Decimal


def standing(rows: QuerySet[Allocation], as_of: date) -> Standing:
    """Figures over allocations, in one query."""
    late = is_overdue(as_of)
    found = rows.order_by().aggregate(
        rows=Count("pk"),
        whole=Sum("amount"),
        came=Sum("arrived"),
        lacking=Sum("gap"),
        late=Count("pk", filter=late),
        late_lacking=Sum("gap", filter=late),
    )
    sums = {name: found[name] or ZERO for name in ("whole", "came", "lacking", "late_lacking")}
    return Standing(found["rows"], sums["whole"], sums["came"], sums["lacking"], found["late"], sums["late_lacking"])


def allocations_of(scope: Scope, line: PlanLine) -> QuerySet[Allocation]:
    """Allocations of a plan line that the area takes part in."""
    return allocations(scope).filter(line=line).order_by("issued_on", "pk")


def drawn_from(line: PlanLine) -> Decimal:
    """Yuan of a line passed to its office, and not taken back; the same whoever asks."""
    with system_scope():
        rows = Allocation.objects.filter(line=line, to_agency=line.agency_id).exclude(state="cancelled")
        return rows.aggregate(sum=Sum("amount"))["sum"] or ZERO


def years() -> list[tuple[str, str]]:
    """The years there are lines of, newest first."""
    found = PlanLine.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in found]


def agencies_by_name() -> dict[str, Agency]:
    """Open agencies by full and short name."""
    have = list(Agency.objects.filter(closed_on=None))
    return {agency.short_name: agency for agency in have} | {agency.name: agency for agency in have}


def numbers_taken(model: type[PlanLine] | type[Allocation], numbers: Iterable[str]) -> set[str]:
    """Which of the numbers are registered anywhere: a number is one thing in the province."""
    with system_scope():
        return set(model.objects.filter(number__in=list(numbers)).values_list("number", flat=True))


def lines_by_number(numbers: Iterable[str]) -> dict[str, PlanLine]:
    """Plan lines by their number."""
    return {line.number: line for line in PlanLine.objects.filter(number__in=list(numbers))}


def allocations_by_number(numbers: Iterable[str]) -> dict[str, Allocation]:
    """Allocations by their number."""
    return {allocation.number: allocation for allocation in Allocation.objects.filter(number__in=list(numbers))}


def left_of_lines(lines: Iterable[PlanLine]) -> dict[int, Decimal]:
    """Yuan of each plan line not yet allocated from the top (allocations without upstream)."""
    return _left(PlanLine, lines, "allocations", Q(allocations__upstream=None))


def left_at_offices(lines: Iterable[PlanLine]) -> dict[int, Decimal]:
    """Yuan of each plan line not yet passed to its own office, by whatever way."""
    return _left(PlanLine, lines, "allocations", Q(allocations__to_agency=F("agency")))


def left_of_allocations(allocations: Iterable[Allocation]) -> dict[int, Decimal]:
    """Yuan of each allocation not yet passed on."""
    return _left(Allocation, allocations, "downstream", Q())


def _left(
    model: type[PlanLine] | type[Allocation], sources: Iterable[PlanLine | Allocation], below: str, which: Q
) -> dict[int, Decimal]:
    """What is left of each source; in system scope: the same whoever asks."""
    drawn = Coalesce(Sum(f"{below}__amount", filter=which & ~Q(**{f"{below}__state": "cancelled"})), NONE)
    with system_scope():
        rows = model._default_manager.filter(pk__in=[source.pk for source in sources]).annotate(drawn=drawn)
        return {row.pk: row.amount - row.drawn for row in rows}
