"""Entries of one look are read by position; whatever looks otherwise is found out anew."""

import pytest
from lxml import etree

from anzhi.supervision.funds.readers.camt import layouts, slots
from anzhi.supervision.funds.readers.camt.entries import flatten
from anzhi.supervision.funds.readers.camt.names import Names
from supervision.funds.readers.helpers import entries

ENTRY = (
    "<Amt Ccy='CNY'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{status}</Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>"
)


def ntry(inside: str) -> etree._Element:
    return etree.fromstring(f"<Ntry>{inside}</Ntry>")


def frame(*ntries: str) -> bytes:
    inside = "".join(f"<Ntry>{one}</Ntry>" for one in ntries)
    account = "<Acct><Id><Othr><Id>530000001</Id></Othr></Id><Ccy>CNY</Ccy></Acct>"
    head = "<GrpHdr><MsgId>1</MsgId></GrpHdr>"
    return (
        f"<Document><BkToCstmrStmt>{head}<Stmt><Id>1</Id>{account}{inside}</Stmt></BkToCstmrStmt></Document>".encode()
    )


def told(amount: str = "1.00", status: str = "BOOK", rest: str = "") -> str:
    return ENTRY.format(amount=amount, status=status) + rest


def detail(ref: str) -> str:
    return f"<TxDtls><Refs><EndToEndId>{ref}</EndToEndId></Refs></TxDtls>"


def test_equal_tags_do_not_mean_equal_words() -> None:
    first, second = entries(frame(told("1.00"), told("2.50")))

    assert (first.amount, second.amount) == (1, 2.5)


def test_an_entry_with_one_element_more_is_another_look() -> None:
    reversal = "<RvslInd>true</RvslInd>"
    plain, other, again = entries(frame(told(), told(rest=reversal), told()))

    assert (plain.reversal, other.reversal, again.reversal) == (False, True, False)


def test_the_same_tags_in_another_order_are_another_look() -> None:
    names = Names("")
    before = flatten(ntry("<BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-04</Dt></ValDt>"), names)
    after = flatten(ntry("<ValDt><Dt>2026-03-04</Dt></ValDt><BookgDt><Dt>2026-03-02</Dt></BookgDt>"), names)

    assert before[0][slots.BOOKED] == after[0][slots.BOOKED] == "2026-03-02"


def test_both_ways_of_the_status_stand_side_by_side() -> None:
    ways = ["PDNG", "<Cd>BOOK</Cd>", "BOOK", "<Prtry>INFO</Prtry>", "\n<Cd>FUTR</Cd>"]
    found = [entry.status for entry in entries(frame(*(told(status=way) for way in ways)))]

    assert found == ["PDNG", "BOOK", "BOOK", "INFO", "FUTR"]


def test_an_amount_keeps_the_currency_that_stands_at_it() -> None:
    names = Names("")
    record = flatten(ntry("<Amt Ccy='USD'></Amt><Amt Ccy='CNY'> 7.00 </Amt><Amt Ccy='EUR'>8</Amt>"), names)[0]

    assert (record[slots.AMOUNT], record[slots.CURRENCY]) == ("7.00", "CNY")


def test_empty_elements_leave_the_place_to_the_next() -> None:
    record = flatten(ntry("<AcctSvcrRef/><AcctSvcrRef>  </AcctSvcrRef><AcctSvcrRef>R7</AcctSvcrRef>"), Names(""))[0]

    assert record[slots.BANK_REF] == "R7"


def test_remittance_lines_are_joined() -> None:
    lines = "<NtryDtls><TxDtls><RmtInf><Ustrd>one</Ustrd><Ustrd> two </Ustrd></RmtInf></TxDtls></NtryDtls>"

    assert flatten(ntry(lines), Names(""))[1][slots.REMITTANCE] == "one two"


@pytest.mark.parametrize("count", [2, layouts.LARGE])
def test_details_are_told_apart_however_many_there_are(count: int) -> None:
    details = "".join(detail(f"E{n}") for n in range(count))
    entry = entries(frame(told(rest=f"<NtryDtls>{details}</NtryDtls>")))[0]

    assert [part.reference for part in entry.details] == [f"E{n}" for n in range(count)]


def test_only_small_looks_are_remembered_and_not_without_end() -> None:
    names = Names("")
    for count in range(layouts.MOST + 20):
        flatten(ntry("<X/>" * count), names)
    flatten(ntry("<X/>" * layouts.LARGE), names)

    known = names.remembered.cache_info()
    assert (known.currsize, known.misses) == (layouts.MOST, layouts.MOST + 20)
