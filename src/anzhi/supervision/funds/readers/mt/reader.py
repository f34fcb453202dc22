"""Streaming through an MT940 or MT942 file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from anzhi.supervision.funds.readers.model import (
    BOOKED,
    Entry,
    Event,
    Remark,
    Statement,
    StatementEnd,
    StatementStart,
)
from anzhi.supervision.funds.readers.mt.entry import Line, read_line
from anzhi.supervision.funds.readers.mt.fields import END, Field, fields
from anzhi.supervision.funds.readers.mt.information import Information, read_information
from anzhi.supervision.funds.readers.problems import refuse
from anzhi.supervision.funds.readers.values import BadValue, mt_amount, mt_date

_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})([\d,]+)", re.ASCII)
_TOTAL = re.compile(r"(\d*)([A-Z]{3})(\d+,\d*|,\d+)", re.ASCII)
_CLOSING_TAGS = frozenset({"62F", "62M"})


class Balance(NamedTuple):
    """A parsed balance field."""

    amount: Decimal
    on: date
    currency: str
    decimals: int


@dataclass(slots=True)
class Message:
    """The message being read."""

    interim: bool
    statement: Statement
    started: bool = False
    line: Line | None = None
    line_field: Field | None = None
    information: list[str] = field(default_factory=list)
    decimals: int = 2
    last: Field | None = None
    totals: dict[bool, tuple[str, Field]] = field(default_factory=dict)
    sums: dict[bool, list[Decimal]] = field(default_factory=lambda: {True: [], False: []})


def read_mt(lines: Iterable[str], interim: bool) -> Iterator[Event]:
    """Yield the events of an MT940 file, or of an MT942 (`interim`)."""
    message: Message | None = None
    ordinal = 0
    for part in fields(lines):
        if part.tag == "20":
            if message is not None:
                yield from _close(message, marked=False)
            ordinal += 1
            message = Message(interim, Statement(ordinal, "", "", number=part.text.strip()))
        if message is None:
            continue
        if part.tag == END:
            yield from _close(message, marked=True)
            message = None
            continue
        yield from _take(message, part)
        message.last = part
    if message is not None:
        _demand_whole(message)
        yield from _close(message, marked=False)
    if not ordinal:
        raise refuse("mt.no_statement")


def _take(message: Message, part: Field) -> Iterator[Event]:
    """Put one field where it belongs."""
    tag = part.tag
    if tag in ("61", "60F", "60M", "62F", "62M"):
        yield from _flush(message)
    if tag == "61":
        yield from _start(message, part)
        message.line, message.line_field = read_line(part), part
    elif tag in ("86", "NS"):
        message.information.extend(part.lines)
    elif tag in ("25", "25P"):
        _set(message, account=part.lines[0].strip().replace(" ", ""))
    elif tag in ("28", "28C"):
        _number(message, part)
    elif tag in ("60F", "60M"):
        balance = read_balance(part)
        message.decimals = balance.decimals
        _set(
            message,
            opening=balance.amount,
            opening_date=balance.on,
            currency=balance.currency,
        )
    elif tag in _CLOSING_TAGS:
        _closing(message, part)
    elif tag in ("64", "65"):
        read_balance(part)
    elif tag == "34F":
        _set(message, currency=part.text.strip()[:3])
    elif tag in ("90C", "90D"):
        yield from _flush(message)
        message.totals[tag == "90C"] = (part.text.strip(), part)


def _set(message: Message, **changes: Any) -> None:
    message.statement = message.statement._replace(**changes)


def _number(message: Message, part: Field) -> None:
    number, _, page = part.text.strip().partition("/")
    _set(
        message,
        sequence=int(number) if number.isascii() and number.isdigit() else None,
        page=int(page) if page.isascii() and page.isdigit() else None,
    )


def _closing(message: Message, part: Field) -> None:
    balance = read_balance(part)
    if message.statement.opening is not None and balance.currency != message.statement.currency:
        raise refuse("mt.currencies", part.where, text=balance.currency)
    _set(
        message,
        closing=balance.amount,
        closing_date=balance.on,
        currency=balance.currency,
        last_page=part.tag == "62F",
    )


def read_balance(part: Field) -> Balance:
    """Read :60:, :62:, :64: or :65:; a debit balance is negative."""
    found = _BALANCE.fullmatch(part.text.strip())
    if found is None:
        raise refuse("mt.balance_malformed", part.where, tag=part.tag, text=part.text[:40])
    try:
        amount, on = mt_amount(found[4]), mt_date(found[2])
    except BadValue as problem:
        raise refuse(problem.code, part.where, text=problem.text) from None
    decimals = len(found[4].partition(",")[2])
    return Balance(amount if found[1] == "C" else -amount, on, found[3], decimals)


def _start(message: Message, part: Field) -> Iterator[Event]:
    """Announce the statement before its first entry."""
    if message.started:
        return
    statement = message.statement
    if not statement.account:
        raise refuse("mt.account_missing", part.where)
    if statement.opening is None and not message.interim:
        raise refuse("mt.opening_missing", part.where)
    message.started = True
    yield StatementStart(statement)


def _flush(message: Message) -> Iterator[Event]:
    """Give out the entry whose information has now been read."""
    line, information = message.line, message.information
    message.line, message.information = None, []
    if line is None or message.line_field is None:
        return
    status = "PDNG" if line.expected else BOOKED
    if status == BOOKED:
        message.sums[line.credit].append(line.amount)
    yield _entry(message, line, read_information(information), status, message.line_field.where)


def _entry(message: Message, line: Line, about: Information, status: str, where: str) -> Entry:
    return Entry(
        message.statement.ordinal,
        message.statement.account,
        line.booked,
        line.value,
        None,
        line.credit,
        line.amount,
        message.statement.currency,
        line.reversal,
        status,
        line.bank_ref,
        line.reference,
        about.counter_name,
        about.counter_account,
        about.counter_bank,
        about.text or line.more,
        None,
        (),
        where,
    )


def _close(message: Message, marked: bool) -> Iterator[Event]:
    """End a message: what every statement must have is there, or the file is refused."""
    last = message.last
    assert last is not None, "a message begins with a field"
    yield from _flush(message)
    yield from _start(message, last)
    if message.statement.closing is None and not message.interim:
        raise refuse("mt.closing_missing", last.where)
    if message.interim and not marked and not message.totals:
        raise refuse("mt.unfinished", last.where)
    yield from _check_totals(message)
    yield StatementEnd(message.statement)


def _check_totals(message: Message) -> Iterator[Remark]:
    """MT942 ends with count and sum of both sides."""
    for credit, (text, part) in message.totals.items():
        found = _TOTAL.fullmatch(text)
        if found is None:
            raise refuse("mt.total_malformed", part.where, text=text[:40])
        stated = Decimal(found[3].replace(",", "."))
        sums = message.sums[credit]
        if sum(sums, Decimal(0)) != stated or (found[1] and int(found[1]) != len(sums)):
            params = {"stated": f"{stated:f}", "found": f"{sum(sums, Decimal(0)):f}"}
            yield Remark(part.where, "mt.totals_differ", params)


def _demand_whole(message: Message) -> None:
    """A last message without a closing mark may have been cut off; three things show that it was not.

    Its last field is a closing one, that field's line has ended or shows all its decimals, and (checked in
    `_close`) the closing balance is there.
    """
    last = message.last
    assert last is not None, "a message begins with a field"
    if last.closed:
        return
    text = last.text.strip()
    whole_balance = last.tag in (*_CLOSING_TAGS, "64", "65") and _BALANCE.fullmatch(text)
    whole_total = last.tag in ("90C", "90D") and _TOTAL.fullmatch(text)
    decimals = len(text.partition(",")[2])
    if not (whole_balance or whole_total) or decimals != message.decimals:
        raise refuse("mt.unfinished", last.where)
