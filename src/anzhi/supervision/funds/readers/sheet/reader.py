"""Streaming through a sheet: one row in memory, one running account each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain, islice
from typing import BinaryIO, NamedTuple

from anzhi.supervision.funds.readers.model import (
    Entry,
    Event,
    Statement,
    StatementEnd,
    StatementStart,
)
from anzhi.supervision.funds.readers.problems import ReadError, Refused, refuse
from anzhi.supervision.funds.readers.sheet import cells, sources
from anzhi.supervision.funds.readers.sheet.header import (
    SEARCHED,
    Header,
    Row,
    missing,
    recognise,
)
from anzhi.supervision.funds.readers.sheet.labels import Labels
from anzhi.supervision.funds.readers.sheet.mapping import plain
from anzhi.supervision.funds.readers.sheet.rows import FieldProblem, RowReader, is_blank
from anzhi.supervision.funds.readers.values import squeeze

ERROR_LIMIT = 20
"""Faults named at once: enough to see the pattern, few enough to read."""
PAGE = "页"
SUMS = ("计", "余额", PAGE)
"""How the bare words end that stand before sums, not before payments; nobody's name is that of a page turned."""


class Table(NamedTuple):
    """A recognised header with the stream of all rows of its file."""

    header: Header
    rows: Iterator[Row]
    encoding: str = ""


def open_table(stream: BinaryIO, kind: str, code: str) -> Table:
    """Find the table of a file of this kind; refuses one that no mapping explains."""
    encoding = ""
    if kind == "csv":
        encoding = sources.csv_encoding(stream)
        options = [partial(sources.csv_rows, stream, delimiter, encoding) for delimiter in sources.DELIMITERS]
    else:
        options = [partial(sources.xls_rows if kind == "xls" else sources.xlsx_rows, stream)]
    widest: list[Row] | None = None
    fault: Refused | None = None
    for start in options:
        rows = start()
        top, problem = _top(rows)
        header = recognise(top, code)
        if header is not None and problem is None:
            return Table(header, chain(top, rows), encoding)
        rows.close()
        if widest is None or _width(top) > _width(widest):
            widest, fault = top, problem
    raise fault or missing(widest or [], code)


def _top(rows: Iterator[Row]) -> tuple[list[Row], Refused | None]:
    """The rows among which the header must be, and the fault that ended them."""
    top: list[Row] = []
    try:
        top.extend(islice(rows, SEARCHED + 1))
    except Refused as fault:
        return top, fault
    return top, None


def _width(rows: list[Row]) -> int:
    return max(map(len, rows), default=0)


@dataclass(slots=True)
class Account:
    """One account of the table: what its rows add up to, and what their balances say."""

    statement: Statement
    first: Entry | None = None
    last: Entry | None = None
    earliest: date | None = None
    latest: date | None = None
    forward: bool = True
    backward: bool = True

    def add(self, entry: Entry) -> None:
        """Follow the balance column in both directions: banks list oldest or newest first."""
        before = self.last
        if before is not None and entry.balance_after is not None and before.balance_after is not None:
            self.forward &= before.balance_after + entry.signed == entry.balance_after
            self.backward &= entry.balance_after + before.signed == before.balance_after
        self.first = self.first or entry
        self.last = entry
        self.earliest = min(self.earliest or entry.booked, entry.booked)
        self.latest = max(self.latest or entry.booked, entry.booked)

    def oldest_first(self) -> bool:
        """The order the balances prove, else the one the dates show."""
        if self.forward != self.backward or self.first is None or self.last is None:
            return self.forward
        return self.first.booked <= self.last.booked

    def complete(self, opening: Decimal | None, closing: Decimal | None) -> Statement:
        """The statement with its balances: as stated, else from the balance column."""
        if self.first is not None and self.last is not None:
            old, new = (self.first, self.last) if self.oldest_first() else (self.last, self.first)
            if opening is None and old.balance_after is not None:
                opening = old.balance_after - old.signed
            if closing is None:
                closing = new.balance_after
        from_date = self.statement.from_date or self.earliest
        to_date = self.statement.to_date or self.latest
        return self.statement._replace(
            opening=opening,
            closing=closing,
            opening_date=from_date,
            closing_date=to_date,
            from_date=from_date,
            to_date=to_date,
        )


def read_sheet(table: Table, account: str = "") -> Iterator[Event]:
    """Yield the events of a table; `account` stands in where the file names none."""
    reading = Reading(table.header, account)
    for number, row in enumerate(table.rows, 1):
        if number <= table.header.at + 1:
            reading.above(row)
        else:
            yield from reading.row(row, number)
    yield from reading.end()


class Reading:
    """The state of one pass over a table."""

    def __init__(self, header: Header, account: str) -> None:
        self.header = header
        self.rows = RowReader(header)
        self.labels = Labels(header.mapping)
        self.default_account = account
        self.top: list[Row] = []
        self.accounts: dict[str, Account] = {}
        self.errors: list[ReadError] = []
        self.sums = {True: Decimal(0), False: Decimal(0)}
        self.count = 0
        self.in_footer = False

    def above(self, row: Row) -> None:
        """Keep a row above the data; the last of them is the header itself."""
        self.top.append(row)
        if len(self.top) == self.header.at + 1:
            self.labels.scan(self.top[:-1])

    def row(self, row: Row, number: int) -> Iterator[Event]:
        """Read one row below the header."""
        where = f"第 {number} 行"
        if is_blank(row) or self._repeats_header(row):
            return
        if self._is_around(row, number):
            self._footer(row, number)
            return
        try:
            account = self.rows.account(row) or self._label_account(where)
            holder = self._account(account)
            entry = self.rows.read(row, account, holder.statement.ordinal, where, holder.statement.currency)
        except FieldProblem as problem:
            self._note(problem, where)
            return
        if holder.first is None:
            holder.statement = holder.statement._replace(currency=entry.currency)
            yield StatementStart(holder.statement)
        holder.add(entry)
        self.sums[entry.credit ^ entry.reversal] += -entry.amount if entry.reversal else entry.amount
        self.count += 1
        yield entry

    def _note(self, problem: FieldProblem, where: str) -> None:
        place = f"{where}「{problem.column}」"
        self.errors.append(ReadError(place, problem.code, {"text": problem.text}))
        if len(self.errors) >= ERROR_LIMIT:
            raise Refused(*self.errors)

    def _label_account(self, where: str) -> str:
        account = self.labels.account() or self.default_account
        if not account:
            raise refuse("sheet.account_missing", where)
        return account

    def _account(self, number: str) -> Account:
        if number not in self.accounts:
            from_date, to_date = self.labels.period()
            statement = Statement(
                len(self.accounts) + 1,
                number,
                self.labels.currency(),
                from_date=from_date,
                to_date=to_date,
                owner=self.labels.owner(),
            )
            self.accounts[number] = Account(statement)
        return self.accounts[number]

    def _repeats_header(self, row: Row) -> bool:
        """Printed lists repeat their header on every page."""
        at = self.header.columns["date"][0]
        return at < len(row) and plain(row[at]) in self.header.layout.columns["date"]

    def _is_around(self, row: Row, number: int) -> bool:
        """No transaction: a total, a balance carried forward, a note below the table.

        Content decides, not a word alone: a row with a day and an amount on one side is money, whatever its text
        begins with (打印费). Where all it says is the bare word of a sum, nobody can tell: the list is refused.
        """
        footers = self.header.mapping.footers
        found = [word for word in [plain(cell) for cell in row if squeeze(cell)][:3] if word.startswith(footers)]
        if not found or not self._moves(row):
            return bool(found)
        bare = next((word for word in found if word in footers and word.endswith(SUMS)), "")
        if bare and not bare.endswith(PAGE) and self._one_sided(row):
            raise refuse("sheet.sum_or_payment", f"第 {number} 行", text=bare)
        return bool(bare)

    def _one_sided(self, row: Row) -> bool:
        """Whether the amounts may be those of a payment: sums of a list fill both sides."""
        return not all(self._total(row, meaning) for meaning in ("debit", "credit"))

    def _moves(self, row: Row) -> bool:
        try:
            self.rows.get(row, "date", cells.moment)
        except FieldProblem:
            return False
        return any(squeeze(self.rows.cell(row, meaning)) for meaning in ("debit", "credit", "amount"))

    def _footer(self, row: Row, number: int) -> None:
        self.labels.scan([row], number)
        first = plain(next(cell for cell in row if squeeze(cell)))
        if "debit" in self.header.columns and first.endswith(("合计", "总计")):
            self._check(self._total(row, "debit"), self._total(row, "credit"), f"第 {number} 行")

    def _total(self, row: Row, meaning: str) -> Decimal | None:
        try:
            return self.rows.get(row, meaning, cells.amount)
        except FieldProblem:
            return None

    def _check(self, debit: Decimal | None, credit: Decimal | None, where: str) -> None:
        """Totals that the bank states and the rows do not reach: rows are missing."""
        for stated, side in ((debit, False), (credit, True)):
            if stated is not None and abs(stated) != self.sums[side]:
                raise refuse("sheet.totals_differ", where, stated=stated, found=self.sums[side])

    def end(self) -> Iterator[Event]:
        """All rows are read: either the file is whole, or every fault found is told."""
        if self.errors:
            raise Refused(*self.errors)
        self._check(self.labels.amount("debit_total"), self.labels.amount("credit_total"), "")
        count = self.labels.amount("count")
        if count is not None and count != self.count:
            raise refuse("sheet.count_differs", stated=count, found=self.count)
        label = self.labels.account() or self.default_account
        if not self.accounts and label:
            yield StatementStart(self._account(label).statement)
        single = len(self.accounts) == 1
        for account in self.accounts.values():
            opening = self.labels.amount("opening") if single else None
            closing = self.labels.amount("closing") if single else None
            yield StatementEnd(account.complete(opening, closing))
