"""Each bank's own sheet, written by hand as its customers get it, all the way into the book.

For every mapping the same month: money in, money out, two equal payments of a day, a payment taken back, interest.
The faults a clerk makes while saving such a sheet are refused by name, and nothing of the sheet is stored.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from anzhi.foundation.access.actors import SYSTEM
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount, Transaction
from anzhi.supervision.funds.numbers import index_of
from anzhi.supervision.funds.refusals import explain
from anzhi.supervision.funds.services import importing, receiving
from anzhi.supervision.funds.states import FileState, Source
from supervision.funds.factories import account

pytestmark = pytest.mark.usefixtures("system")
OWN, PAYER, PAYEE = "531000000018000004471", "531000000018000000099", "530000000000000002"
STATE, FIRM = "楚雄州财政局", "元谋县禾顺水利工程有限公司"


@dataclass(frozen=True)
class Bank:
    """A bank's sheet: lines above, the header, a line for each row."""

    title: str
    header: str
    line: Callable[["Row"], str]
    encoding: str = "gb18030"

    def write(self, rows: list["Row"]) -> bytes:
        return "\r\n".join([*self.title.splitlines(), self.header, *map(self.line, rows), ""]).encode(self.encoding)


@dataclass(frozen=True)
class Row:
    """One movement as every bank tells it: signed yuan, the balance after it."""

    on: datetime
    amount: Decimal
    balance: Decimal
    who: str
    number: str
    text: str
    ref: str

    @property
    def out(self) -> str:
        return f"{-self.amount}" if self.amount < 0 else ""

    @property
    def came(self) -> str:
        return f"{self.amount}" if self.amount > 0 else ""


def month() -> list[Row]:
    told = [
        (8, "4120000.00", STATE, PAYER, "后期扶持资金"),
        (9, "-400.55", FIRM, PAYEE, "项目款"),
        (9, "-400.55", FIRM, PAYEE, "项目款"),
        (12, "400.55", FIRM, PAYEE, "项目款退回"),
        (21, "0.07", "", "", "结息"),
    ]
    rows, balance = [], Decimal("500.00")
    for at, (day, amount, who, against, text) in enumerate(told):
        balance += Decimal(amount)
        on = datetime.combine(date(2026, 10, day), time(9, 30, at))
        rows.append(Row(on, Decimal(amount), balance, who, against, text, f"LS2026100{at}"))
    return rows


def boc_line(row: Row) -> str:
    ours, theirs = (OWN, "元谋县搬迁安置办公室"), (row.number, row.who)
    payer, payee = (theirs, ours) if row.amount > 0 else (ours, theirs)
    cells = [f"{row.on:%Y%m%d}", f"{row.on:%H:%M:%S}", str(row.amount), str(row.balance), row.ref]
    return ",".join(f'"{cell}\t"' for cell in (*cells, *payer, *payee, row.text, "CNY"))


BANKS = {
    "icbc": Bank(
        "[HISTORYDETAIL]",
        "凭证号,本方账号,交易时间,对方单位,对方账号,转出金额,转入金额,余额,摘要",
        lambda r: f"{r.ref}\t,{OWN}\t,{r.on}\t,{r.who}\t,{r.number}\t,{r.out}\t,{r.came}\t,{r.balance}\t,{r.text}\t",
    ),
    "abc": Bank(
        f"账户明细,,\n账户名称,元谋县搬迁安置办公室,\n账户号,{OWN},",
        "交易时间,收入金额,支出金额,账户余额,日志号,对方账号,对方户名,交易用途",
        lambda r: f"{r.on},{r.came},{r.out},{r.balance},{r.ref},{r.number},{r.who},{r.text}",
    ),
    "boc": Bank(
        f'"查询账号[ Inquirer account number ]","{OWN}"',
        "交易日期[ Transaction Date ],交易时间[ Transaction time ],交易金额[ Trade Amount ],"
        "交易后余额[ After-transaction balance ],交易流水号[ Transaction reference number ],"
        "付款人账号[ Debit Account No. ],付款人名称[ Payer's Name ],收款人账号[ Payee's Account Number ],"
        "收款人名称[ Payee's Name ],用途[ Purpose ],交易货币[ Trade Currency ]",
        boc_line,
        "utf-8-sig",
    ),
    "ccb": Bank(
        "账户明细",
        "账号,账户名称,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,账户明细编号-交易流水号,摘要",
        lambda r: (
            f"{OWN},元谋县搬迁安置办公室,{r.on:%Y%m%d %H:%M:%S},{r.out or '0.00'},{r.came or '0.00'},{r.balance},"
            f"人民币元,{r.who},{r.number},{r.ref},{r.text}"
        ),
    ),
    "bocom": Bank(
        f"交通银行企业账户明细\n查询账号:,{OWN}",
        "交易时间,凭证号码,借贷标志,发生额,余额,交易流水号,对方账号,对方户名,摘要",
        lambda r: (
            f"{r.on},,{'贷' if r.amount > 0 else '借'},{abs(r.amount)},{r.balance},{r.ref},{r.number},{r.who},{r.text}"
        ),
    ),
    "generic": Bank(
        f"专户流水\n账号：{OWN},币种：人民币",
        "日期,流水号,摘要,借方,贷方,余额,对方户名,对方账号",
        lambda r: f"{r.on:%Y年%m月%d日},{r.ref},{r.text},{r.out},{r.came},{r.balance},{r.who},{r.number}",
        "utf-8",
    ),
}
CODES = sorted(BANKS)
each_bank = pytest.mark.parametrize("code", CODES)


@pytest.fixture
def mine() -> SupervisedAccount:
    return account(OWN)


def bring(content: bytes, name: str = "明细.csv", mapping: str = "auto") -> StatementFile:
    file = receiving.receive([content], name=name, source=Source.CLI, by=SYSTEM, mapping=mapping)
    return importing.import_file(file.pk) if file.state == FileState.RECEIVED else file


def reasons(file: StatementFile) -> str:
    return " ".join(f"{known['where']} {explain(known)}" for known in file.errors)


@each_bank
def test_a_month_of_a_bank_is_in_the_book_to_the_fen(mine: SupervisedAccount, code: str) -> None:
    file = bring(BANKS[code].write(month()))

    assert file.state == FileState.IMPORTED, reasons(file)
    assert (file.mapping, file.entries, file.added) == (code, 5, 5)
    assert (file.credits, file.debits) == (Decimal("4120400.62"), Decimal("801.10"))
    mine.refresh_from_db()
    assert mine.balance == Decimal("4120099.52")
    assert mine.covered_until == date(2026, 10, 21)


@each_bank
def test_who_paid_whom_for_what_is_kept(mine: SupervisedAccount, code: str) -> None:
    bring(BANKS[code].write(month()))
    first, paid = Transaction.objects.get(amount=4120000), Transaction.objects.filter(credit=False).first()

    assert (first.credit, first.counter_name, first.text) == (True, STATE, "后期扶持资金")
    assert bytes(first.counter_index) == index_of(PAYER)
    assert PAYER not in first.counter_mask
    assert paid is not None
    assert (paid.counter_name, bytes(paid.counter_index), paid.booked) == (FIRM, index_of(PAYEE), date(2026, 10, 9))


@each_bank
def test_two_equal_payments_of_a_day_stay_two_however_often_they_come(mine: SupervisedAccount, code: str) -> None:
    bank, rows = BANKS[code], month()
    bring(bank.write(rows))
    for again in (rows, rows[:3], rows[1:]):
        file = bring(bank.write(again) + b"\r\n")
        assert (file.state, file.added) == (FileState.IMPORTED, 0), reasons(file)

    assert Transaction.objects.filter(amount="400.55", credit=False).count() == 2
    assert Transaction.objects.count() == 5


@each_bank
def test_newest_first_is_the_same_month(mine: SupervisedAccount, code: str) -> None:
    file = bring(BANKS[code].write(list(reversed(month()))))

    assert file.state == FileState.IMPORTED, reasons(file)
    mine.refresh_from_db()
    assert mine.balance == Decimal("4120099.52")
    days = list(Transaction.objects.order_by("pk").values_list("booked", flat=True))
    assert days == sorted(days)


@each_bank
def test_interest_is_the_banks_own(mine: SupervisedAccount, code: str) -> None:
    bring(BANKS[code].write(month()))

    assert Transaction.objects.get(amount="0.07").match_state == "internal"


@each_bank
def test_a_missing_row_is_noticed_by_the_balances(mine: SupervisedAccount, code: str) -> None:
    rows = month()
    file = bring(BANKS[code].write([rows[0], *rows[2:]]))

    assert file.state == FileState.REFUSED
    assert "400.55" in reasons(file)
    assert not Transaction.objects.exists()


@each_bank
@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [("4120000.00", "四百万", "四百万"), ("4120000.00", "4120000.005", ""), ("4120000.00", "4.12E+6", "4.12E+6")],
    ids=["words", "part of a fen", "exponent"],
)
def test_an_amount_that_is_none_is_refused_with_its_row(
    mine: SupervisedAccount, code: str, right: str, wrong: str, words: str
) -> None:
    bank = BANKS[code]
    content = bank.write(month()).decode(bank.encoding).replace(right, wrong, 1).encode(bank.encoding)
    file = bring(content)

    assert file.state == FileState.REFUSED
    assert "第 " in reasons(file) or "4120000" in reasons(file)
    assert words in reasons(file)
    assert not Transaction.objects.exists()


@each_bank
def test_a_day_that_is_none_is_refused_with_its_row(mine: SupervisedAccount, code: str) -> None:
    bank = BANKS[code]
    text = bank.write(month()).decode(bank.encoding)
    for shape, wrong in (("2026-10-08", "2026-02-30"), ("20261008", "20260230"), ("2026年10月08日", "2026年02月30日")):
        text = text.replace(shape, wrong, 1)
    file = bring(text.encode(bank.encoding))

    assert file.state == FileState.REFUSED
    assert "02" in reasons(file) and "30" in reasons(file)


@each_bank
def test_the_sheet_of_an_account_nobody_registered_is_refused_by_its_mask(code: str) -> None:
    file = bring(BANKS[code].write(month()))

    assert (file.state, file.errors[0]["code"]) == (FileState.REFUSED, "account.unknown")
    assert OWN not in reasons(file)
    assert OWN[-4:] in reasons(file)


@each_bank
def test_under_another_banks_mapping_it_is_refused_or_says_the_same(mine: SupervisedAccount, code: str) -> None:
    other = CODES[CODES.index(code) - 1]
    file = bring(BANKS[code].write(month()), mapping=other)

    if file.state == FileState.IMPORTED:  # a general mapping may understand a plain sheet; then it says the same
        assert (file.credits, file.debits) == (Decimal("4120400.62"), Decimal("801.10"))
    else:
        assert reasons(file)
        assert not Transaction.objects.exists()


@each_bank
def test_the_same_month_as_a_workbook(mine: SupervisedAccount, code: str, tmp_path: Path) -> None:
    bank = BANKS[code]
    book = Workbook()
    for line in bank.write(month()).decode(bank.encoding).splitlines():
        book.active.append([cell.strip('"\t') or None for cell in line.split(",")])
    path = tmp_path / "明细.xlsx"
    book.save(path)
    bring(bank.write(month()))
    file = bring(path.read_bytes(), "明细.xlsx")

    assert file.state == FileState.IMPORTED, reasons(file)
    assert (file.kind, file.entries, file.added) == ("xlsx", 5, 0)


def test_three_banks_in_one_county_add_up(mine: SupervisedAccount) -> None:
    """Rows of one account told by three kinds of sheet are the same rows where the bank's reference is the same."""
    added = [bring(BANKS[code].write(month())).added for code in ("abc", "bocom", "generic")]

    assert added == [5, 0, 0]
    assert Transaction.objects.count() == 5
