"""Accounts and statements for tests. A statement is written as the events a reader would yield."""

import pickle
from datetime import date, datetime, time
from decimal import Decimal
from itertools import count

from anzhi.foundation.access.actors import SYSTEM
from anzhi.management.plans.states import River
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount
from anzhi.supervision.funds.readers.model import Detail, Entry, Event, Statement, StatementEnd, StatementStart
from anzhi.supervision.funds.services import filing, importing, receiving
from anzhi.supervision.funds.states import Nature, Source
from harness.people import COUNTY, agency_at, code12

numbers = count(10)
DAY = date(2026, 3, 2)


def number() -> str:
    """A fresh account number."""
    return f"6228480000000000{next(numbers):04}"


def account(
    written: str = "", *, region: str = COUNTY, bank: str = "abc", balance: str | None = None, **facts: object
) -> SupervisedAccount:
    """A registered account, as its county's agency would file it."""
    made = filing.register(
        by=SYSTEM,
        bank=bank,
        number=written or number(),
        region_code=code12(region),
        **{
            "name": f"{region}搬迁安置办公室后期扶持资金专户",
            "branch": "中国农业银行元谋县支行",
            "agency": agency_at(region),
            "nature": Nature.SPECIAL,
            "opened_on": date(2021, 9, 1),
            "approved_on": date(2021, 9, 1),
            "rivers": [River.SUPPORT],
        }
        | facts,
    )
    if balance is not None:
        made.balance = Decimal(balance)
        made.save(update_fields=["balance"])
    return made


def entry(amount: str, *, on: date = DAY, ref: str = "", **facts: object) -> Entry:
    """One line: `+12.00` came in, `-3.50` went out. Statement and account are set by `statement`."""
    return Entry(
        **{  # type: ignore[arg-type]
            "statement": 1,
            "account": "",
            "booked": on,
            "value": on,
            "booked_at": datetime.combine(on, time(9, 31)),
            "credit": not amount.startswith("-"),
            "amount": Decimal(amount.lstrip("+-")),
            "currency": "CNY",
            "reversal": False,
            "status": "BOOK",
            "bank_ref": ref,
            "reference": "",
            "counter_name": "云南禾顺水利工程有限公司",
            "counter_account": "24001234567890",
            "counter_bank": "中国农业银行",
            "text": "大棚滴灌项目 第二期进度款",
            "balance_after": None,
            "details": (),
            "where": "line 1",
        }
        | facts
    )


def detail(amount: str, name: str) -> Detail:
    """One payment inside an entry."""
    return Detail(Decimal(amount.lstrip("+-")), not amount.startswith("-"), "CNY", "", "", name, "5300", "", "直补")


def statement(
    account: str, *entries: Entry, opening: str | None = "0", closing: str | None = "auto", ordinal: int = 1, **facts
) -> list[Event]:
    """A whole statement whose closing balance follows from its entries, unless told otherwise."""
    mine = [one._replace(account=account, statement=ordinal) for one in entries]
    if closing == "auto":
        booked = sum((one.signed for one in mine if not one.pending), Decimal(0))
        closing = None if opening is None else str(Decimal(opening) + booked)
    days = [one.booked for one in mine] or [DAY]
    frame = Statement(
        **{  # type: ignore[arg-type]
            "ordinal": ordinal,
            "account": account,
            "currency": "CNY",
            "opening": None if opening is None else Decimal(opening),
            "closing": None if closing is None else Decimal(closing),
            "from_date": min(days),
            "to_date": max(days),
        }
        | facts
    )
    return [StatementStart(frame), *mine, StatementEnd(frame)]


def arrive(events: list[Event], *, name: str = "abc.xml", by=SYSTEM, note: str = "") -> StatementFile:
    """The events arrive as a file (`note` makes its bytes differ) and are imported."""
    file = receiving.receive([pickle.dumps((note, events))], name=name, source=Source.CLI, by=by)
    return importing.import_file(file.pk) if file.state == "received" else file
