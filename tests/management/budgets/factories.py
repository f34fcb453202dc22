"""Budgets for tests, made through the services."""

from decimal import Decimal
from itertools import count

from anzhi.foundation.access.actors import Actor
from anzhi.management.budgets.models import Budget, BudgetLine, Expense
from anzhi.management.budgets.services import expenses, making
from anzhi.management.budgets.states import LineKind
from harness.people import agency_at, saved_actor

names = count(1)
REPLY = "财预〔2026〕12号"


def finance(region: str = "532328") -> Actor:
    """Who draws up budgets and records payments."""
    return saved_actor("finance", region=region)


def leader(region: str = "532328") -> Actor:
    """Who decides."""
    return saved_actor("leader", region=region)


def officer(region: str = "532328") -> Actor:
    """Who asks to spend."""
    return saved_actor("officer", region=region)


def proposed(region: str = "532328", year: int = 2026, **lines: str) -> Budget:
    """A budget with lines by name; "办公费", "100000" unless told."""
    by = finance(region)
    budget = making.open_budget(by=by, agency=agency_at(region), year=year)
    for name, amount in (lines or {"办公费": "100000"}).items():
        making.propose(by=by, budget=budget, kind=LineKind.PUBLIC, name=name, amount=Decimal(amount))
    return budget


def in_force(region: str = "532328", year: int = 2026, **lines: str) -> Budget:
    """The same, with all that was proposed approved."""
    budget = proposed(region, year, **lines)
    amounts = {line.pk: line.proposed for line in budget.lines.all()}
    decides = leader(region)
    making.answer(by=decides, budget=budget, ceilings=amounts, document="财预〔2026〕3号")
    making.refine(by=finance(region), budget=budget, amounts=amounts)
    return making.approve(by=decides, budget=budget, document=REPLY)


def only_line(budget: Budget) -> BudgetLine:
    """Its one line, as it is now."""
    return budget.lines.get()


def asked(budget: Budget, amount: str = "30000", by: Actor | None = None, purpose: str = "会议材料印制") -> Expense:
    """A request to spend from a budget of one line."""
    return expenses.ask(
        by=by or officer(budget.region_code.rstrip("0")),
        line=only_line(budget),
        amount=Decimal(amount),
        purpose=purpose,
        payee="元谋县印刷厂",
    )


def sums(line: BudgetLine) -> tuple[Decimal, ...]:
    """Approved, adjusted, frozen, spent, available, as the database has them."""
    line.refresh_from_db()
    return (line.approved, line.adjusted, line.frozen, line.spent, line.available)
