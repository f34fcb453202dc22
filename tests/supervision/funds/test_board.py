"""What money shows on the board: shares, rankings, bars and banks, computed by hand; what is unknown is no zero."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.context import Scope
from anzhi.foundation.parameters import clock
from anzhi.management.plans.models import Allocation
from anzhi.network.board.place import Place
from anzhi.network.indicators import services as figures
from anzhi.supervision.funds import indicators, panels, standing
from anzhi.supervision.funds.hooks import Landed
from anzhi.supervision.funds.models import SupervisedAccount
from management.plans.factories import leg
from supervision.funds.factories import account, arrive, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")
PROVINCE, PREFECTURE, COUNTY, OTHER = "530000000000", "532300000000", "532328000000", "532301000000"
TODAY = date(2026, 11, 22)
DUE = date(2026, 10, 10)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with clock.turned_to(TODAY):
        yield


def place(code: str) -> Place:
    return Place(code, SYSTEM, Scope(""))


def due(amount: str, *, arrived: str = "0", to: str = "532328", on: date = DUE, **more: Any) -> Allocation:
    """An allocation of the prefecture to a county, in the figures at once."""
    made = leg("5323", to, amount, arrived=arrived, due_on=on, **more)
    figures.refresh(indicators=["allocations"], regions=[made.to_region], by=SYSTEM)
    return made


def rows(found: Any, kind: str) -> list[tuple[str, int]]:
    return [(row["code"], row["share"]) for row in found[kind]]


# ---- ranking


def test_counties_are_ranked_by_the_share_that_arrived() -> None:
    due("1000", arrived="400")
    due("3000", arrived="3000", to="532301")
    found = panels.ranking(place(PREFECTURE))

    assert rows(found, "ranked") == [(OTHER, 100), (COUNTY, 40)]
    assert [row["low"] for row in found["ranked"]] == [False, True]
    assert [bool(row["lacking"]) for row in found["ranked"]] == [False, True]
    assert COUNTY not in {row["code"] for row in found["rest"]}
    assert found["legs"] == []


@pytest.mark.parametrize(("arrived", "share", "low"), [("899.99", 89, True), ("900", 90, False), ("999.99", 99, False)])
def test_a_share_is_never_rounded_up(arrived: str, share: int, low: bool) -> None:
    due("1000", arrived=arrived)
    (row,) = panels.ranking(place(PREFECTURE))["ranked"]

    assert (row["share"], row["low"]) == (share, low)


def test_equals_stand_in_the_order_of_their_codes() -> None:
    due("10", arrived="5"), due("20", arrived="10", to="532301")

    assert [code for code, _share in rows(panels.ranking(place(PREFECTURE)), "ranked")] == [OTHER, COUNTY]


def test_who_was_due_nothing_is_not_ranked() -> None:
    found = panels.ranking(place(PREFECTURE))

    assert found["ranked"] == []
    assert {COUNTY, OTHER} <= {row["code"] for row in found["rest"]}


@pytest.mark.parametrize(
    ("more", "counted"),
    [
        ({"on": TODAY}, True),
        ({"on": TODAY + timedelta(days=1)}, False),
        ({"on": date(2026, 1, 1), "issued_on": date(2025, 12, 1)}, True),
        ({"on": date(2025, 12, 31), "issued_on": date(2025, 12, 1)}, False),
        ({"state": "cancelled"}, False),
        ({"is_drill": True}, False),
    ],
)
def test_what_counts_as_due_this_year(more: dict[str, Any], counted: bool) -> None:
    due("1000", **more)

    assert bool(panels.ranking(place(PREFECTURE))["ranked"]) is counted


def test_a_county_reads_its_own_legs_instead() -> None:
    mine = due("1000", arrived="400")
    due("10", to="532301")
    due("77", on=TODAY + timedelta(days=5))
    found = panels.ranking(place(COUNTY))

    assert found["legs"] == [mine]
    assert found["ranked"] == found["rest"] == []


# ---- bars


def test_bars_tell_the_years_whole_what_came_and_what_is_late() -> None:
    due("1000", arrived="400")
    due("3000", on=TODAY + timedelta(days=9))
    (bar,) = panels.bars(place(PREFECTURE))["rows"]

    assert bar["amount"] == 400_000  # fen: 4,000 yuan planned for the year
    assert (bar["arrived"], bar["late"], bar["share"]) == (10.0, 15.0, 10)
    assert bar["length"] == 100.0
    assert bar["late_url"] and "late" in bar["late_url"]


def test_the_longest_bar_is_whole_and_the_others_in_proportion() -> None:
    due("1000"), due("250", to="532301")
    bars = panels.bars(place(PREFECTURE))["rows"]

    assert [bar["length"] for bar in bars] == [100.0, 25.0]


def test_too_much_arrived_is_no_more_than_whole() -> None:
    due("1000", arrived="1200")
    (bar,) = panels.bars(place(PREFECTURE))["rows"]

    assert (bar["arrived"], bar["late"], bar["share"], bar["late_url"]) == (100.0, 0, 100, "")


def test_a_county_has_its_accounts_instead_the_fullest_first() -> None:
    account(balance="5"), account(balance="50"), account()
    shut = account(balance="0")
    SupervisedAccount.objects.filter(pk=shut.pk).update(status="closed", closed_on=TODAY)
    balances = [one.balance for one in panels.bars(place(COUNTY))["accounts"]]

    assert sorted(balance for balance in balances if balance is not None) == [Decimal(5), Decimal(50)]
    assert len(balances) == 3
    assert panels.bars(place(PREFECTURE))["accounts"] == []


# ---- figures on top


def test_what_was_due_and_arrived_stands_with_its_share() -> None:
    due("30000", arrived="12000")
    key = panels.allocated(place(COUNTY))

    assert key.value == "3.00"
    assert [note.value for note in key.notes][-1] == "40%"


def test_nothing_due_yet_is_said_and_not_a_share_of_nothing() -> None:
    (note,) = panels.allocated(place(COUNTY)).notes

    assert "%" not in str(note)


def test_accounts_are_counted_with_their_banks_and_balance() -> None:
    account(balance="10000", covered_until=TODAY), account(bank="ccb", balance="20000", covered_until=TODAY)
    shut = account(bank="icbc", balance="0")
    SupervisedAccount.objects.filter(pk=shut.pk).update(status="closed", closed_on=TODAY)
    key = panels.accounts(place(COUNTY))

    assert key.value == "2"
    assert [note.value.split()[0] for note in key.notes] == ["2", "3.00"]


# ---- which banks are heard


@pytest.mark.parametrize(
    ("days", "silent"), [(0, False), (2, False), (3, True), (None, True)], ids=["today", "two", "three", "never"]
)
def test_a_bank_is_silent_from_the_third_day(days: int | None, silent: bool) -> None:
    account(covered_until=None if days is None else TODAY - timedelta(days=days))
    (bank,) = standing.banks(Scope("532328"), TODAY)

    assert bank.silent is silent


def test_a_bank_is_heard_by_its_best_account_and_the_most_silent_stands_first() -> None:
    account(covered_until=TODAY), account(covered_until=TODAY - timedelta(days=90))
    account(bank="ccb", covered_until=TODAY - timedelta(days=9))
    account(bank="icbc")

    assert [bank.silent for bank in standing.banks(Scope("532328"), TODAY)] == [True, True, False]
    assert [bank.until for bank in standing.banks(Scope("532328"), TODAY)] == [None, TODAY - timedelta(days=9), TODAY]


def test_only_some_silent_banks_are_named_and_the_rest_counted() -> None:
    for bank in ("abc", "ccb", "icbc", "boc", "psbc"):
        account(bank=bank)
    account(bank="citic", covered_until=TODAY)
    found = standing.fresh(place(COUNTY))

    assert (found["heard"], len(found["silent"]), found["more"], found["latest"]) == (1, 3, 2, TODAY)
    assert found["stale"] == 5


def test_an_area_without_accounts_hears_nobody() -> None:
    found = standing.fresh(place(COUNTY))

    assert (found["heard"], found["silent"], found["more"], found["latest"], found["stale"]) == (0, [], 0, None, 0)


# ---- after an import


def test_an_import_brings_the_figures_of_its_regions_and_its_legs() -> None:
    written = number()
    mine = account(written)
    arrive(statement(written, entry("+1000", ref="a", on=DUE), entry("-1", ref="b", on=DUE)))
    leg("5323", "532328", "1000", arrived="600", due_on=DUE)
    assert indicators.follow(Landed(1, (mine.pk,), 2)) == 0  # raises no alert by itself

    assert place(COUNTY).figure("entries").total == 2
    assert place(PREFECTURE).figure("money").of("in") == 100_000
    assert place(COUNTY).figure("allocations").of("arrived") == 60_000
    assert place(OTHER).figure("money").total == 0


def test_the_years_line_has_a_point_for_each_month_until_today() -> None:
    written = number()
    mine = account(written)
    arrive(statement(written, entry("+100000000", ref="a", on=date(2026, 3, 2))))
    indicators.follow(Landed(1, (mine.pk,), 1))
    found = panels.line(place(COUNTY))

    days = [day for day, _values in found["rows"]]
    assert days == sorted(days)
    assert all(day.year == TODAY.year and day <= TODAY for day in days)
    assert any(1.0 in values for _day, values in found["rows"])
