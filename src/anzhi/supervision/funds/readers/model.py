"""What comes out of a statement file, whatever its format: the shapes shared by importer and command line.

A file is read as a stream of events. `StatementStart(n)` comes before every entry of statement `n`,
`StatementEnd(n)` after the last. Statements of a sheet may interleave, so a consumer goes by
`Entry.statement`, not by nesting. What is known about a statement may grow while the file is read (an
MT940 closing balance stands at the end): the `Statement` inside `StatementEnd` is the complete one.

A file is accepted or refused as a whole. A reader raises `problems.Refused` at whatever point it finds
the file broken; whoever has stored entries by then must throw them away.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from anzhi.supervision.funds.readers import messages

BOOKED = "BOOK"


class Format(NamedTuple):
    """What kind of file it is."""

    kind: str
    """camt.052 · camt.053 · camt.054 · mt940 · mt942 · csv · xls · xlsx"""
    version: str = ""
    """The camt version as two digits ("08"), else empty."""
    mapping: str = ""
    """The bank mapping of a sheet ("icbc"), else empty."""
    encoding: str = ""
    """The text encoding found, else empty (XML says its own, XLS and XLSX need none)."""


class Detail(NamedTuple):
    """One underlying transaction of an entry: match at this level, sum at entry level."""

    amount: Decimal | None
    """Positive; None where the bank gives no amount for the part."""
    credit: bool
    currency: str
    bank_ref: str
    reference: str
    """End-to-end or instruction reference given by the payer."""
    counter_name: str
    counter_account: str
    counter_bank: str
    text: str


class Entry(NamedTuple):
    """One line of a statement.

    `credit` is the side on which money moved: a reversed credit is a debit. `amount` is never negative.
    """

    statement: int
    """Which statement of the file, from 1."""
    account: str
    booked: date
    value: date | None
    booked_at: datetime | None
    """The moment of booking where the bank gives one (naive: the bank's own clock)."""
    credit: bool
    amount: Decimal
    currency: str
    reversal: bool
    status: str
    """BOOK, or PDNG, INFO, FUTR: listed, never summed."""
    bank_ref: str
    """The bank's own reference of the entry, empty where it gives none."""
    reference: str
    """The customer's reference (end-to-end id, voucher number), empty where there is none."""
    counter_name: str
    counter_account: str
    counter_bank: str
    text: str
    balance_after: Decimal | None
    """Signed."""
    details: tuple[Detail, ...]
    where: str
    """Where in the file: a line, a row, or the path of the XML element."""

    @property
    def pending(self) -> bool:
        """Not booked (yet): stays out of every total."""
        return self.status != BOOKED

    @property
    def signed(self) -> Decimal:
        """The amount with the sign of its effect on the balance."""
        return self.amount if self.credit else -self.amount


class Statement(NamedTuple):
    """The frame around entries. Balances are signed: a debit balance is negative."""

    ordinal: int
    account: str
    currency: str
    opening: Decimal | None = None
    closing: Decimal | None = None
    opening_date: date | None = None
    closing_date: date | None = None
    from_date: date | None = None
    to_date: date | None = None
    number: str = ""
    """The statement's number or id, as the bank writes it."""
    sequence: int | None = None
    """A counter without gaps, where the bank gives one."""
    page: int | None = None
    """The page of a statement that the bank cut into pages (MT940 :28C:, camt StmtPgntn)."""
    last_page: bool = True
    owner: str = ""
    """The account's holder as the bank writes it."""


class StatementStart(NamedTuple):
    """A statement begins; balances that stand further down are still None."""

    statement: Statement


class StatementEnd(NamedTuple):
    """A statement is complete."""

    statement: Statement


class Remark(NamedTuple):
    """Something odd that does not make the file wrong, such as details that do not add up to their entry."""

    where: str
    code: str
    params: dict[str, str]

    @property
    def message(self) -> str:
        """The sentence in Chinese."""
        return messages.render(self.code, self.params)


Event = StatementStart | Entry | Remark | StatementEnd
