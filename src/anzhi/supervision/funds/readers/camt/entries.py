"""An Ntry element becomes an Entry with its details."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from lxml.etree import _Element as Element

from anzhi.supervision.funds.readers.camt import slots as s
from anzhi.supervision.funds.readers.camt.fields import place, wrong
from anzhi.supervision.funds.readers.camt.layouts import Part
from anzhi.supervision.funds.readers.camt.names import Names
from anzhi.supervision.funds.readers.model import (
    BOOKED,
    Detail,
    Entry,
    Remark,
    Statement,
)
from anzhi.supervision.funds.readers.values import (
    BadValue,
    iso_date,
    iso_moment,
    xml_amount,
)

STATUSES = frozenset({BOOKED, "PDNG", "INFO", "FUTR"})
SIDES = {"CRDT": True, "DBIT": False}
Record = list[str]


def flatten(ntry: Element, names: Names) -> list[Record]:
    """One record for the entry and one for each detail; the file's layouts tell which element means what."""
    elements = list(ntry.iter())
    layout = names.layout(tuple([element.tag for element in elements]))
    return [_record(elements, part) for part in layout]


def _record(elements: list[Element], part: Part) -> Record:
    record = s.EMPTY.copy()
    for slot, at in part.texts:
        if text := elements[at].text:
            if not record[slot]:
                record[slot] = text.strip()
            elif slot == s.REMITTANCE:
                record[slot] += " " + text.strip()
    for slot, at in part.amounts:
        if not record[slot] and (text := elements[at].text):
            record[slot], record[slot + 1] = text.strip(), elements[at].get("Ccy", "")
    return record


def read_entry(ntry: Element, names: Names, statement: Statement, number: int) -> Entry:
    """Read one entry; a fault in it names its line."""
    try:
        return _entry(ntry, names, statement, number)
    except BadValue as problem:
        raise wrong(ntry, problem.code, text=problem.text) from None


def currency_of(ntry: Element, names: Names) -> str:
    """The currency of an entry's own amount."""
    return flatten(ntry, names)[0][s.CURRENCY]


def _entry(ntry: Element, names: Names, statement: Statement, number: int) -> Entry:
    """What belongs to an entry's only detail also stands at the entry."""
    records = flatten(ntry, names)
    record = records[0]
    credit = _side(record[s.SIDE])
    currency = record[s.CURRENCY] or statement.currency
    details = tuple([_detail(part, credit, currency) for part in records[1:]])
    only = details[0] if len(details) == 1 else _NOTHING
    booked, booked_at = _day(record[s.BOOKED], record[s.BOOKED_AT])
    value, _ = _day(record[s.VALUE], record[s.VALUE_AT])
    return Entry(
        statement.ordinal,
        statement.account,
        booked or value or _fallback_date(statement),
        value,
        booked_at,
        credit,
        _amount(record[s.AMOUNT]),
        currency,
        record[s.REVERSAL] in ("true", "1"),
        _status(record[s.STATUS]),
        record[s.BANK_REF] or only.bank_ref,
        only.reference,
        only.counter_name,
        only.counter_account,
        only.counter_bank,
        only.text or records[-1][s.ENTRY_TEXT],
        None,
        details,
        f"第 {number} 笔",
    )


_NOTHING = Detail(None, True, "", "", "", "", "", "", "")


def _detail(record: Record, credit: bool, currency: str) -> Detail:
    if record[s.SIDE]:
        credit = _side(record[s.SIDE])
    amount, own_currency = record[s.AMOUNT], record[s.CURRENCY]
    if not amount and record[s.TX_CURRENCY] == currency:
        amount = record[s.TX_AMOUNT]
    reference = record[s.END_TO_END]
    if not reference or reference == "NOTPROVIDED":
        reference = record[s.INSTRUCTION]
    party = s.DEBTOR if credit else s.CREDITOR
    return Detail(
        _amount(amount) if amount else None,
        credit,
        own_currency or currency,
        record[s.BANK_REF],
        reference,
        record[party],
        record[party + 1].replace(" ", ""),
        record[party + 2] or record[party + 3],
        record[s.REMITTANCE] or record[s.MORE],
    )


@lru_cache(128)  # the amount of an entry stands at its only detail too
def _amount(text: str) -> Decimal:
    """Positive: the side stands in CdtDbtInd, so a sign of its own would be ambiguous."""
    if not text:
        raise BadValue("camt.amount_missing", text)
    amount = xml_amount(text)
    if amount.is_signed():
        raise BadValue("camt.signed_amount", text)
    return amount


def _side(text: str) -> bool:
    if text not in SIDES:
        raise BadValue("camt.side_unknown" if text else "camt.side_missing", text)
    return SIDES[text]


def _status(text: str) -> str:
    if text not in STATUSES:
        raise BadValue("camt.status_unknown" if text else "camt.status_missing", text)
    return text


def _day(day: str, moment: str) -> tuple[date | None, datetime | None]:
    known = iso_date(day) if day else None
    if not moment:
        return known, None
    at = iso_moment(moment)
    return known or at.date(), at


def _fallback_date(statement: Statement) -> date:
    known = statement.closing_date or statement.to_date
    if known is None:
        raise BadValue("camt.date_missing", "")
    return known


def odd_details(entry: Entry, ntry: Element) -> Remark | None:
    """Details that all carry an amount and do not add up to their entry."""
    total = Decimal(0)
    for detail in entry.details:
        if detail.amount is None or detail.currency != entry.currency:
            return None
        total += detail.amount if detail.credit == entry.credit else -detail.amount
    if total == entry.amount:
        return None
    return Remark(
        f"{entry.where}（{place(ntry)}）",
        "camt.details_differ",
        {"entry": f"{entry.amount:f}", "details": f"{total:f}"},
    )
