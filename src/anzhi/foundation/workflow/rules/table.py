"""Which line of a decision table fits."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from anzhi.foundation.workflow.rules.plan import Row, Table


def decided(table: Table, facts: Mapping[str, Any], region_code: str) -> tuple[int, Row]:
    """The first line that fits, with its number; the last always does. A fact nobody gave fits no bound."""
    amount, kind = number(facts.get(table.amount)), str(facts.get(table.kind, ""))
    for position, row in enumerate(table.rows, 1):
        if _fits(row, amount, kind, region_code):
            return position, row
    raise LookupError("the last line of a decision table fits everything")


def number(value: Any) -> Decimal | None:
    """A fact as a number; None when it is none."""
    try:
        found = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _fits(row: Row, amount: Decimal | None, kind: str, region_code: str) -> bool:
    if row.kind and row.kind != kind:
        return False
    if (row.at_least or row.below) and amount is None:
        return False
    low = not row.at_least or (amount is not None and amount >= Decimal(row.at_least))
    high = not row.below or (amount is not None and amount < Decimal(row.below))
    return low and high and region_code.startswith(row.region)
