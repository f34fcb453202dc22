"""Streaming through a camt file: one entry in memory at a time, nothing fetched, no DTD, no entities."""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from anzhi.supervision.funds.readers.camt.entries import currency_of, odd_details, read_entry
from anzhi.supervision.funds.readers.camt.fields import place
from anzhi.supervision.funds.readers.camt.headers import (
    read_balance,
    read_header,
    with_balances,
)
from anzhi.supervision.funds.readers.camt.names import Names
from anzhi.supervision.funds.readers.model import (
    Event,
    Statement,
    StatementEnd,
    StatementStart,
)
from anzhi.supervision.funds.readers.problems import Refused, refuse

QUIET_LIMIT = 64 * 1024 * 1024
"""No entry is this big: a file that brings nothing we know for so long is not a statement."""


class Meter:
    """A stream that counts what was read since the last sign of life."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.quiet = 0

    def read(self, size: int = -1) -> bytes:
        """Read on, unless nothing useful came for too long."""
        if self.quiet > QUIET_LIMIT:
            raise refuse("camt.too_quiet", megabytes=QUIET_LIMIT // 2**20)
        chunk = self.stream.read(size)
        self.quiet += len(chunk)
        return chunk


def read_camt(stream: BinaryIO, namespace: str) -> Iterator[Event]:
    """Yield the events of a camt file whose namespace is known."""
    meter = Meter(stream)
    names = Names(namespace)
    frames = (names.Stmt, names.Rpt, names.Ntfctn)
    elements = etree.iterparse(
        meter,
        events=("end",),
        tag=(names.GrpHdr, names.Ntry, names.Document, *frames),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        yield from _events(elements, meter, names)
    except etree.XMLSyntaxError as error:
        raise _broken(error) from None


def _events(elements: Iterator[tuple[str, etree._Element]], meter: Meter, names: Names) -> Iterator[Event]:
    statement: Statement | None = None
    whole = False
    ordinal = number = 0
    for _, element in elements:
        meter.quiet = 0
        tag = element.tag
        if tag == names.Ntry:
            parent = element.getparent()
            number += 1
            if statement is None:
                ordinal += 1
                statement = _begin(parent, element, names, ordinal)
                yield StatementStart(statement)
            entry = read_entry(element, names, statement, number)
            yield entry
            if entry.details and (remark := odd_details(entry, element)):
                yield remark
            _forget(element, parent)
        elif tag == names.GrpHdr:
            _refuse_doctype(element)
        elif tag == names.Document:
            whole = True
        else:
            if statement is None:
                ordinal += 1
                statement = read_header(element, names, ordinal)
                yield StatementStart(statement)
            yield StatementEnd(_with_late_balances(statement, element, names))
            statement = None
            _forget(element, element.getparent())
    if not whole or not ordinal:
        raise refuse("camt.no_statement")


def _begin(frame: etree._Element, ntry: etree._Element, names: Names, ordinal: int) -> Statement:
    """The header; an account that states no currency has that of its first entry."""
    header = read_header(frame, names, ordinal)
    return header if header.currency else header._replace(currency=currency_of(ntry, names))


def _with_late_balances(statement: Statement, frame: etree._Element, names: Names) -> Statement:
    """Balances that a bank writes behind its entries, against the schema."""
    late = [read_balance(balance, names) for balance in frame.iterchildren(names.Bal)]
    return with_balances(statement, late) if late and statement.closing is None else statement


def _forget(element: etree._Element, parent: etree._Element) -> None:
    """Free what has been read: memory does not grow with the file."""
    element.clear()
    while element.getprevious() is not None:
        del parent[0]


def _refuse_doctype(element: etree._Element) -> None:
    """A statement has no business declaring entities; whoever sends one is attacking or broken."""
    if element.getroottree().docinfo.doctype:
        raise refuse("camt.doctype", place(element))


def _broken(error: etree.XMLSyntaxError) -> Refused:
    where = f"第 {error.lineno} 行" if error.lineno else ""
    text = str(error)
    if "huge" in text.lower() or "too long" in text.lower():
        return refuse("camt.huge_text", where)
    if "encoding" in text.lower() or "proper UTF-8" in text:
        return refuse("camt.encoding", where)
    return refuse("camt.broken", where, reason=text[:120])
