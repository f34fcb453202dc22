"""Budgets in pure Python: what is left, what a reply may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


def available(approved: Decimal, adjusted: Decimal, frozen: Decimal, spent: Decimal) -> Decimal:
    """Yuan a line may still promise: approved + adjusted − frozen − spent (`domain` §4.8)."""
    return approved + adjusted - frozen - spent


def rate(spent: Decimal, approved: Decimal, adjusted: Decimal) -> Decimal | None:
    """Share of the budget in force that was spent, in per cent to one decimal; None where there is no budget."""
    whole = approved + adjusted
    return (spent * 100 / whole).quantize(Decimal("0.1")) if whole > 0 else None


@dataclass(frozen=True)
class Asked:
    """One line as it was refined (二上), beside the ceiling (一下) it was given (yuan; None = not filled in)."""

    name: str
    kind: str
    ceiling: Decimal | None
    refined: Decimal | None


def unanswered(lines: Iterable[Asked]) -> list[str]:
    """Names of the lines that have no ceiling yet."""
    return [line.name for line in lines if line.ceiling is None]


def unrefined(lines: Iterable[Asked]) -> list[str]:
    """Names of the lines that were not refined yet."""
    return [line.name for line in lines if line.refined is None]


def excess(lines: Iterable[Asked]) -> dict[str, Decimal]:
    """By how many yuan the refined lines of a kind go beyond the ceilings of that kind; only kinds that do."""
    over: dict[str, Decimal] = {}
    for line in lines:
        over[line.kind] = over.get(line.kind, ZERO) + (line.refined or ZERO) - (line.ceiling or ZERO)
    return {kind: amount for kind, amount in over.items() if amount > 0}
