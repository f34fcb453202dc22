"""Whatever is written is read back: same sums, same entries, balance proven; and a cut file never passes."""

from decimal import Decimal

import mt940 as theirs
from hypothesis import given, settings

from anzhi.supervision.funds.readers.problems import Refused
from supervision.funds.readers.helpers import entries, figures
from supervision.funds.readers.writing import Sheet, camt, mt940, sheets


@settings(max_examples=60, deadline=None)
@given(sheets)
def test_camt_round_trip(sheet: Sheet) -> None:
    totals = figures(camt(sheet)).statements[0]

    assert (totals.credits, totals.debits, totals.balance_ok) == (sheet.credits, sheet.debits, True)
    assert [(e.booked, e.signed, e.bank_ref) for e in entries(camt(sheet))] == [
        (m.day, m.amount if m.credit else -m.amount, m.ref) for m in sheet.moves
    ]


@settings(max_examples=60, deadline=None)
@given(sheets)
def test_mt_round_trip(sheet: Sheet) -> None:
    totals = figures(mt940(sheet)).statements[0]

    assert (totals.credits, totals.debits, totals.balance_ok) == (sheet.credits, sheet.debits, True)
    assert [(e.booked, e.reversal, e.bank_ref) for e in entries(mt940(sheet))] == [
        (m.day, m.reversal, m.ref) for m in sheet.moves
    ]


@settings(max_examples=40, deadline=None)
@given(sheets)
def test_mt_amounts_agree_with_mt940_of_pypi(sheet: Sheet) -> None:
    known = theirs.models.Transactions(options=theirs.models.Options(reversal_sign=True))
    known.parse(mt940(sheet).decode())

    signed = [Decimal(str(transaction.data["amount"].amount)) for transaction in known.transactions]

    assert [entry.signed for entry in entries(mt940(sheet))] == signed


@settings(max_examples=60, deadline=None)
@given(sheets)
def test_a_cut_camt_file_never_passes(sheet: Sheet) -> None:
    content = camt(sheet)
    cut = content[: len(content) * 2 // 3]

    try:
        figures(cut)
    except Refused:
        return
    raise AssertionError("a cut file passed")
