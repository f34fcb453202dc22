"""What a statement file adds up to: the figures a person compares before anything is imported."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from anzhi.supervision.funds.readers.model import (
    Entry,
    Event,
    Remark,
    Statement,
    StatementEnd,
    StatementStart,
)


@dataclass(slots=True)
class Totals:
    """Running totals of one statement. Pending entries are counted, never summed."""

    statement: Statement
    entries: int = 0
    pending: int = 0
    credits: Decimal = Decimal("0.00")
    debits: Decimal = Decimal("0.00")
    foreign: bool = False
    """Some entry is in another currency than the statement: its balance cannot be proven."""

    def add(self, entry: Entry) -> None:
        """Count one entry on the side it moves money to."""
        self.entries += 1
        if entry.pending:
            self.pending += 1
            return
        self.foreign |= entry.currency != self.statement.currency
        if entry.credit:
            self.credits += entry.amount
        else:
            self.debits += entry.amount

    @property
    def balance_ok(self) -> bool | None:
        """Opening + credits − debits = closing, exactly; None where the file states no balances."""
        opening, closing = self.statement.opening, self.statement.closing
        if opening is None or closing is None:
            return None
        return not self.foreign and opening + self.credits - self.debits == closing


@dataclass(slots=True)
class Summary:
    """All statements of a file."""

    statements: list[Totals]
    remarks: list[Remark]

    @property
    def entries(self) -> int:
        """All entries, pending ones too."""
        return sum(totals.entries for totals in self.statements)

    @property
    def credits(self) -> Decimal:
        """A control sum over the file; currencies are not converted."""
        return sum((totals.credits for totals in self.statements), Decimal("0.00"))

    @property
    def debits(self) -> Decimal:
        """A control sum over the file; currencies are not converted."""
        return sum((totals.debits for totals in self.statements), Decimal("0.00"))


def summarise(events: Iterable[Event]) -> Summary:
    """Add up a stream of events; a `Refused` raised by the stream passes through."""
    totals: dict[int, Totals] = {}
    remarks: list[Remark] = []
    for event in events:
        if isinstance(event, Entry):
            totals[event.statement].add(event)
        elif isinstance(event, StatementStart):
            totals[event.statement.ordinal] = Totals(event.statement)
        elif isinstance(event, StatementEnd):
            totals[event.statement.ordinal].statement = event.statement
        else:
            remarks.append(event)
    return Summary(list(totals.values()), remarks)
