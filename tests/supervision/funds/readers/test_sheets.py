"""Lists of the five banks and the generic one, from files written by hand."""

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from anzhi.supervision.funds.readers.model import StatementEnd
from anzhi.supervision.funds.readers.reading import detect
from supervision.funds.readers.helpers import entries, events, figures, refusal
from supervision.funds.readers.writing import xls

Sample = Callable[[str], bytes]


def text(content: bytes) -> str:
    return content.decode("gb18030")


@pytest.mark.parametrize(
    ("name", "mapping", "account", "opening", "came", "went", "closing"),
    [
        ("icbc_historydetail", "icbc", "2502010009000000011", "500.00", "4120400.00", "800.00", "4120100.00"),
        ("icbc_personal", "icbc", "6222080000000000011", "1005.00", "12.30", "5.00", "1012.30"),
        ("boc", "boc", "135600000011", "100.00", "1000000.50", "300000.00", "700100.50"),
        ("abc", "abc", "24066101040000011", "0.00", "500000.00", "120000.55", "379999.45"),
        ("ccb", "ccb", "53001905038050000011", "0", "300000.00", "40737.33", "259262.67"),
        ("bocom", "bocom", "531000000018000000011", "0.00", "2000.07", "1.00", "1999.07"),
        ("generic", "generic", "531234567890", "100.00", "1000.00", "250.00", "850.00"),
    ],
)
def test_a_banks_list_is_told_by_its_header(
    sample: Sample, name: str, mapping: str, account: str, opening: str, came: str, went: str, closing: str
) -> None:
    content = sample(f"{name}.csv")
    (totals,) = figures(content).statements

    assert detect(io.BytesIO(content)).mapping == mapping
    assert (totals.statement.account, totals.statement.currency) == (account, "CNY")
    assert (totals.statement.opening, totals.statement.closing) == (Decimal(opening), Decimal(closing))
    assert (totals.credits, totals.debits, totals.balance_ok) == (Decimal(came), Decimal(went), True)


def test_icbc_reads_through_tabs_and_a_red_reversal(sample: Sample) -> None:
    first, second, third, reversal = entries(sample("icbc_historydetail.csv"))

    assert (first.counter_name, first.counter_account) == ("楚雄州搬迁安置办公室", "2502010009000000099")
    assert (first.reference, first.text) == ("00001", "拨款；后期扶持资金；楚搬发〔2026〕8号")
    assert first.booked_at == datetime(2026, 10, 8, 11, 9, 16)  # noqa: DTZ001 — the bank's own clock
    assert (second.signed, second.balance_after) == (-400, Decimal("4120100.00"))
    assert third.amount == second.amount
    assert (reversal.credit, reversal.reversal, reversal.amount) == (True, True, 400)


def test_boc_names_the_other_party_and_covers_its_period(sample: Sample) -> None:
    content = sample("boc.csv")
    received, paid, _ = entries(content)
    (end,) = [e.statement for e in events(content) if isinstance(e, StatementEnd)]

    assert (received.counter_name, received.counter_bank) == ("楚雄州搬迁安置办公室", "中国银行楚雄州分行")
    assert (paid.counter_name, paid.counter_account) == ("元谋县某某建筑有限公司", "24000000000000001")
    assert (received.bank_ref, received.reference) == ("531002261008000001", "YX-2026-017")
    assert (end.from_date, end.to_date) == (date(2026, 10, 1), date(2026, 10, 31))


def test_newest_first_is_understood(sample: Sample) -> None:
    content = sample("ccb.csv")

    assert [e.signed for e in entries(content)] == [Decimal("-40737.33"), Decimal(300000)]
    assert entries(content)[0].bank_ref == "1-5310000001"


def test_the_holder_and_the_period_stand_above_the_table(sample: Sample) -> None:
    (end,) = [e.statement for e in events(sample("abc.csv")) if isinstance(e, StatementEnd)]

    assert (end.owner, end.from_date, end.to_date) == ("元谋县搬迁安置办公室", date(2026, 10, 1), date(2026, 10, 31))


def test_full_width_digits_and_spaces(sample: Sample) -> None:
    first, second = entries(sample("generic.csv"))

    assert first.amount == Decimal("1000.00")
    assert second.text == "付项目款 三期"


GENERIC = "日期,摘要,借方发生额,贷方发生额,余额,账号\n"
ROW = "2026-10-08,拨款,,100.00,100.00,531234567890\n"


def rows(*lines: str) -> bytes:
    return (GENERIC + "".join(line + "\n" for line in lines)).encode()


def test_the_header_may_stand_anywhere() -> None:
    content = ("标题\n\n说明,,\n\n" + GENERIC + ROW + "\n" + GENERIC + "合计,,0.00,100.00,,\n打印日期,,,,,\n").encode()

    assert figures(content).credits == 100


def test_a_header_of_two_rows_with_a_merged_cell() -> None:
    content = "日期,账号,发生额,,余额\n,,借方,贷方,\n2026-10-08,531234567890,,5.00,5.00\n".encode()

    assert figures(content).statements[0].credits == 5


def test_two_accounts_in_one_list_even_interleaved() -> None:
    content = rows(
        "2026-10-08,a,,1.00,1.00,531000000001", "2026-10-08,b,,2.00,2.00,531000000002",
        "2026-10-09,a,0.50,,0.50,531000000001",
    )  # fmt: skip

    found = [(t.statement.account, t.entries, t.balance_ok) for t in figures(content).statements]

    assert found == [("531000000001", 2, True), ("531000000002", 1, True)]


def test_a_break_in_the_balances_is_told() -> None:
    content = rows("2026-10-08,a,,1.00,1.00,531000000001", "2026-10-09,b,,1.00,3.00,531000000001")

    assert figures(content).statements[0].balance_ok is False


def test_a_list_without_rows_is_an_empty_statement() -> None:
    content = ("账号:,531234567890\n期初余额:,7.00\n期末余额:,7.00\n" + GENERIC).encode()
    (totals,) = figures(content).statements

    assert (totals.entries, totals.balance_ok) == (0, True)
    assert figures(GENERIC.encode()).statements == []


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_other_delimiters(delimiter: str) -> None:
    assert figures((GENERIC + ROW).replace(",", delimiter).encode()).entries == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, newline: str) -> None:
    assert figures((GENERIC + ROW).replace("\n", newline).encode(encoding)).credits == 100


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("20261008", date(2026, 10, 8)), ("2026/10/8", date(2026, 10, 8)), ("2026.10.08", date(2026, 10, 8)),
        ("2026年10月8日", date(2026, 10, 8)), ("20261008 170709", date(2026, 10, 8)),
    ],
)  # fmt: skip
def test_dates_as_banks_write_them(day: str, expected: date) -> None:
    assert entries(rows(f"{day},a,,1.00,1.00,531000000001"))[0].booked == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("1,234.56", "1234.56"), ("¥5.00", "5"), ("0", "0"), (".5", "0.5"), ("5.", "5"), ("(3.00)", "3"), ("3.00-", "3")],
)
def test_amounts_as_banks_write_them(amount: str, expected: str) -> None:
    assert entries(rows(f'2026-10-08,a,,"{amount}",,531000000001'))[0].amount == Decimal(expected)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('2026-10-08,a,,"1.234,56",,531000000001', "amount.decimal_comma"),
        ('2026-10-08,a,,"12,34.00",,531000000001', "amount.malformed"),
        ("2026-10-08,a,,五元,,531000000001", "amount.malformed"),
        ("10/08/2026,a,,1.00,,531000000001", "date.malformed"),
        ("2026-02-30,a,,1.00,,531000000001", "date.malformed"),
        (",a,,1.00,,531000000001", "sheet.cell_empty"),
        ("2026-10-08,a,1.00,1.00,,531000000001", "sheet.both_sides"),
        ("2026-10-08,a,,,,531000000001", "sheet.no_amount"),
        ("2026-10-08,a,,1.00,,6.2E+18", "sheet.account_float"),
        ("2026-10-08,a,,1.00,,", "sheet.account_missing"),
    ],
)
def test_faults_name_row_and_column(line: str, code: str) -> None:
    error = refusal(rows(ROW.strip(), line))

    assert error.code == code
    assert error.where.startswith("第 3 行")


def test_all_faults_are_named_at_once_but_not_endlessly() -> None:
    from anzhi.supervision.funds.readers.problems import Refused

    with pytest.raises(Refused) as few:
        events(rows(*["2026-10-08,a,,x,,531000000001"] * 3))
    with pytest.raises(Refused) as many:
        events(rows(*["2026-10-08,a,,x,,531000000001"] * 500))

    assert (len(few.value.errors), len(many.value.errors)) == (3, 20)


def test_a_list_without_account_takes_the_one_given() -> None:
    content = b"date,debit,credit,balance\n2026-10-08,,5.00,5.00\n"

    assert refusal(content).code == "sheet.account_missing"
    assert entries(content, account="531000000009")[0].account == "531000000009"


def test_another_banks_file_under_the_wrong_mapping_names_the_missing_columns(sample: Sample) -> None:
    error = refusal(sample("icbc_historydetail.csv"), "ccb")

    assert error.code == "sheet.other_bank"
    assert "「账户明细编号-交易流水号」" in error.message
    assert "中国工商银行" in error.message


def test_an_unknown_mapping_and_an_unknown_header() -> None:
    assert refusal(rows(ROW), "nobank").code == "mapping.unknown"
    assert refusal(b"a,b,c\n1,2,3\n").code == "sheet.header_unknown"
    assert refusal(b"a,b,c\n1,2,3\n", "boc").code == "sheet.columns_missing"


def test_totals_and_counts_catch_missing_rows(sample: Sample) -> None:
    boc = sample("boc.csv").decode()
    without_last = "\n".join(boc.splitlines()[:-1]) + "\n"

    assert refusal(without_last.encode()).code == "sheet.totals_differ"
    assert refusal(boc.replace('"3"', '"4"', 1).encode()).code == "sheet.count_differs"
    assert refusal((GENERIC + ROW + "合计,,0.00,101.00,,\n").encode()).code == "sheet.totals_differ"


def workbook(*lines: list[object], merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    if merged:
        book.active.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_xlsx_with_a_merged_title_numbers_and_dates() -> None:
    content = workbook(
        ["账户明细", None, None, None, None, None, None],
        ["账户名称", None, "元谋县搬迁安置办公室", None, "账户号", None, "24066101040000011"],
        ["交易时间", "收入金额", "支出金额", "账户余额", "对方户名", "对方账号", "交易用途"],
        [datetime(2026, 10, 5, 10, 11), 0.1, None, 0.1, "甲", "530000000000000002", "拨款"],  # noqa: DTZ001 — a cell
        ["2026-10-06", "", "0.05", "0.05", "乙", 530000, "付款"],
        merged="A1:G1",
    )
    first, second = entries(content)

    assert (first.amount, second.amount, second.counter_account) == (Decimal("0.1"), Decimal("0.05"), "530000")
    assert figures(content).statements[0].balance_ok
    assert detect(io.BytesIO(content)).kind == "xlsx"


def test_an_account_that_became_a_number_is_refused_with_the_cure() -> None:
    header = ["账号", "日期", "借方", "贷方"]
    error = refusal(workbook(header, [6.2220210e18, "2026-10-06", "", "5.00"]))

    assert (error.code, error.where) == ("sheet.account_float", "第 2 行「账号」")
    assert "重新下载" in error.message


XLS = [
    ["账号", "账户名称", "交易时间", "借方发生额（支取）", "贷方发生额（收入）", "余额", "账户明细编号-交易流水号"],
    ["53001905038050000011", "元谋县搬迁办", "20261009 09:00:00", 0, 300000.25, 300000.25, "1-1"],
    ["53001905038050000011", "元谋县搬迁办", "20261010 09:00:00", 0.25, 0, 300000, "1-2"],
]


def test_old_xls() -> None:
    (totals,) = figures(xls(XLS)).statements

    assert (totals.credits, totals.debits, totals.balance_ok) == (Decimal("300000.25"), Decimal("0.25"), True)
    assert detect(io.BytesIO(xls(XLS))) == ("xls", "", "ccb", "")


def test_names_that_any_bank_uses_prove_no_bank() -> None:
    header = "日期,摘要,借方发生额,贷方发生额,余额,账号,对方户名,对方账号"
    line = "2026-10-08,拨款,,5.00,5.00,531234567890,甲,530000000001"
    alike, named = f"{header},币种\n{line},CNY\n".encode(), f"中国工商银行\n{header},币种\n{line},CNY\n".encode()

    assert detect(io.BytesIO(alike)).mapping == "generic"
    assert detect(io.BytesIO(named)).mapping == "icbc"
    assert figures(alike).credits == 5
