"""A row of a bank's list becomes an Entry."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from anzhi.supervision.funds.readers.model import BOOKED, Entry
from anzhi.supervision.funds.readers.sheet import cells
from anzhi.supervision.funds.readers.sheet.header import Header, Row
from anzhi.supervision.funds.readers.sheet.mapping import plain
from anzhi.supervision.funds.readers.values import BadValue, squeeze


class FieldProblem(Exception):
    """A cell that cannot be read, with the header name of its column."""

    def __init__(self, code: str, column: str, text: str) -> None:
        super().__init__(code)
        self.code, self.column, self.text = code, column, text


class Movement(NamedTuple):
    """Which way how much money went."""

    credit: bool
    amount: Decimal
    reversal: bool


class RowReader:
    """Reads the rows of one recognised table."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.mapping = header.mapping

    def cell(self, row: Row, meaning: str) -> object:
        """The cell of a column, None where row or column is missing."""
        at = self.header.columns.get(meaning)
        return row[at[0]] if at and at[0] < len(row) else None

    def text(self, row: Row, meaning: str) -> str:
        """The text of a column."""
        return squeeze(self.cell(row, meaning))

    def read(self, row: Row, account: str, ordinal: int, where: str, currency: str) -> Entry:
        """Read a row that is known to be a transaction."""
        movement = self._movement(row)
        day, at = self.get(row, "date", cells.moment)
        at = at or cells.clock(self.cell(row, "time"))
        value = self.cell(row, "value_date")
        name, number, bank = self._counterparty(row, movement.credit)
        return Entry(
            ordinal,
            account,
            day,
            self.get(row, "value_date", cells.moment)[0] if squeeze(value) else None,
            datetime.combine(day, at) if at else None,
            movement.credit,
            movement.amount,
            self.get(row, "currency", cells.currency) or currency,
            movement.reversal,
            BOOKED,
            self.text(row, "bank_ref").strip("-"),
            self.text(row, "reference"),
            name,
            number,
            bank,
            self._texts(row),
            self.get(row, "balance", cells.amount),
            (),
            where,
        )

    def account(self, row: Row) -> str:
        """The account of this row, empty where the table has no such column."""
        return self.get(row, "account", cells.account)

    def get(self, row: Row, meaning: str, read):
        try:
            return read(self.cell(row, meaning))
        except BadValue as problem:
            raise self._problem(problem, meaning) from None

    def _problem(self, problem: BadValue, meaning: str) -> FieldProblem:
        code = problem.code if problem.text else "sheet.cell_empty"
        return FieldProblem(code, self._name(meaning), problem.text)

    def _movement(self, row: Row) -> Movement:
        columns = self.header.columns
        if "amount" in columns:
            return self._one_column(row, has_side="side" in columns)
        debit = self.get(row, "debit", cells.amount) or Decimal(0)
        credit = self.get(row, "credit", cells.amount) or Decimal(0)
        if debit and credit:
            raise FieldProblem("sheet.both_sides", self._name("debit"), f"{debit} / {credit}")
        if not debit and not credit and not self._says_zero(row):
            raise FieldProblem("sheet.no_amount", self._name("debit"), "")
        amount, on_credit = (debit, False) if debit else (credit, True)
        return _movement(amount, on_credit)

    def _says_zero(self, row: Row) -> bool:
        return any(squeeze(self.cell(row, meaning)) for meaning in ("debit", "credit"))

    def _one_column(self, row: Row, has_side: bool) -> Movement:
        amount = self.get(row, "amount", cells.amount)
        if amount is None:
            raise FieldProblem("sheet.no_amount", self._name("amount"), "")
        if not has_side:
            return Movement(not amount.is_signed(), abs(amount), False)
        side = self.text(row, "side")
        word = plain(side)
        if word in self.mapping.credit_words:
            return _movement(amount, True)
        if word in self.mapping.debit_words:
            return _movement(amount, False)
        raise FieldProblem("sheet.side_unknown", self._name("side"), side)

    def _name(self, meaning: str) -> str:
        return self.header.layout.titles[meaning]

    def _counterparty(self, row: Row, credit: bool) -> tuple[str, str, str]:
        """Its own columns, or the payer of a credit and the payee of a debit."""
        who = "counter" if "counter_name" in self.header.columns else "payer" if credit else "payee"
        return (
            self.text(row, f"{who}_name"),
            self.get(row, f"{who}_account", cells.account),
            self.text(row, f"{who}_bank"),
        )

    def _texts(self, row: Row) -> str:
        """All text columns, each saying once what it says."""
        found: list[str] = []
        for at in self.header.columns.get("text", ()):
            text = squeeze(row[at]) if at < len(row) else ""
            if text and text not in found:
                found.append(text)
        return "；".join(found)


def _movement(amount: Decimal, on_credit: bool) -> Movement:
    """A negative amount in a column takes back: it moves money the other way (红字冲正)."""
    if amount < 0:
        return Movement(not on_credit, -amount, True)
    return Movement(on_credit, amount, False)


def is_blank(row: Sequence[object]) -> bool:
    """No cell says anything."""
    return not any(squeeze(cell) for cell in row)
