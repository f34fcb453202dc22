"""A file's entries stream into a temporary table; what is wrong with it is found on the way."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.backends.utils import CursorWrapper

from anzhi.foundation.money.field import to_yuan
from anzhi.foundation.money.formats import figure
from anzhi.supervision.funds import marks
from anzhi.supervision.funds.numbers import counter_of, mask_of
from anzhi.supervision.funds.readers.model import Entry, Event, Format, Remark, Statement, StatementEnd
from anzhi.supervision.funds.readers.problems import Refused
from anzhi.supervision.funds.refusals import ImportRefused, Reason, reason
from anzhi.supervision.funds.rules import key_of, whole_fen
from anzhi.supervision.funds.services.known import Known, KnownAccounts

CLOCK = ZoneInfo("Asia/Shanghai")
BATCH, MOST = 2000, 50
COLUMNS = (
    ("n", "int8"), ("statement", "int4"), ("account_id", "int8"), ("region_code", "text"), ("booked", "date"),
    ("value", "date"), ("booked_at", "timestamptz"), ("credit", "bool"), ("fen", "int8"), ("balance_after", "int8"),
    ("bank_ref", "text"), ("reference", "text"), ("text", "text"), ("counter_name", "text"),
    ("counter_mask", "text"), ("counter_index", "bytea"), ("counter_bank", "text"), ("reversal", "bool"),
    ("pending", "bool"), ("key", "bytea"), ("place", "text"),
)  # fmt: skip
DETAILS = (
    ("n", "int8"), ("ordinal", "int4"), ("fen", "int8"), ("credit", "bool"), ("bank_ref", "text"),
    ("reference", "text"), ("counter_name", "text"), ("counter_mask", "text"), ("counter_index", "bytea"),
    ("counter_bank", "text"), ("text", "text"),
)  # fmt: skip
Row = tuple[Any, ...]


@dataclass(slots=True)
class Sums:
    """What one statement's entries come to, in fen, and on which days."""

    first: date
    last: date
    earliest: date
    latest: date
    credits: int = 0
    debits: int = 0
    entries: int = 0

    @property
    def backwards(self) -> bool:
        """Whether the file runs from new to old."""
        return self.first > self.last


@dataclass
class Framed:
    """A statement with its account and sums; None where it has no booked entry."""

    statement: Statement
    account: Known
    sums: Sums | None

    @property
    def credits(self) -> int:
        """Fen that came in."""
        return self.sums.credits if self.sums else 0

    @property
    def debits(self) -> int:
        """Fen that went out."""
        return self.sums.debits if self.sums else 0

    @property
    def until(self) -> date | None:
        """The last day it tells of."""
        return self.statement.to_date or self.statement.closing_date or (self.sums.latest if self.sums else None)

    @property
    def since(self) -> date | None:
        """The first day it tells of."""
        return self.statement.from_date or (self.sums.earliest if self.sums else self.until)


@dataclass(slots=True)
class Staged:
    """What a file brought into the staging table."""

    kind: str
    mapping: str
    frames: list[Framed] = field(default_factory=list)
    remarks: list[dict[str, Any]] = field(default_factory=list)
    entries: int = 0
    pending: int = 0
    details: int = 0

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of its booked rows."""
        sums = [frame.sums for frame in self.frames if frame.sums]
        return min((one.earliest for one in sums), default=date.max), max(
            (one.latest for one in sums), default=date.min
        )

    @property
    def credits(self) -> Decimal:
        """Yuan that came in."""
        return to_yuan(sum(frame.credits for frame in self.frames))

    @property
    def debits(self) -> Decimal:
        """Yuan that went out."""
        return to_yuan(sum(frame.debits for frame in self.frames))


def stage(events: Iterable[Event], kind: Format, accounts: KnownAccounts, report: Callable[[int], None]) -> Staged:
    """Stream everything into `funds_staged`; raises ImportRefused with all reasons found."""
    reader = _Reader(Staged(kind.kind, kind.mapping), accounts)
    with connection.cursor() as cursor:
        for table, columns in (("funds_staged", COLUMNS), ("funds_staged_detail", DETAILS)):
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table} CASCADE")
            shape = ", ".join(f"{name} {kind}" for name, kind in columns)
            cursor.execute(f"CREATE TEMP TABLE {table} ({shape}) ON COMMIT DROP")
        try:
            _stream(cursor, reader, events, report)
        except Refused as refusal:
            raise ImportRefused.by_reader(refusal, accounts.regions) from refusal
    if reader.reasons:
        raise ImportRefused(reader.reasons, accounts.regions)
    return reader.staged


def _stream(cursor: CursorWrapper, reader: "_Reader", events: Iterable[Event], report: Callable[[int], None]) -> None:
    stream = reader.rows(events)
    while True:
        marks.phase("parse")
        if not (rows := list(islice(stream, BATCH))):
            return
        marks.phase("copy")
        _copy(cursor, "funds_staged", COLUMNS, rows)
        if reader.parts:
            _copy(cursor, "funds_staged_detail", DETAILS, reader.parts)
            reader.parts = []
        report(reader.staged.entries)


def _copy(cursor: CursorWrapper, table: str, columns: Iterable[tuple[str, str]], rows: list[Row]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types([kind for _, kind in columns])
        for row in rows:
            copy.write_row(row)


class _Reader:
    """Turns events into rows, and keeps what only the end can judge."""

    def __init__(self, staged: Staged, accounts: KnownAccounts) -> None:
        self.staged, self.accounts = staged, accounts
        self.reasons: list[Reason] = []
        self.parts: list[Row] = []
        self.sums: dict[int, Sums] = {}

    def rows(self, events: Iterable[Event]) -> Iterator[Row]:
        """One row an entry, in the order of the file."""
        for event in events:
            if isinstance(event, Entry):
                if row := self.row(event):
                    yield row
            elif isinstance(event, StatementEnd):
                self.end(event.statement)
            elif isinstance(event, Remark) and len(self.staged.remarks) < MOST:
                self.staged.remarks.append(Reason(*event).stored())
            if len(self.reasons) >= MOST:
                break

    def row(self, entry: Entry) -> Row | None:
        """The staged row, None where it is wrong; sums go by the way."""
        account = self.accounts.find(entry.account)
        fen = whole_fen(entry.amount)
        if not isinstance(account, Known) or entry.currency != "CNY" or fen is None:
            self.refuse_entry(entry, account, fen)
            return None
        self.add(entry, account, fen)
        staged = self.staged
        staged.entries += 1
        if len(entry.details) > 1:
            self.details(staged.entries, entry)
        balance = None if entry.balance_after is None else whole_fen(entry.balance_after)
        mask, index = counter_of(entry.counter_account)
        return (
            staged.entries,
            entry.statement,
            account.pk,
            account.region_code,
            entry.booked,
            entry.value,
            entry.booked_at and entry.booked_at.replace(tzinfo=CLOCK),
            entry.credit,
            fen,
            balance,
            entry.bank_ref,
            entry.reference,
            entry.text,
            entry.counter_name,
            mask,
            index,
            entry.counter_bank,
            entry.reversal,
            entry.pending,
            key_of(
                bank_ref=entry.bank_ref,
                text=entry.text,
                counter_name=entry.counter_name,
                credit=entry.credit,
                fen=fen,
            ),
            entry.where[:80],
        )

    def add(self, entry: Entry, account: Known, fen: int) -> None:
        """Count the entry for its statement."""
        if entry.pending:
            self.staged.pending += 1
            return
        sums = self.sums.get(entry.statement)
        booked = entry.booked
        if sums is None:
            sums = self.sums[entry.statement] = Sums(booked, booked, booked, booked)
        sums.entries += 1
        if entry.credit:
            sums.credits += fen
        else:
            sums.debits += fen
        sums.last = booked
        if booked < sums.earliest:
            sums.earliest = booked
        elif booked > sums.latest:
            sums.latest = booked
        if account.closed_on and booked > account.closed_on:
            self.note("account.closed", entry.where, account=mask_of(entry.account), day=account.closed_on)

    def details(self, n: int, entry: Entry) -> None:
        """The parts of an entry that holds more than one payment."""
        self.staged.details += len(entry.details)
        for ordinal, part in enumerate(entry.details, 1):
            mask, index = counter_of(part.counter_account)
            self.parts.append(
                (
                    n,
                    ordinal,
                    None if part.amount is None else whole_fen(part.amount),
                    part.credit,
                    part.bank_ref,
                    part.reference,
                    part.counter_name,
                    mask,
                    index,
                    part.counter_bank,
                    part.text,
                )
            )

    def refuse_entry(self, entry: Entry, account: Known | str, fen: int | None) -> None:
        """Say what is wrong with an entry; an unknown account is said once, by its statement."""
        if isinstance(account, Known) and entry.currency != "CNY":
            self.note("currency.foreign", entry.where, currency=entry.currency)
        elif isinstance(account, Known) and fen is None:
            self.note("amount.fen", entry.where, amount=entry.amount)

    def end(self, statement: Statement) -> None:
        """A statement is complete: find its account, check its balance."""
        account = self.accounts.find(statement.account)
        if not isinstance(account, Known):
            self.note(account, statement.number, account=mask_of(statement.account))
            return
        if statement.currency not in ("CNY", ""):
            self.note("currency.foreign", statement.number, currency=statement.currency)
            return
        frame = Framed(statement, account, self.sums.pop(statement.ordinal, None))
        self.staged.frames.append(frame)
        self.balance(statement, frame)

    def balance(self, statement: Statement, frame: Framed) -> None:
        """Opening plus entries must be closing, where the file states both."""
        if statement.opening is None or statement.closing is None or self.reasons:
            return
        moved = to_yuan(frame.credits - frame.debits)
        if (off := statement.closing - statement.opening - moved) != 0:
            self.note(
                "balance.open",
                f"{mask_of(statement.account)} {statement.number}".strip(),
                opening=figure(statement.opening),
                moved=figure(moved),
                reached=figure(statement.opening + moved),
                closing=figure(statement.closing),
                difference=figure(off),
            )

    def note(self, code: str, where: str, **params: object) -> None:
        """One more reason to refuse the file."""
        new = reason(code, where, **params)
        if new not in self.reasons:
            self.reasons.append(new)
