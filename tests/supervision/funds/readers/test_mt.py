"""MT940 and MT942, with the oddities of real files rebuilt by hand."""

from datetime import date
from decimal import Decimal

import mt940
import pytest

from anzhi.supervision.funds.readers.model import Remark, StatementEnd
from supervision.funds.readers.helpers import entries, events, figures, refusal
from supervision.funds.readers.writing import Move, Sheet
from supervision.funds.readers.writing import mt940 as written

HEAD = ":20:STMT\n:25:53001905038050000001\n:28C:12/1\n:60F:C261001CNY100,00\n"
TAIL = ":62F:C261031CNY{}\n-\n"


def message(*lines: str, closing: str = "100,00") -> bytes:
    return (HEAD + "".join(line + "\n" for line in lines) + TAIL.format(closing)).encode()


def test_reversals_move_money_the_other_way() -> None:
    content = message(
        ":61:261002C50,00NTRFNONREF", ":61:261002RC20,00NTRFNONREF",
        ":61:261003D10,00NTRFNONREF", ":61:261003RD5,00NTRFNONREF", closing="125,00",
    )  # fmt: skip

    assert [(e.credit, e.reversal) for e in entries(content)] == [
        (True, False), (False, True), (False, False), (True, True),
    ]  # fmt: skip
    totals = figures(content).statements[0]
    assert (totals.credits, totals.debits, totals.balance_ok) == (55, 30, True)


def test_the_closing_balance_agrees_with_mt940_of_pypi() -> None:
    content = message(":61:261002C50,00NTRFA", ":61:261002RC20,5NTRFB", ":61:261003D,5NTRFC", closing="129,00")

    theirs = mt940.models.Transactions(options=mt940.models.Options(reversal_sign=True))
    theirs.parse(content.decode())
    signed = [Decimal(str(t.data["amount"].amount)) for t in theirs.transactions]

    assert [entry.signed for entry in entries(content)] == signed
    assert figures(content).statements[0].balance_ok


@pytest.mark.parametrize(("text", "value"), [("5,", 5), (",5", "0.5"), ("0,", 0), ("00012,10", "12.10")])
def test_amounts_with_a_comma_anywhere(text: str, value: str) -> None:
    assert entries(message(f":61:261002C{text}NTRFNONREF"))[0].amount == Decimal(value)


@pytest.mark.parametrize("text", ["5", "5.00", ",", "1,2,3"])
def test_what_is_no_amount_is_refused_with_its_line(text: str) -> None:
    assert refusal(message(f":61:261002C{text}NTRFNONREF")).where == "第 5 行"


@pytest.mark.parametrize(
    ("dates", "value", "booked"),
    [
        ("2601011231", date(2026, 1, 1), date(2025, 12, 31)),
        ("2512310101", date(2025, 12, 31), date(2026, 1, 1)),
        ("2602280302", date(2026, 2, 28), date(2026, 3, 2)),
        ("1602300301", date(2016, 2, 29), date(2016, 3, 1)),
        ("170229", date(2017, 2, 28), date(2017, 2, 28)),
        ("2403010229", date(2024, 3, 1), date(2024, 2, 29)),
        ("261002    ", date(2026, 10, 2), date(2026, 10, 2)),
        ("991231", date(1999, 12, 31), date(1999, 12, 31)),
    ],
)
def test_dates_turn_the_year_and_know_february(dates: str, value: date, booked: date) -> None:
    entry = entries(message(f":61:{dates}C1,00NTRFNONREF"))[0]

    assert (entry.value, entry.booked) == (value, booked)


def test_references_of_both_sides() -> None:
    entry = entries(message(":61:2610021002CN1,00NTRFYX-2026-17//CCB0001", "MORE", ":86:拨款"))[0]

    assert (entry.reference, entry.bank_ref, entry.text) == ("YX-2026-17", "CCB0001", "拨款")
    assert entries(message(":61:261002C1,00NTRFNONREF", "MORE"))[0].text == "MORE"


def test_a_two_line_entry_of_the_dutch_kind() -> None:
    entry = entries(message(":61:2610021002C25,00NOVBNL47INGB9999999999", "hr gjlm paulissen", ":86:x"))[0]

    assert (entry.reference, entry.amount) == ("NL47INGB9999999999", 25)


def test_a_wrapped_entry_line_is_joined() -> None:
    assert entries(message(":61:2610021002C25,", "00NTRFREF//BANK"))[0].amount == 25


def test_structured_information_wherever_it_wraps() -> None:
    entry = entries(message(
        ":61:261002C1,00NTRFNONREF",
        ":86:166?00拨款?20后期扶持?21资金 2026?30CCBCCNBJ?3153000", "0999?32楚雄州?33搬迁办?60第二批",
    ))[0]  # fmt: skip

    assert (entry.text, entry.counter_name) == ("后期扶持资金 2026第二批", "楚雄州搬迁办")
    assert (entry.counter_account, entry.counter_bank) == ("530000999", "CCBCCNBJ")


def test_code_words_and_plain_text() -> None:
    coded, plain = entries(message(
        ":61:261002C1,00NTRFNONREF", ":86:/NAME/MUELLER/IBAN/DE02120300000000202051/REMI/INVOICE 7",
        ":61:261002C1,00NTRFNONREF", ":86:后期扶持", "资金", "second line",
    ))  # fmt: skip

    assert (coded.counter_name, coded.counter_account, coded.text) == ("MUELLER", "DE02120300000000202051", "INVOICE 7")
    assert plain.text == "后期扶持资金 second line"


def test_a_wrapped_time_of_day_is_no_field() -> None:
    entry = entries(message(
        ":61:261002C1,00NTRFNONREF", ":86:106?20EREF+VZ00000000000000000000000000000000?24/PL 12-09-2014T16",
        ":20:37 Fo?25lgenr. 007",
    ))[0]  # fmt: skip

    assert "T16:20:37 Fo" in entry.text


def test_foreign_lines_inside_a_text_stay_text() -> None:
    entry = entries(message(":61:261002C1,00NTRFNONREF", ":86:see", ":26:x", "", "end"))[0]

    assert entry.text == "see :26:x end"


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_marks_do_not_matter(newline: str, mark: bytes) -> None:
    content = mark + written(Sheet(moves=[Move(True, Decimal("7.50"))]), newline=newline)

    assert figures(content).credits == Decimal("7.5")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("gb18030", "楚雄州搬迁安置办公室"), ("utf-8", "楚雄州搬迁安置办公室"), ("latin-1", "Müller für Straße é")],
)
def test_encodings_are_told_apart(encoding: str, text: str) -> None:
    content = written(Sheet(moves=[Move(True, Decimal(1), text=text)]), encoding=encoding)

    assert entries(content)[0].text == text


def test_control_characters_are_dropped() -> None:
    content = b"\x01" + message(":61:261002C1,00NTRFNONREF", ":86:a\x00b\x03c")

    assert entries(content)[0].text == "abc"


def test_envelopes_and_several_messages() -> None:
    sheets = [Sheet(f"5300190503805000000{n}", moves=[Move(True, Decimal(n))]) for n in (1, 2, 3)]

    found = figures(written(*sheets, envelope=True)).statements

    assert [(t.statement.account[-1], t.credits) for t in found] == [("1", 1), ("2", 2), ("3", 3)]


def test_a_trailer_and_a_bank_prefix_are_passed_over() -> None:
    content = b"ABNANL2A\n940\nABNANL2A\n" + message().replace(b"\n-\n", b"\n-XXX\n{5:{CHK:1}}\n")

    assert figures(content).statements[0].balance_ok


def test_pages_with_interim_balances() -> None:
    one = HEAD + ":61:261002C50,00NTRFA\n:62M:C261002CNY150,00\n-\n"
    two = HEAD.replace("12/1", "12/2").replace(":60F:C261001CNY100,00", ":60M:C261002CNY150,00")
    two += ":61:261003D50,00NTRFB\n:62F:C261003CNY100,00\n-\n"

    found = figures((one + two).encode()).statements

    assert [t.balance_ok for t in found] == [True, True]
    assert [(t.statement.sequence, t.statement.page, t.statement.last_page) for t in found] == [
        (12, 1, False), (12, 2, True),
    ]  # fmt: skip


INTERIM = (
    ":20:X\n:25:53001905038050000001\n:28C:1/1\n:34F:CNYD0,00\n:34F:CNYC0,00\n:13D:2610301730+0800\n"
    ":61:2610301030C0,42NTRFNONREF//A1\nMORE\n:86:interim\n:90D:0CNY0,00\n:90C:1CNY{}\n"
)


def test_an_interim_report_has_no_balances() -> None:
    totals = figures(INTERIM.format("0,42").encode()).statements[0]

    assert (totals.credits, totals.balance_ok, totals.statement.currency) == (Decimal("0.42"), None, "CNY")


def test_totals_that_differ_are_remarked() -> None:
    remarks = [e for e in events(INTERIM.format("2,30").encode()) if isinstance(e, Remark)]

    assert [(r.code, r.params) for r in remarks] == [("mt.totals_differ", {"stated": "2.30", "found": "0.42"})]


def test_expected_entries_are_pending() -> None:
    totals = figures(message(":61:261002EC50,00NTRFNONREF")).statements[0]

    assert (totals.pending, totals.credits, totals.balance_ok) == (1, 0, True)


def test_a_message_without_an_end_mark_is_whole_when_it_is_complete() -> None:
    content = message().replace(b"\n-\n", b"")

    assert figures(content).statements[0].balance_ok
    assert figures(content + b"\n:64:C261031CNY100,00\n\n").statements[0].balance_ok


def test_a_last_message_may_lack_the_mark_that_others_have() -> None:
    assert len(figures((message() + message()).removesuffix(b"-\n")).statements) == 2


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b":25:53001905038050000001\n", b"", "mt.account_missing"),
        (b":60F:C261001CNY100,00\n", b"", "mt.opening_missing"),
        (b":62F:C261031CNY100,00\n", b"", "mt.closing_missing"),
        (b":62F:C261031CNY", b":62F:C261031USD", "mt.currencies"),
        (b":60F:C261001", b":60F:C261301", "date.malformed"),
        (b":60F:C", b":60F:X", "mt.balance_malformed"),
        (b"\n-\n", b"\n-\n{1:F01CCB", "mt.cut"),
    ],
)
def test_faults_are_named(old: bytes, new: bytes, code: str) -> None:
    assert refusal(message().replace(old, new)).code == code


def test_the_frame_is_complete() -> None:
    (end,) = [e.statement for e in events(message()) if isinstance(e, StatementEnd)]

    assert (end.number, end.opening_date, end.closing_date) == ("STMT", date(2026, 10, 1), date(2026, 10, 31))
