"""The sheets of five banks' corporate online banking, with the columns their mappings document."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from openpyxl import Workbook

from anzhi.sample.banks.rows import Row
from anzhi.sample.banks.told import Told, yuan


def write(told: Told) -> tuple[bytes, str]:
    """The bytes and the ending of one account's list."""
    return WRITERS[told.delivery](told)


def _balances(told: Told) -> Iterable[tuple[Row, int]]:
    return zip(told.rows, list(accumulate((r.fen for r in told.rows), initial=told.opening))[1:], strict=True)


def _in_out(row: Row) -> tuple[str, str]:
    return (yuan(row.fen), "") if row.fen > 0 else ("", yuan(row.fen))


def _text(lines: Iterable[Sequence[str]], encoding: str) -> bytes:
    page = io.StringIO()
    csv.writer(page, lineterminator="\r\n").writerows(lines)
    return page.getvalue().encode(encoding)


def _book(lines: Iterable[Sequence[str]]) -> bytes:
    book, out = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for line in lines:
        sheet.append(list(line))
    book.save(out)
    return out.getvalue()


def _span(told: Told) -> tuple[str, str]:
    return f"{told.period.first:%Y%m%d}", f"{told.period.last:%Y%m%d}"


def _icbc(told: Told) -> tuple[bytes, str]:
    first, last = _span(told)
    lines = [
        ["账号", told.number, "起始日期", first, "截止日期", last],
        ["期初余额", yuan(told.opening), "期末余额", yuan(told.closing)],
        [
            "凭证号",
            "本方账号",
            "交易时间",
            "对方单位",
            "对方账号",
            "转入金额",
            "转出金额",
            "余额",
            "用途",
            "摘要",
            "附言",
        ],
    ]
    for row, balance in _balances(told):
        came, went = _in_out(row)
        when = f"{row.day} {row.at}"
        lines.append(
            [row.ref, told.number, when, row.name, row.number, came, went, yuan(balance), row.text, "转账", ""]
        )
    return _text(([f"{cell}\t" for cell in line] for line in lines), "gb18030"), "csv"


def _abc(told: Told) -> tuple[bytes, str]:
    first, last = _span(told)
    lines = [
        ["账户明细"],
        ["账户名称", "", told.name, "", "账户号", "", told.number],
        ["起始日期", "", first, "", "截止日期", "", last],
        ["期初余额", "", yuan(told.opening), "", "期末余额", "", yuan(told.closing)],
        ["交易时间", "收入金额", "支出金额", "账户余额", "交易行名", "对方账号", "对方户名", "交易用途", "日志号"],
    ]
    for row, balance in _balances(told):
        when = f"{row.day} {row.at}"
        lines.append([when, *_in_out(row), yuan(balance), "", row.number, row.name, row.text, row.ref])
    return _book(lines), "xlsx"


def _ccb(told: Told) -> tuple[bytes, str]:
    first, last = _span(told)
    head = [
        "账号",
        "账户名称",
        "交易时间",
        "借方发生额（支取）",
        "贷方发生额（收入）",
        "余额",
        "币种",
        "对方户名",
        "对方账号",
    ]
    lines = [
        ["账号", told.number, "起始日期", first, "截止日期", last],
        ["期初余额", yuan(told.opening), "期末余额", yuan(told.closing)],
        [*head, "对方开户机构", "记账日期", "摘要", "备注", "账户明细编号-交易流水号"],
    ]
    for row, balance in _balances(told):
        came, went = _in_out(row)
        when = f"{row.day:%Y%m%d} {row.at}"
        money = [went or "0", came or "0", yuan(balance), "人民币元"]
        other = [row.name, row.number, "", f"{row.day:%Y%m%d}", "电子转账", row.text, row.ref]
        lines.append([told.number, told.name, when, *money, *other])
    return _book(lines), "xlsx"


def _bocom(told: Told) -> tuple[bytes, str]:
    first, last = _span(told)
    lines = [
        ["交通银行企业账户明细"],
        ["户  名:", told.name],
        ["查询账号:", told.number, "起始日期", first, "截止日期", last],
        ["期初余额", yuan(told.opening), "期末余额", yuan(told.closing)],
        [
            "交易时间",
            "凭证种类",
            "凭证号码",
            "借贷标志",
            "发生额",
            "余额",
            "对方账号",
            "对方户名",
            "摘要",
            "交易流水号",
        ],
    ]
    for row, balance in _balances(told):
        side = "贷" if row.fen > 0 else "借"
        lines.append(
            [
                f"{row.day} {row.at}",
                "转账",
                "",
                side,
                yuan(row.fen),
                yuan(balance),
                row.number,
                row.name,
                row.text,
                row.ref,
            ]
        )
    return _text(lines, "gb18030"), "csv"


BOC = [
    "付款人开户行名[ Payer account bank ]",
    "付款人账号[ Debit Account No. ]",
    "付款人名称[ Payer's Name ]",
    "收款人开户行名[ Beneficiary account bank ]",
    "收款人账号[ Payee's Account Number ]",
    "收款人名称[ Payee's Name ]",
    "交易日期[ Transaction Date ]",
    "交易时间[ Transaction time ]",
    "交易货币[ Trade Currency ]",
    "交易金额[ Trade Amount ]",
    "交易后余额[ After-transaction balance ]",
    "起息日期[ Value Date ]",
    "交易流水号[ Transaction reference number ]",
    "用途[ Purpose ]",
]


def _boc(told: Told) -> tuple[bytes, str]:
    first, last = _span(told)
    lines: list[list[str]] = [
        ["查询账号[ Inquirer account number ]", told.number],
        ["查询时间范围[ Time Range ]", f"{first}-{last}"],
        ["期初余额", yuan(told.opening)],
        ["期末余额", yuan(told.closing)],
        BOC,
    ]
    me = ["中国银行", told.number, told.name]
    for row, balance in _balances(told):
        other = ["", row.number, row.name]
        parties = [*other, *me] if row.fen > 0 else [*me, *other]
        amount = ("" if row.fen > 0 else "-") + yuan(row.fen)
        day = f"{row.day:%Y%m%d}"
        lines.append([*parties, day, str(row.at), "CNY", amount, yuan(balance), day, row.ref, row.text])
    return _text(lines, "utf-8-sig"), "csv"


WRITERS: dict[str, Callable[[Told], tuple[bytes, str]]] = {
    "icbc": _icbc,
    "abc": _abc,
    "ccb": _ccb,
    "bocom": _bocom,
    "boc": _boc,
}
