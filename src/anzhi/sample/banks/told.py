"""What one account tells in one period."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from anzhi.sample.banks.rows import Row
from anzhi.sample.span import Period


@dataclass(frozen=True)
class Told:
    """The frame of a statement: whose account, which days, opening in fen, rows in order."""

    bank: str
    number: str
    name: str
    delivery: str
    period: Period
    opening: int
    rows: Sequence[Row]

    @property
    def closing(self) -> int:
        """Opening and rows."""
        return self.opening + sum(row.fen for row in self.rows)


def yuan(fen: int) -> str:
    """Plain figures with two decimals."""
    return str((Decimal(abs(fen)) / 100).quantize(Decimal("0.01")))
