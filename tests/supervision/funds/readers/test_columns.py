"""Every column of every bank's list, under every name it may bear: one row a name, read and compared.

The names come from the mapping files, the expectations from here: a column that is taken for another one, or a
name that is known and not understood, shows at once.
"""

from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain

import pytest

from anzhi.supervision.funds.readers.model import Entry
from anzhi.supervision.funds.readers.sheet import mapping as mappings
from anzhi.supervision.funds.readers.sheet.mapping import Layout
from supervision.funds.readers.helpers import entries, figures, refusal

CELLS = {
    "date": "2026-10-08",
    "time": "09:31:07",
    "value_date": "2026-10-09",
    "debit": "",
    "credit": "1,234.56",
    "amount": "1,234.56",
    "side": "贷",
    "balance": "5,000.00",
    "currency": "人民币",
    "account": "531234567890",
    "owner": "元谋县搬迁安置办公室",
    "bank_ref": "LS20261008001",
    "reference": "PZ0007",
    "text": "后期扶持资金",
    "counter_name": "楚雄州搬迁安置办公室",
    "counter_account": "531000000099",
    "counter_bank": "楚雄分行",
    "payer_name": "楚雄州搬迁安置办公室",
    "payer_account": "531000000099",
    "payer_bank": "楚雄分行",
    "payee_name": "元谋县水务局",
    "payee_account": "531000000077",
    "payee_bank": "元谋支行",
}
READ = {
    "date": ("booked", date(2026, 10, 8)),
    "time": ("booked_at", datetime(2026, 10, 8, 9, 31, 7)),  # noqa: DTZ001 — the bank's own clock
    "value_date": ("value", date(2026, 10, 9)),
    "credit": ("amount", Decimal("1234.56")),
    "amount": ("amount", Decimal("1234.56")),
    "side": ("credit", True),
    "balance": ("balance_after", Decimal("5000.00")),
    "currency": ("currency", "CNY"),
    "account": ("account", "531234567890"),
    "bank_ref": ("bank_ref", "LS20261008001"),
    "reference": ("reference", "PZ0007"),
    "text": ("text", "后期扶持资金"),
    "counter_name": ("counter_name", "楚雄州搬迁安置办公室"),
    "counter_account": ("counter_account", "531000000099"),
    "counter_bank": ("counter_bank", "楚雄分行"),
    "payer_name": ("counter_name", "楚雄州搬迁安置办公室"),
    "payer_account": ("counter_account", "531000000099"),
    "payer_bank": ("counter_bank", "楚雄分行"),
}
LAYOUTS = [(code, layout) for code in mappings.codes() for layout in mappings.load(code).layouts]
NAMES = [
    pytest.param(code, layout, meaning, name, id=f"{code}-{at}-{meaning}-{number}")
    for at, (code, layout) in enumerate(LAYOUTS)
    for meaning, names in layout.columns.items()
    for number, name in enumerate(names)
]


def table(layout: Layout, meaning: str = "", name: str = "", **cells: str) -> bytes:
    """One row under all columns of a layout, each by its first name, one of them by another."""
    columns = {key: name if key == meaning else names[0] for key, names in layout.columns.items()}
    taken = list(chain(columns.values()))
    columns = {key: head for key, head in columns.items() if key == meaning or taken.count(head) == 1}
    row = [cells.get(key, CELLS[key]) for key in columns]
    above = "" if "account" in columns else "账号:,531234567890\n"
    lines = [",".join(f'"{head}"' for head in columns.values()), ",".join(f'"{cell}"' for cell in row)]
    return (above + "\n".join(lines) + "\n").encode()


def one(content: bytes, code: str) -> Entry:
    (found,) = entries(content, code)
    return found


@pytest.mark.parametrize(("code", "layout", "meaning", "name"), NAMES)
def test_a_column_is_read_under_each_of_its_names(code: str, layout: Layout, meaning: str, name: str) -> None:
    entry = one(table(layout, meaning, name), code)

    attribute, expected = READ.get(meaning, ("credit", True))  # what belongs to the other side: money still came in
    assert getattr(entry, attribute) == expected


@pytest.mark.parametrize(("code", "layout"), LAYOUTS, ids=[f"{code}-{at}" for at, (code, _) in enumerate(LAYOUTS)])
def test_money_out_is_a_debit_in_every_layout(code: str, layout: Layout) -> None:
    if "side" in layout.columns and "amount" in layout.columns:
        cells = {"side": "借"}
    elif "amount" in layout.columns:
        cells = {"amount": "-1,234.56"}
    else:
        cells = {"debit": "1,234.56", "credit": ""} | ({"side": "借"} if "side" in layout.columns else {})

    entry = one(table(layout, **cells), code)

    assert (entry.credit, entry.amount, entry.signed) == (False, Decimal("1234.56"), Decimal("-1234.56"))
    payee = "payee_name" in layout.columns
    assert entry.counter_name == ("元谋县水务局" if payee else CELLS["counter_name"])


@pytest.mark.parametrize(("code", "layout"), LAYOUTS, ids=[f"{code}-{at}" for at, (code, _) in enumerate(LAYOUTS)])
def test_a_layout_demands_nothing_it_does_not_name(code: str, layout: Layout) -> None:
    assert layout.required <= layout.columns.keys()
    assert {"date"} <= layout.required
    assert layout.required & {"amount", "credit"}


GENERIC = "日期,摘要,借方发生额,贷方发生额,余额,账号\n"
FIRST = "2026-10-08,拨款,,100.00,100.00,531234567890\n"


@pytest.mark.parametrize(
    "text",
    [
        "打印费",
        "打印机耗材",
        "累计补发差额",
        "备注:退款",
        "合计付三户",
        "小计算机维修",
        "说明:押金",
        "本页岩砖款",
        "制表费",
        "打印",
    ],
)
def test_a_payment_whose_text_begins_like_a_footer_is_still_a_payment(text: str) -> None:
    content = f"{GENERIC}{FIRST}2026-10-09,{text},30.00,,70.00,531234567890\n".encode()

    totals = figures(content).statements[0]

    assert (totals.entries, totals.debits, totals.balance_ok) == (2, Decimal("30.00"), True)


@pytest.mark.parametrize(
    "line",
    [
        "2026-10-01,期初余额,,,0.00,531234567890",
        "2026-10-31,本期合计,30.00,100.00,,531234567890",
        "小计,,30.00,,,",
        ",总计,,100.00,,",
        "2026-10-31,过次页,,100.00,100.00,531234567890",
        "合计,,0.00,100.00,,",
        "打印日期:2026-11-01,,,,,",
        "以下空白,,,,,",
    ],
)
def test_a_line_of_sums_or_notes_is_no_payment(line: str) -> None:
    totals = figures(f"{GENERIC}{FIRST}{line}\n".encode()).statements[0]

    assert (totals.entries, totals.credits) == (1, Decimal("100.00"))


@pytest.mark.parametrize("word", ["合计", "小计", "总计", "累计", "本期合计", " 合 计 ", "期末余额"])
@pytest.mark.parametrize("sides", ["30.00,", ",30.00", "30.00,0.00"])
def test_a_row_with_a_day_that_is_only_called_a_sum_is_never_lost(word: str, sides: str) -> None:
    fault = refusal(f"{GENERIC}{FIRST}2026-10-09,{word},{sides},70.00,531234567890\n".encode())

    assert (fault.code, fault.where) == ("sheet.sum_or_payment", "第 3 行")
    assert word.replace(" ", "") in fault.message


@pytest.mark.parametrize("payee", ["合计", "小计"])
def test_a_payee_called_like_a_sum_is_named_in_the_refusal_or_kept_with_more_words(payee: str) -> None:
    columns = "日期,对方户名,摘要,金额,借贷标志,余额,账号\n"
    row = "2026-10-09,{},材料款,30.00,借,70.00,531234567890\n"

    assert refusal(f"{columns}{row.format(payee)}".encode()).code == "sheet.sum_or_payment"
    kept = one(f"{columns}{row.format(payee + '商贸有限公司')}".encode(), "generic")
    assert (kept.counter_name, kept.amount) == (f"{payee}商贸有限公司", Decimal("30.00"))


def test_the_clock_of_a_row_may_stand_beside_its_day() -> None:
    content = "交易日期,时间,收入,支出,账号\n2026-10-08,9:31,5.00,,531234567890\n".encode()

    assert one(content, "generic").booked_at.time() == time(9, 31)
