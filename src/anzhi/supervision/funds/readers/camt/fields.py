"""Reading single values out of XML elements, with the line in the error when one is wrong."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from lxml.etree import _Element as Element

from anzhi.supervision.funds.readers.camt.names import Names
from anzhi.supervision.funds.readers.problems import Refused, refuse
from anzhi.supervision.funds.readers.values import (
    BadValue,
    iso_date,
    iso_moment,
    xml_amount,
)

T = TypeVar("T")
Parts = dict[str, Element]


def parts_of(element: Element) -> Parts:
    """The children by tag; the last wins where one repeats."""
    return {child.tag: child for child in element}


def place(element: Element) -> str:
    """Where an element stands, in the words of the user."""
    return f"第 {element.sourceline} 行"


def wrong(element: Element, code: str, **params: object) -> Refused:
    """The refusal for a fault in this element."""
    return refuse(code, place(element), **params)


def _parsed(element: Element, read: Callable[[str], T]) -> T:
    try:
        return read(text_of(element))
    except BadValue as problem:
        raise wrong(element, problem.code, text=problem.text) from None


def positive(element: Element) -> Decimal:
    """An amount; its side stands in CdtDbtInd, so a sign of its own would be ambiguous."""
    amount = _parsed(element, xml_amount)
    if amount.is_signed():
        raise wrong(element, "camt.signed_amount", text=(element.text or "")[:40])
    return amount


def side(parts: Parts, names: Names, owner: Element) -> bool:
    """True for a credit. Without the indicator nobody knows where the money went."""
    indicator = parts.get(names.CdtDbtInd)
    if indicator is None:
        raise wrong(owner, "camt.side_missing", field=owner.tag.rpartition("}")[2])
    text = (indicator.text or "").strip()
    if text not in ("CRDT", "DBIT"):
        raise wrong(indicator, "camt.side_unknown", text=text[:40])
    return text == "CRDT"


def day(holder: Element | None, names: Names) -> tuple[date | None, datetime | None]:
    """Date and, where there is one, moment, from a choice of Dt and DtTm."""
    if holder is None:
        return None, None
    found_day = found_moment = None
    for child in holder:
        if child.tag == names.Dt:
            found_day = _parsed(child, iso_date)
        elif child.tag == names.DtTm:
            found_moment = _parsed(child, iso_moment)
    if found_day is None and found_moment is not None:
        found_day = found_moment.date()
    return found_day, found_moment


def text_of(element: Element | None) -> str:
    """Stripped text, empty for a missing element."""
    if element is None:
        return ""
    return (element.text or "").strip()


def first(element: Element | None, *tags: str) -> str:
    """The first non-empty text below an element under one of these tags."""
    if element is not None:
        for found in element.iter(*tags):
            if text := text_of(found):
                return text
    return ""


def account_number(account: Element | None, names: Names) -> str:
    """The IBAN, or the other identification, of an account."""
    if account is None:
        return ""
    for holder in account.iter(names.IBAN, names.Othr):
        if holder.tag == names.IBAN:
            return text_of(holder).replace(" ", "")
        return text_of(parts_of(holder).get(names.Id))
    return ""
