"""Reads of budgets and requests to spend."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, ExpressionWrapper, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from anzhi.foundation.access.context import Scope
from anzhi.foundation.accounts.models import Agency, Department
from anzhi.foundation.money.field import MoneyField
from anzhi.management.budgets.models import Budget, BudgetLine, BudgetMove, Expense
from anzhi.management.budgets.rules import ZERO
from anzhi.management.budgets.states import OPEN, ExpenseState, LineKind

NONE = Value(ZERO, output_field=MoneyField())
SUMS = ("proposed", "approved", "adjusted", "frozen", "spent", "available")


def budgets(scope: Scope | str) -> QuerySet[Budget]:
    """Budgets of an area, each with the sums of its lines as `sum_…` and `in_force` (yuan)."""
    sums = {f"sum_{name}": Coalesce(Sum(f"lines__{name}"), NONE, output_field=MoneyField()) for name in SUMS}
    rows = Budget.objects.within(scope).select_related("agency").annotate(**sums)
    return rows.annotate(in_force=ExpressionWrapper(F("sum_approved") + F("sum_adjusted"), MoneyField()))


def budget(scope: Scope | str, pk: int) -> Budget | None:
    """One budget of an area."""
    return budgets(scope).filter(pk=pk).first()


def lines(budget: Budget) -> QuerySet[BudgetLine]:
    """Its lines, by kind."""
    return budget.lines.select_related("department").order_by("kind", "id")


def line(scope: Scope | str, pk: int) -> BudgetLine | None:
    """One line of an area."""
    found = BudgetLine.objects.within(scope).select_related("budget__agency", "department")
    return found.filter(pk=pk).first()


def moves(line: BudgetLine) -> QuerySet[BudgetMove]:
    """What moved on it, newest first."""
    return line.moves.select_related("expense").order_by("-id")


def siblings(line: BudgetLine) -> QuerySet[BudgetLine]:
    """The other lines of its budget."""
    return BudgetLine.objects.filter(budget=line.budget_id).exclude(pk=line.pk)


def expenses(scope: Scope | str) -> QuerySet[Expense]:
    """Requests to spend of an area."""
    return Expense.objects.within(scope).select_related("line__budget__agency", "asked_by", "decided_by")


def expense(scope: Scope | str, pk: int) -> Expense | None:
    """One request of an area."""
    return expenses(scope).filter(pk=pk).first()


def expenses_of(line: BudgetLine) -> QuerySet[Expense]:
    """Requests to spend from a line."""
    return line.expenses.select_related("asked_by")


def waiting(scope: Scope | str) -> QuerySet[Expense]:
    """Requests that wait for a decision, counted in the navigation."""
    return Expense.objects.within(scope).filter(state=ExpenseState.ASKED)


def years() -> list[tuple[str, str]]:
    """The years there are budgets of, newest first."""
    found = Budget.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in found]


def agency(pk: int) -> Agency:
    """The office of an actor."""
    return Agency.objects.get(pk=pk)


def departments(agency_id: int) -> QuerySet[Department]:
    """Divisions of an office, by name."""
    return Department.objects.filter(agency=agency_id).order_by("name")


@dataclass(frozen=True)
class Group:
    """The lines of one kind, and their sums by name (yuan)."""

    kind: str
    label: str
    lines: list[BudgetLine]
    sums: dict[str, Decimal]


def grouped(budget: Budget) -> list[Group]:
    """Its lines by kind; only kinds that have any."""
    have = list(lines(budget))
    found = []
    for kind in LineKind:
        mine = [line for line in have if line.kind == kind]
        if mine:
            found.append(Group(kind, str(kind.label), mine, sums(mine)))
    return found


def sums(lines: list[BudgetLine]) -> dict[str, Decimal]:
    """What lines add up to, by name; a ceiling nobody gave counts nothing."""
    names = (*SUMS, "ceiling", "refined")
    return {name: sum((getattr(line, name) or ZERO for line in lines), ZERO) for name in names}


@dataclass(frozen=True)
class Asked:
    """What a list of requests says first (yuan)."""

    rows: int
    amount: Decimal
    open: int
    open_amount: Decimal
    paid: Decimal


def standing(rows: QuerySet[Expense]) -> Asked:
    """Figures over requests, in one query."""
    still = Q(state__in=OPEN)
    found = rows.order_by().aggregate(
        rows=Count("pk"),
        whole=Sum("amount"),
        still=Count("pk", filter=still),
        held=Sum("amount", filter=still),
        gone=Sum("paid"),
    )
    whole, held, gone = (found[name] or ZERO for name in ("whole", "held", "gone"))
    return Asked(found["rows"], whole, found["still"], held, gone)
