"""The frame of a camt statement: account, holder, period, balances, and their faults."""

from datetime import date
from decimal import Decimal

import pytest

from anzhi.supervision.funds.readers.model import Statement, StatementEnd
from supervision.funds.readers.helpers import events, refusal
from supervision.funds.readers.writing import Move, Sheet, camt

TEXT = camt(Sheet(opening=Decimal("1.00"), moves=[Move(True, Decimal("1.00"))])).decode()
BALANCE = "<Amt Ccy='CNY'>{}</Amt><CdtDbtInd>{}</CdtDbtInd><Dt>"
ONE = BALANCE.format("1.00", "CRDT")
ACCOUNT = "<Othr><Id>53001905038050000001</Id></Othr>"


def end_of(text: str) -> Statement:
    (end,) = [event.statement for event in events(text.encode()) if isinstance(event, StatementEnd)]
    return end


@pytest.mark.parametrize(
    "period",
    [
        "<FrDtTm>2026-10-01T00:00:00+08:00</FrDtTm><ToDtTm>2026-10-31T23:59:59+08:00</ToDtTm>",
        "<FrDt>2026-10-01</FrDt><ToDt>2026-10-31</ToDt>",
    ],
)
def test_the_period_in_days_or_moments(period: str) -> None:
    end = end_of(TEXT.replace("<Acct>", f"<FrToDt>{period}</FrToDt><Acct>"))

    assert (end.from_date, end.to_date) == (date(2026, 10, 1), date(2026, 10, 31))


def test_a_period_that_is_none() -> None:
    assert refusal(TEXT.replace("<Acct>", "<FrToDt><FrDt>soon</FrDt></FrToDt><Acct>").encode()).code == "date.malformed"


def test_an_iban_and_its_holder() -> None:
    text = TEXT.replace(ACCOUNT, "<IBAN>CN53 0019 0503</IBAN>").replace("</Ccy>", "</Ccy><Ownr><Nm>元谋县</Nm></Ownr>")

    assert (end_of(text).account, end_of(text).owner) == ("CN5300190503", "元谋县")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (ONE, "<CdtDbtInd>CRDT</CdtDbtInd><Dt>", "camt.amount_missing"),
        ("<CdtDbtInd>CRDT</CdtDbtInd><Dt>", "<Dt>", "camt.side_missing"),
        ("<CdtDbtInd>CRDT</CdtDbtInd><Dt>", "<CdtDbtInd>HABEN</CdtDbtInd><Dt>", "camt.side_unknown"),
        (ONE, BALANCE.format("-1", "DBIT"), "camt.signed_amount"),
        (ONE, BALANCE.format("x", "DBIT"), "amount.malformed"),
    ],
)  # fmt: skip
def test_faulty_balances_are_refused_with_their_line(old: str, new: str, code: str) -> None:
    error = refusal(TEXT.replace(old, new, 1).encode())

    assert (error.code, error.where) == (code, "第 2 行")


def test_a_balance_of_a_moment() -> None:
    end = end_of(TEXT.replace("<Dt><Dt>2026-10-08</Dt></Dt></Bal>", "<Dt><DtTm>2026-10-08T00:00:00</DtTm></Dt></Bal>"))

    assert end.opening_date == date(2026, 10, 8)


def test_a_balance_in_another_currency_does_not_count() -> None:
    closing = BALANCE.format("2.00", "CRDT")
    end = end_of(TEXT.replace(closing, closing.replace("CNY", "USD")))

    assert (end.opening, end.closing) == (1, None)


def test_an_entry_without_any_day_has_that_of_its_statement() -> None:
    text = TEXT.replace("<BookgDt><Dt>2026-10-08</Dt></BookgDt><ValDt><Dt>2026-10-08</Dt></ValDt>", "")

    assert events(text.encode())[1].booked == date(2026, 10, 8)
