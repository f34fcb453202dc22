"""The frame of a camt statement: account, period, number, balances."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lxml.etree import _Element as Element

from anzhi.supervision.funds.readers.camt.fields import (
    Parts,
    account_number,
    day,
    first,
    parts_of,
    positive,
    side,
    text_of,
    wrong,
)
from anzhi.supervision.funds.readers.camt.names import Names
from anzhi.supervision.funds.readers.model import Statement


class Balance(NamedTuple):
    """One booked balance of a statement."""

    kind: str
    amount: Decimal
    currency: str
    on: date | None


def read_header(statement: Element, names: Names, ordinal: int) -> Statement:
    """Read what stands before the first entry."""
    parts = parts_of(statement)
    account = parts.get(names.Acct)
    number = account_number(account, names)
    if not number:
        raise wrong(statement, "camt.account_missing")
    balances = [read_balance(b, names) for b in statement.iterchildren(names.Bal)]
    sequence = text_of(parts.get(names.ElctrncSeqNb))
    page, last = _page(parts, names)
    from_date, to_date = _period(parts.get(names.FrToDt), names)
    header = Statement(
        ordinal,
        number,
        _currency(account, names, balances),
        from_date=from_date,
        to_date=to_date,
        number=text_of(parts.get(names.Id)),
        sequence=int(sequence) if sequence.isascii() and sequence.isdigit() else None,
        page=page,
        last_page=last,
        owner=_owner(account, names),
    )
    return with_balances(header, balances)


def _owner(account: Element | None, names: Names) -> str:
    parts = {} if account is None else parts_of(account)
    return first(parts.get(names.Ownr), names.Nm) or text_of(parts.get(names.Nm))


def _currency(account: Element | None, names: Names, balances: Iterable[Balance]) -> str:
    stated = "" if account is None else text_of(parts_of(account).get(names.Ccy))
    return stated or next((b.currency for b in balances), "")


def _page(parts: Parts, names: Names) -> tuple[int | None, bool]:
    for tag in (names.StmtPgntn, names.RptPgntn, names.NtfctnPgntn):
        if tag in parts:
            number = first(parts[tag], names.PgNb)
            page = int(number) if number.isascii() and number.isdigit() else None
            return page, first(parts[tag], names.LastPgInd) in ("true", "1")
    return None, True


def _period(holder: Element | None, names: Names) -> tuple[date | None, date | None]:
    if holder is None:
        return None, None
    found: list[date | None] = [None, None]
    for child in holder:
        for index, tags in enumerate(((names.FrDt, names.FrDtTm), (names.ToDt, names.ToDtTm))):
            if child.tag in tags:
                found[index] = _any_day(child)
    return found[0], found[1]


def _any_day(element: Element) -> date | None:
    text = text_of(element)[:10]
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong(element, "date.malformed", field="FrToDt", text=text) from None


def read_balance(element: Element, names: Names) -> Balance:
    """Read one Bal element; a debit balance is negative."""
    parts = parts_of(element)
    amount = parts.get(names.Amt)
    if amount is None:
        raise wrong(element, "camt.amount_missing")
    value = positive(amount)
    credit = side(parts, names, element)
    kind = first(parts.get(names.Tp), names.Cd, names.Prtry)
    on, _ = day(parts.get(names.Dt), names)
    return Balance(kind, value if credit else -value, amount.get("Ccy") or "", on)


def with_balances(statement: Statement, balances: list[Balance]) -> Statement:
    """Choose opening and closing among the balances, in the account's currency.

    Opening is OPBD, else PRCD (the previous closing), closing is CLBD. Pages of a statement and intraday
    reports carry interim balances (ITBD) instead: with two of them the first opens and the last closes; a
    single one closes where an opening is stated, and opens where a closing is.
    """
    own = [b for b in balances if not statement.currency or b.currency == statement.currency]
    opening = _one(own, "OPBD") or _one(own, "PRCD")
    closing = _one(own, "CLBD")
    interim = [b for b in own if b.kind == "ITBD"]
    if opening is None and interim and (closing is not None or len(interim) > 1):
        opening = interim.pop(0)
    if closing is None and interim:
        closing = interim[-1]
    return statement._replace(
        opening=opening.amount if opening else statement.opening,
        opening_date=opening.on if opening else statement.opening_date,
        closing=closing.amount if closing else statement.closing,
        closing_date=closing.on if closing else statement.closing_date,
    )


def _one(balances: list[Balance], kind: str) -> Balance | None:
    return next((b for b in balances if b.kind == kind), None)
