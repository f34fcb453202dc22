"""camt.052, .053, .054: what each element means."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from anzhi.supervision.funds.readers.model import Remark, StatementEnd
from supervision.funds.readers.helpers import entries, events, figures, refusal
from supervision.funds.readers.writing import Move, Sheet, balance, camt, ntry

ONE = Sheet(opening=Decimal("100.00"), moves=[Move(True, Decimal("50.25")), Move(False, Decimal("0.25"))])


def changed(old: str, new: str, sheet: Sheet = ONE) -> bytes:
    text = camt(sheet).decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def test_a_statement_adds_up() -> None:
    summary = figures(camt(ONE))

    totals = summary.statements[0]
    assert (totals.credits, totals.debits, totals.balance_ok) == (Decimal("50.25"), Decimal("0.25"), True)
    assert totals.statement.opening == 100
    assert totals.statement.sequence == 7


def test_an_open_balance_is_told_and_the_file_still_read() -> None:
    content = changed("150.00", "150.01")

    assert figures(content).statements[0].balance_ok is False


@pytest.mark.parametrize("version", [f"{n:02d}" for n in range(1, 14)])
@pytest.mark.parametrize(
    ("message", "container", "frame"),
    [
        ("052", "BkToCstmrAcctRpt", "Rpt"),
        ("053", "BkToCstmrStmt", "Stmt"),
        ("054", "BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    ],
)
def test_every_message_and_version_reads_alike(message: str, container: str, frame: str, version: str) -> None:
    namespace = f"urn:iso:std:iso:20022:tech:xsd:camt.{message}.001.{version}"

    assert figures(camt(ONE, namespace=namespace, container=container, frame=frame)).credits == Decimal("50.25")


@pytest.mark.parametrize("namespace", ["", "urn:swift:xsd:$camt.053.001.02", "http://bank.example/statement"])
def test_the_namespace_does_not_matter(namespace: str) -> None:
    assert figures(camt(ONE, namespace=namespace)).entries == 2


def test_a_prefix_and_an_envelope_do_not_matter() -> None:
    text = camt(ONE).decode().replace("<", "<c:").replace("<c:/", "</c:").replace("<c:?", "<?")
    text = text.replace(" xmlns=", " xmlns:c=").replace("<c:Document", "<Envelope><c:Document") + "</Envelope>"

    assert figures(text.encode()).entries == 2


def test_a_reversal_is_only_a_flag() -> None:
    sheet = Sheet(moves=[Move(True, Decimal(9)), Move(False, Decimal(9), reversal=True)])
    first, second = entries(camt(sheet))

    assert (second.reversal, second.credit, second.signed) == (True, False, -9)
    assert first.reversal is False
    assert figures(camt(sheet)).debits == 9


@pytest.mark.parametrize("status", ["PDNG", "INFO", "FUTR"])
def test_what_is_not_booked_is_listed_not_summed(status: str) -> None:
    sheet = Sheet(moves=[Move(True, Decimal(5)), Move(True, Decimal(7), status=status)])

    totals = figures(camt(sheet)).statements[0]

    assert (totals.entries, totals.pending, totals.credits, totals.balance_ok) == (2, 1, 5, True)


def test_the_old_way_of_writing_the_status() -> None:
    assert entries(changed("<Sts><Cd>BOOK</Cd></Sts>", "<Sts>PDNG</Sts>"))[0].pending


def test_five_decimals_stay_exact() -> None:
    sheet = Sheet(moves=[Move(True, Decimal("0.00001")), Move(True, Decimal("18.15000"))])

    assert figures(camt(sheet)).credits == Decimal("18.15001")
    assert str(entries(camt(sheet))[1].amount) == "18.15000"


@pytest.mark.parametrize(("text", "value"), [("0", 0), (".5", "0.5"), ("5.", 5), ("131500000000.00", "131500000000")])
def test_amounts_as_xml_may_write_them(text: str, value: str) -> None:
    assert entries(changed(">50.25<", f">{text}<"))[0].amount == Decimal(value)


@pytest.mark.parametrize("text", ["", "1e5", "NaN", "1,5", "1_000", "abc", "9" * 40])
def test_what_is_no_amount_is_refused_with_its_line(text: str) -> None:
    error = refusal(changed(">50.25<", f">{text}<"))

    assert error.where.startswith("第 2 行")


def test_a_negative_amount_beside_a_side_is_refused() -> None:
    assert refusal(changed(">50.25<", ">-50.25<")).code == "camt.signed_amount"


def test_a_missing_side_is_refused_with_its_line() -> None:
    text = camt(ONE).decode().replace("<Ntry>", "\n<Ntry>")
    text = text.replace("<Amt Ccy='CNY'>0.25</Amt><CdtDbtInd>DBIT</CdtDbtInd>", "<Amt Ccy='CNY'>0.25</Amt>")
    error = refusal(text.encode())

    assert (error.code, error.where) == ("camt.side_missing", "第 4 行")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("CRDT</CdtDbtInd><Sts>", "PLUS</CdtDbtInd><Sts>", "camt.side_unknown"),
        ("<Sts><Cd>BOOK</Cd></Sts>", "", "camt.status_missing"),
        ("<Cd>BOOK</Cd>", "<Cd>DONE</Cd>", "camt.status_unknown"),
        ("<BookgDt><Dt>2026-10-08<", "<BookgDt><Dt>2026-13-08<", "date.malformed"),
        ("<Acct><Id><Othr><Id>53001905038050000001</Id></Othr></Id>", "<Acct>", "camt.account_missing"),
    ],
)
def test_faults_are_named(old: str, new: str, code: str) -> None:
    assert refusal(changed(old, new)).code == code


def test_a_moment_gives_day_and_time_of_the_banks_clock() -> None:
    content = changed("<BookgDt><Dt>2026-10-08</Dt>", "<BookgDt><DtTm>2026-10-08T23:59:59.999+08:00</DtTm>")
    entry = entries(content)[0]

    assert entry.booked == date(2026, 10, 8)
    assert entry.booked_at == datetime(2026, 10, 8, 23, 59, 59, 999000)  # noqa: DTZ001 — the bank's own clock


def test_without_a_booking_day_the_value_day_counts() -> None:
    assert entries(changed("<BookgDt><Dt>2026-10-08</Dt></BookgDt>", ""))[0].booked == date(2026, 10, 8)


DETAILS = """<NtryDtls><Btch><NbOfTxs>2</NbOfTxs><CdtDbtInd>DBIT</CdtDbtInd></Btch>{}</NtryDtls>"""
DETAIL = """<TxDtls><Refs><EndToEndId>{ref}</EndToEndId></Refs><Amt Ccy='CNY'>{amount}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Chrgs><Rcrd><Amt Ccy='CNY'>1.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>
<RltdPties><InitgPty><Nm>发起人</Nm></InitgPty><Dbtr><Pty><Nm>楚雄州搬迁办</Nm></Pty></Dbtr>
<DbtrAcct><Id><IBAN>CN00 5300</IBAN></Id></DbtrAcct><Cdtr><Nm>元谋县搬迁办</Nm></Cdtr>
<CdtrAcct><Id><Othr><Id>777</Id></Othr></Id></CdtrAcct></RltdPties>
<RltdAgts><DbtrAgt><FinInstnId><BICFI>PCBCCNBJ</BICFI></FinInstnId></DbtrAgt></RltdAgts>
<RmtInf><Ustrd>楚搬发〔2026〕8号</Ustrd><Ustrd>第二批</Ustrd></RmtInf></TxDtls>"""


def with_details(*parts: tuple[str, str]) -> bytes:
    inner = "".join(DETAIL.format(ref=ref, amount=amount) for ref, amount in parts)
    sheet = Sheet(moves=[Move(True, Decimal(30), text="")])
    return camt(sheet).decode().replace("<AddtlNtryInf>", DETAILS.format(inner) + "<AddtlNtryInf>").encode()


def test_sum_at_entry_level_match_at_detail_level() -> None:
    entry = entries(with_details(("A", "10.00"), ("B", "20.00")))[0]

    assert entry.amount == 30
    assert [(d.reference, d.amount, d.credit) for d in entry.details] == [("A", 10, True), ("B", 20, True)]
    assert entry.counter_name == ""
    assert figures(with_details(("A", "10.00"), ("B", "20.00"))).remarks == []


def test_the_only_detail_speaks_for_its_entry() -> None:
    entry = entries(with_details(("A", "30.00")))[0]

    assert (entry.counter_name, entry.counter_account, entry.counter_bank) == ("楚雄州搬迁办", "CN005300", "PCBCCNBJ")
    assert (entry.reference, entry.text) == ("A", "楚搬发〔2026〕8号 第二批")


def test_details_that_do_not_add_up_are_remarked() -> None:
    remarks = [e for e in events(with_details(("A", "10.00"), ("B", "20.01"))) if isinstance(e, Remark)]

    assert [(r.code, r.params["details"]) for r in remarks] == [("camt.details_differ", "30.01")]
    assert "30.01" in remarks[0].message


def test_several_accounts_in_one_file() -> None:
    other = Sheet("53001905038050000002", Decimal("5.00"), [Move(False, Decimal("5.00"))])

    found = figures(camt(ONE, other)).statements

    assert [(t.statement.account[-1], t.entries, t.balance_ok) for t in found] == [("1", 2, True), ("2", 1, True)]


def test_an_empty_statement_is_whole() -> None:
    totals = figures(camt(Sheet(opening=Decimal(7)))).statements[0]

    assert (totals.entries, totals.balance_ok) == (0, True)


def test_an_overdrawn_account() -> None:
    sheet = Sheet(opening=Decimal("-10.00"), moves=[Move(False, Decimal("5.00"))])

    assert figures(camt(sheet)).statements[0].balance_ok is True
    assert figures(camt(sheet)).statements[0].statement.closing == -15


def end_of(content: bytes) -> tuple[Decimal | None, Decimal | None]:
    (end,) = [e.statement for e in events(content) if isinstance(e, StatementEnd)]
    return end.opening, end.closing


OPENING, CLOSING = balance("OPBD", Decimal("100.00")), balance("CLBD", Decimal("150.00"))


@pytest.mark.parametrize(
    ("balances", "expected"),
    [
        ("", (None, None)),
        (OPENING, (100, None)),
        (balance("PRCD", Decimal(99)) + CLOSING, (99, 150)),
        (balance("PRCD", Decimal(99)) + OPENING + CLOSING, (100, 150)),
        (balance("ITBD", Decimal(1)) + balance("ITBD", Decimal(2)), (1, 2)),
        (OPENING + balance("ITBD", Decimal(2)), (100, 2)),
        (balance("ITBD", Decimal(1)) + CLOSING, (1, 150)),
        (balance("ITBD", Decimal(1)), (None, 1)),
        (balance("CLAV", Decimal(1)) + OPENING + CLOSING + balance("FWAV", Decimal(3)), (100, 150)),
    ],
)
def test_opening_and_closing_among_many_balances(balances: str, expected: tuple[int | None, int | None]) -> None:
    content = camt(ONE).decode().replace(OPENING + CLOSING, balances).encode()

    assert end_of(content) == expected


def test_balances_behind_the_entries_are_found() -> None:
    text = camt(ONE).decode().replace(OPENING + CLOSING, "").replace("</Stmt>", OPENING + CLOSING + "</Stmt>")

    assert end_of(text.encode()) == (100, 150)


def test_without_balances_nothing_is_claimed() -> None:
    content = camt(ONE).decode().replace(OPENING + CLOSING, "").encode()

    assert figures(content).statements[0].balance_ok is None


def test_an_account_without_currency_has_that_of_its_entries() -> None:
    content = camt(ONE).decode().replace("<Ccy>CNY</Ccy>", "").replace(OPENING + CLOSING, "").encode()

    assert figures(content).statements[0].statement.currency == "CNY"


def test_a_foreign_entry_leaves_the_balance_unproven() -> None:
    assert figures(changed("<Ntry><Amt Ccy='CNY'>", "<Ntry><Amt Ccy='USD'>")).statements[0].balance_ok is False


def test_an_entry_out_of_schema_order_is_refused_not_misread() -> None:
    content = changed("<Amt Ccy='CNY'>50.25</Amt><CdtDbtInd>CRDT</CdtDbtInd>", "<Chrgs><Amt>1</Amt></Chrgs>")

    assert refusal(content).code.startswith("camt.")


def test_two_equal_payments_both_stay() -> None:
    assert len(entries(camt(Sheet(moves=[Move(True, Decimal(1)), Move(True, Decimal(1))])))) == 2


def test_pages_are_numbered() -> None:
    content = changed("<Id>S1</Id>", "<Id>S1</Id><StmtPgntn><PgNb>2</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>")
    (end,) = [e.statement for e in events(content) if isinstance(e, StatementEnd)]

    assert (end.page, end.last_page) == (2, False)


def test_the_writer_writes_what_it_says() -> None:
    assert "<RvslInd>true" in ntry(Move(True, Decimal(1), reversal=True))
