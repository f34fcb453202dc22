"""Sums to the fen, however large; what is pending, unknown, closed or elsewhere is in none of them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anzhi.foundation.access.scope import Scope, region_scope
from anzhi.foundation.parameters import clock
from anzhi.network.indicators import queries as figures
from anzhi.network.indicators import registry as indicators
from anzhi.network.indicators.rules import Period
from anzhi.supervision.funds import queries, sums
from anzhi.supervision.funds.models import AccountDay, SupervisedAccount, Transaction
from supervision.funds.factories import DAY, account, arrive, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")
COUNTY, FOREIGN = "532328", "530622"
TODAY = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def today() -> object:
    with clock.turned_to(TODAY):
        yield


def told(*amounts: str, region: str = COUNTY, on: date = DAY) -> SupervisedAccount:
    """An account with a statement of these amounts on a day."""
    written = number()
    made = account(written, region=region)
    arrive(statement(written, *(entry(amount, ref=f"R{at}", on=on) for at, amount in enumerate(amounts))))
    made.refresh_from_db()
    return made


def test_thirteen_billion_yuan_add_up_to_the_fen() -> None:
    mine = told("+13150000000.01", "+0.02", "-13149999999.99", "-0.01")

    assert mine.balance == Decimal("0.03")
    with region_scope(COUNTY) as scope:
        days = queries.moved(queries.days(scope))
    assert (days.came, days.went) == (Decimal("13150000000.03"), Decimal("13150000000.00"))
    assert (days.rows_in, days.rows_out, days.rows) == (2, 2, 4)
    assert sums.sides(days).values["amount"] == Decimal("0.03")


AMOUNTS = st.lists(st.integers(1, 10**13).map(lambda fen: Decimal(fen) / 100), min_size=1, max_size=6)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(came=AMOUNTS, went=AMOUNTS)
def test_days_rows_and_balance_say_the_same(came: list[Decimal], went: list[Decimal]) -> None:
    mine = told(*(f"+{one}" for one in came), *(f"-{one}" for one in went))
    rows = queries.counted(queries.transactions_of(mine))
    days = queries.moved(queries.days_of(mine))

    assert rows == days
    assert (rows.came, rows.went) == (sum(came), sum(went))
    assert mine.balance == sum(came) - sum(went)


def test_nothing_moved_is_nothing() -> None:
    assert queries.moved(AccountDay.objects.none()) == queries.Moved(Decimal(0), Decimal(0), 0, 0)
    assert queries.counted(Transaction.objects.none()) == queries.Moved(Decimal(0), Decimal(0), 0, 0)


@pytest.mark.parametrize(
    ("day", "rows"),
    [(date(2026, 3, 1), 1), (date(2026, 3, 31), 1), (date(2026, 2, 28), 0), (date(2026, 4, 1), 0)],
)
def test_a_month_has_its_first_and_its_last_day(day: date, rows: int) -> None:
    mine = told("+5", on=day)

    assert queries.moved_of(mine, date(2026, 3, 15), None, None).month.rows == rows


def test_the_month_of_december_ends_with_the_year() -> None:
    mine = told("+5", on=date(2025, 12, 31))

    assert queries.moved_of(mine, date(2025, 12, 1), None, None).month.came == 5
    assert queries.moved_of(mine, date(2026, 1, 1), None, None).month.came == 0


@pytest.mark.parametrize(
    ("low", "high", "came"),
    [
        (None, None, 7),
        (DAY, None, 7),
        (DAY + timedelta(days=1), None, 2),
        (None, DAY, 5),
        (DAY, DAY, 5),
        (DAY + timedelta(days=1), DAY + timedelta(days=4), 0),
    ],
)
def test_days_shown_are_those_between(low: date | None, high: date | None, came: int) -> None:
    written = number()
    mine = account(written)
    arrive(statement(written, entry("+5", ref="a"), entry("+2", ref="b", on=DAY + timedelta(days=5))))
    known = queries.moved_of(mine, DAY, low, high)

    assert (known.shown.came, known.month.came, known.first) == (came, 7, DAY)


def test_the_strip_of_accounts_counts_what_is_unknown_stale_and_broken() -> None:
    told("+100.01", on=TODAY)
    told("+50", on=TODAY - timedelta(days=3))
    account()
    SupervisedAccount.objects.filter(pk=told("+1", on=TODAY).pk).update(broken_chains=2)

    with region_scope(COUNTY) as scope:
        known = queries.watched(queries.accounts(scope))
    assert (known.accounts, known.balance) == (4, Decimal("151.01"))
    assert (known.unknown, known.stale, known.broken) == (1, 2, 1)


@pytest.mark.parametrize(("days", "stale"), [(0, False), (1, False), (2, False), (3, True), (400, True)])
def test_statements_of_the_day_before_yesterday_are_fresh(days: int, stale: bool) -> None:
    mine = account(covered_until=TODAY - timedelta(days=days))

    assert SupervisedAccount.objects.filter(queries.stale()).contains(mine) is stale
    assert SupervisedAccount.objects.filter(queries.heard()).contains(mine) is not stale


def test_a_closed_account_is_neither_fresh_nor_stale() -> None:
    mine = account(covered_until=TODAY, status="open")
    SupervisedAccount.objects.filter(pk=mine.pk).update(status="closed", closed_on=TODAY)

    for asked in (queries.stale(), queries.heard()):
        assert not SupervisedAccount.objects.filter(asked).exists()


def test_figures_of_an_area_equal_its_rows_and_know_no_other() -> None:
    told("+1000.10", "-200.02")
    told("+7", region=FOREIGN)
    year = Period(date(2026, 1, 1), TODAY)

    for code, part, own, all_of_it in (
        ("money", "in", 100010, 100710),
        ("money", "out", 20002, 20002),
        ("entries", "in", 1, 2),
        ("entries", "out", 1, 1),
        ("accounts", "open", 1, 2),
        ("balance", "open", 80008, 80708),
    ):
        period = year if code in ("money", "entries") else Period(None, None)
        one = indicators.get(code)
        assert figures.total(one, COUNTY.ljust(12, "0"), period).of(part) == own, code
        assert figures.total(one, "530000000000", period).of(part) == all_of_it, code


def test_banks_count_what_the_area_holds_there() -> None:
    told("+10")
    account(bank="ccb", balance="5")
    account(bank="abc", region=FOREIGN, balance="1000")

    with region_scope(COUNTY) as scope:
        held = {bank.code: (bank.accounts_held, bank.balance_held) for bank in queries.banks(scope)}
    assert len(held) == 13
    assert (held["abc"], held["ccb"], held["icbc"]) == ((1, 10), (1, 5), (0, 0))


def test_an_account_that_money_went_through_is_never_deleted() -> None:
    mine = told("+1")

    with pytest.raises(ProtectedError):
        mine.delete()
    assert SupervisedAccount.objects.filter(pk=mine.pk).exists()


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        ([1, 2, 3], []),
        ([1, 3], [(2, 2)]),
        ([1, 5, 9], [(2, 4), (6, 8)]),
        ([3, 1], [(2, 2)]),
        ([12, 1], []),
        ([1, 62], []),
        ([1, 61], [(2, 60)]),
    ],
)
def test_numbers_that_never_came(numbers: list[int], missing: list[tuple[int, int]]) -> None:
    written = number()
    mine = account(written)
    for at, one in enumerate(sorted(numbers) if numbers != [12, 1] else numbers):
        day = DAY + timedelta(days=at)
        arrive(
            statement(written, entry("+1", ref=f"R{one}", on=day), opening=str(at), sequence=one),
            note=str(one),
        )

    assert queries.missing_numbers(mine) == missing


def test_the_balance_of_a_morning_follows_the_nearest_statement() -> None:
    written = number()
    mine = account(written)
    first = entry("+100", ref="a", on=DAY)
    arrive(statement(written, first, opening="50"), note="1")
    arrive(statement(written, entry("-30", ref="b", on=DAY + timedelta(days=2)), opening="150"), note="2")

    for days, balance in ((-1, None), (0, 50), (1, 150), (2, 150), (3, 120)):
        assert queries.balance_before(mine, DAY + timedelta(days=days)) == balance, days


def test_an_area_reads_its_own_accounts_above_and_below() -> None:
    top, low = account(region="5323", name="州办专户"), account()
    for asked, seen in (("53", 2), ("5323", 2), (COUNTY, 1), (FOREIGN, 0)):
        with region_scope(asked) as scope:
            assert queries.accounts(scope).count() == seen, asked
            assert (queries.account(scope, top.pk) is not None) == (seen == 2)
    assert list(queries.uppers(Scope("53"))) == [top]
    low.upper = top
    low.save(update_fields=["upper"])
    assert queries.lower(top, Scope("53")) == [low]
