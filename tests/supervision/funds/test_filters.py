"""Each filter of the lists of money keeps exactly the rows it names, on the page and in the sheet alike."""

import csv
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from anzhi.foundation.access.context import Scope
from anzhi.supervision.funds import queries
from anzhi.supervision.funds.models import SupervisedAccount, Transaction
from harness.people import client_for
from supervision.funds.factories import DAY, account, arrive, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def rows() -> None:
    """Four rows on two days: in, out, pending, and one explained."""
    written = number()
    account(written)
    arrive(
        statement(
            written,
            entry("+5000", ref="IN", counter_name="楚雄州财政局"),
            entry("-120.50", ref="OUT", counter_name="云南禾顺水利工程有限公司"),
            entry("-80", on=NEXT, ref="FEE", counter_name="开户银行", text="账户管理费"),
            entry("-7", on=NEXT, ref="PEND", status="PDNG", counter_name="丙弄村民委员会"),
        )
    )


@pytest.fixture
def finance() -> Client:
    return client_for("finance")


def sheet(client: Client, name: str, *args: object, **params: str) -> list[list[str]]:
    """The rows of the exported sheet, without its heading."""
    answer = client.get(reverse(f"funds:{name}", args=args), params | {"export": "csv"})
    assert answer.status_code == 200
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))[1:]


def references(client: Client, **params: str) -> set[str]:
    mine = SupervisedAccount.objects.get()
    told = {cell for row in sheet(client, "account", mine.pk, **params) for cell in row}
    return told & {"IN", "OUT", "FEE", "PEND"}


@pytest.mark.parametrize(
    ("params", "kept"),
    [
        ({}, {"IN", "OUT", "FEE", "PEND"}),
        ({"side": "in"}, {"IN"}),
        ({"side": "out"}, {"OUT", "FEE", "PEND"}),
        ({"match": "internal"}, {"FEE"}),
        ({"match": "unmatched"}, {"IN", "OUT", "PEND"}),
        ({"odd": "pending"}, {"PEND"}),
        ({"odd": "conflict"}, set()),
        ({"q": "禾顺"}, {"OUT"}),
        ({"q": "没有这一家"}, set()),
        ({"side": "out", "odd": "pending"}, {"PEND"}),
    ],
    ids=["all", "in", "out", "internal", "unmatched", "pending", "conflict", "words", "no words", "two at once"],
)
def test_rows_of_an_account(rows: None, finance: Client, params: dict[str, str], kept: set[str]) -> None:
    assert references(finance, **params) == kept


@pytest.mark.parametrize("name", ["accounts", "transactions", "files"])
def test_a_filter_that_is_none_is_said_and_breaks_nothing(rows: None, finance: Client, name: str) -> None:
    for params in ({"status": "x"}, {"side": "x"}, {"state": "x"}, {"area": "x"}, {"page": "x"}, {"sort": "x"}):
        assert finance.get(reverse(f"funds:{name}"), params).status_code == 200


def test_pending_rows_are_listed_and_not_summed(rows: None) -> None:
    moved = queries.counted(Transaction.objects.all())
    assert (moved.came, moved.went) == (Decimal(5000), Decimal("200.50"))
    assert (moved.rows_in, moved.rows_out, moved.rows) == (1, 2, 3)


def test_days_and_rows_give_the_same_sums(rows: None) -> None:
    mine = SupervisedAccount.objects.get()
    assert queries.moved(queries.days_of(mine)) == queries.counted(queries.transactions_of(mine))
    assert queries.moved(queries.days(Scope("532328"))) == queries.moved(queries.days_of(mine))
    assert queries.moved(queries.days(Scope("530622"))).rows == 0
    for area in ("53", "5323", "532328", "530622"):
        assert queries.moved_between(Scope(area), None, None) == queries.moved(queries.days(Scope(area)))


ENDS = [None, date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1), DAY, date(2026, 3, 31), date(2026, 4, 1)]


@pytest.mark.parametrize("low", ENDS)
@pytest.mark.parametrize("high", [*ENDS, date(2026, 4, 15)])
def test_whole_months_and_the_days_around_them_are_the_days(rows: None, low: date | None, high: date | None) -> None:
    account(written := number())
    on = [date(2026, 1, 31), date(2026, 2, 14), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 10)]
    arrive(statement(written, *(entry(f"+{day:%m%d}.01", on=day) for day in on)), note="months")
    days = queries.days(Scope("5323"))
    days = days.filter(day__gte=low) if low else days
    days = days.filter(day__lte=high) if high else days
    if low is None or high is None or low <= high:
        assert queries.moved_between(Scope("5323"), low, high) == queries.moved(days)


def test_the_balance_of_a_morning_is_that_of_the_evening_before(rows: None) -> None:
    mine = SupervisedAccount.objects.get()
    assert queries.balance_before(mine, DAY) == 0
    assert queries.balance_before(mine, NEXT) == Decimal("4879.50")
    assert queries.balance_before(mine, NEXT + timedelta(days=1)) == mine.balance == Decimal("4799.50")
    assert queries.balance_before(mine, DAY - timedelta(days=1)) is None


def test_a_stale_account_is_one_whose_statements_stopped(rows: None) -> None:
    mine = SupervisedAccount.objects.get()
    for today, stale in ((NEXT + timedelta(days=2), False), (NEXT + timedelta(days=3), True)):
        assert SupervisedAccount.objects.filter(queries.stale(today), pk=mine.pk).exists() is stale
    SupervisedAccount.objects.update(status="closed", closed_on=NEXT)
    assert not SupervisedAccount.objects.filter(queries.stale(NEXT + timedelta(days=9))).exists()
