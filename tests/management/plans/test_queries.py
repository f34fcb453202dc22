"""Reads of plans: sums by hand, areas, and what is overdue when."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import Scope, region_scope
from anzhi.foundation.parameters import clock
from anzhi.management.plans import chain, queries
from anzhi.management.plans.indicators import late, listed
from anzhi.management.plans.models import Allocation
from anzhi.management.plans.states import AllocationState
from anzhi.network.indicators import queries as figures
from anzhi.network.indicators import registry as indicators
from anzhi.network.indicators import services as sums
from anzhi.network.indicators.rules import Period
from harness.people import agency_at, client_for
from management.plans.factories import ISSUED, leg, line

pytestmark = pytest.mark.usefixtures("system")
DUE = ISSUED + timedelta(days=30)


@pytest.fixture
def several() -> list[Allocation]:
    """Four legs: whole, short, over, cancelled."""
    return [
        leg("53", "5323", "1000.01", arrived="1000.01"),
        leg("5323", "532328", "500", arrived="120.50"),
        leg("5323", "532301", "200", arrived="230"),
        leg("5323", "532328", "70", state=AllocationState.CANCELLED),
    ]


def test_the_strip_is_the_sum_of_its_rows(several: list[Allocation]) -> None:
    told = queries.standing(queries.allocations("53"), DUE + timedelta(days=1))

    assert (told.rows, told.amount, told.arrived) == (4, Decimal("1770.01"), Decimal("1350.51"))
    assert told.gap == Decimal("449.50")  # 379.50 of the short one and 70 of the cancelled; too much is no gap
    assert (told.late, told.late_gap) == (1, Decimal("379.50"))


def test_nothing_adds_up_to_nothing() -> None:
    told = queries.standing(queries.allocations("53"), DUE)

    assert (told.rows, told.amount, told.gap, told.late_gap) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("area", "rows"), [("53", 4), ("5323", 4), ("532328", 2), ("532301", 1), ("5306", 0), ("530622", 0)]
)
def test_an_area_reads_what_leaves_or_enters_it(several: list[Allocation], area: str, rows: int) -> None:
    assert queries.allocations(area).count() == rows
    with region_scope(area):
        assert Allocation.objects.count() == rows
        assert queries.allocations(Scope(area)).count() == rows
    assert all((queries.allocation(area, one.pk) is not None) == (one in queries.allocations(area)) for one in several)


@pytest.mark.parametrize(("days", "late"), [(0, 0), (1, 1), (400, 1)])
def test_overdue_begins_the_day_after_and_forgives_the_cancelled(
    several: list[Allocation], days: int, late: int
) -> None:
    assert queries.overdue("53", DUE + timedelta(days=days)).count() == late


def test_what_is_drawn_from_a_line_is_what_reached_its_office() -> None:
    of = line(amount="1000")
    top = leg("53", "5323", "900", line=of)  # on its way through
    leg("5323", "532328", "600", line=of, upstream=top)
    leg("5323", "532328", "50.50", line=of, state=AllocationState.CANCELLED)
    leg("5323", "532328", "99")

    assert queries.drawn_from(of) == 600
    with region_scope("532301"):
        assert queries.drawn_from(of) == 600  # the same whoever asks
    assert queries.left_of_lines([of]) == {of.pk: Decimal(100)}
    assert queries.left_at_offices([of]) == {of.pk: Decimal(400)}


def test_what_is_left_of_an_allocation() -> None:
    top, other = leg("53", "5323", "1000"), leg("53", "5306", "10")
    leg("5323", "532328", "600", upstream=top)
    leg("5323", "532301", "300", upstream=top, state=AllocationState.CANCELLED)

    assert queries.left_of_allocations([top, other]) == {top.pk: 400, other.pk: 10}
    assert queries.left_of_allocations([]) == {}


def test_years_are_those_of_the_lines_newest_first() -> None:
    for year in (2024, 2026, 2026):
        line(year=year)

    assert queries.years() == [("2026", "2026"), ("2024", "2024")]


def test_closed_offices_are_not_named_in_a_sheet_any_more() -> None:
    office = agency_at("532328")
    assert queries.agencies_by_name()[office.name] == office
    office.closed_on = date(2026, 1, 1)
    office.save(update_fields=["closed_on"])

    assert office.name not in queries.agencies_by_name()
    assert office.short_name not in queries.agencies_by_name()


def test_numbers_are_taken_wherever_they_are_registered() -> None:
    line("530622", number="L-1")
    leg("5306", "530622", number="A-1")

    with region_scope("532328"):
        assert queries.numbers_taken(Allocation, ["A-1", "A-2"]) == {"A-1"}
        assert queries.numbers_taken(type(line()), ["L-1", "L-2"]) == {"L-1"}


# ---- the figure of the board and the list behind it


def test_due_and_arrived_of_a_county_equal_the_list_behind_them(several: list[Allocation]) -> None:
    drill = leg("5323", "532328", "9000", is_drill=True)
    assert drill.is_drill
    sums.refresh(indicators=["allocations"], regions=["532328000000", "532301000000"], by=SYSTEM)
    period = Period(date(2026, 1, 1), date(2026, 12, 31))

    for area, due, arrived in (("532328", 500, "120.50"), ("532301", 200, "230"), ("5323", 700, "350.50")):
        code = area.ljust(12, "0")
        found = figures.total(indicators.get("allocations"), area, period)
        assert (found.of("due"), found.of("arrived")) == (due * 100, Decimal(arrived) * 100), area
        page = client_for("leader", region="53").get(listed(code, "due", period)).content.decode()
        assert f"{due}.00" in page
        assert f"{Decimal(arrived):,.2f}" in page
        assert "9,000.00" not in page


def test_what_is_late_is_listed_behind_its_figure(several: list[Allocation]) -> None:
    period = Period(date(2026, 1, 1), date(2026, 12, 31))
    with clock.turned_to(DUE + timedelta(days=1)):
        page = client_for("leader", region="53").get(late("532300000000", period)).content.decode()

    assert several[1].number in page
    assert all(one.number not in page for one in (several[0], several[2], several[3]))


# ---- words over the columns of the drawing


@pytest.mark.parametrize(
    ("came", "day", "words", "bad"),
    [
        ("100", DUE, "用时 6 天", False),
        ("0", DUE, "10-10", False),
        ("0", DUE + timedelta(days=3), "3", True),
        ("40", DUE + timedelta(days=3), "3", True),
    ],
)
def test_the_head_of_a_column_tells_how_long(came: str, day: date, words: str, bad: bool) -> None:
    tier = chain.of(leg("53", "5323", "100", arrived=came), day, Scope("53")).flow().tiers[1]

    assert words in tier.note
    assert tier.bad is bad


@pytest.mark.parametrize(
    ("days", "told"), [([6, 8], "7"), ([6, 6, 7], "6"), ([], "")], ids=["seven", "rounded", "nothing arrived"]
)
def test_many_offices_are_told_by_their_average(days: list[int], told: str) -> None:
    legs = [leg("5323", "532328", "10", arrived="10", arrived_on=ISSUED + timedelta(days=took)) for took in days]
    head = chain.tier_of_many(chain.legs_of(legs or [leg("5323", "532328", "10")], DUE, Scope("53")))

    assert told in head.note
    assert bool(head.note) is bool(told)


def test_many_offices_of_which_one_is_late_are_late_by_the_longest() -> None:
    legs = [leg("5323", "532328", "10", due_on=DUE - timedelta(days=late)) for late in (0, 5, 2)]
    head = chain.tier_of_many(chain.legs_of(legs, DUE, Scope("53")))

    assert head.bad
    assert "5" in head.note


@pytest.mark.parametrize(
    ("amount", "came", "day", "kind", "missing"),
    [
        ("100", "100", DUE + timedelta(days=9), "done", "0"),
        ("100", "130", DUE + timedelta(days=9), "done", "0"),
        ("100", "40", DUE, "run", "60"),
        ("100", "40", DUE + timedelta(days=1), "bad", "60"),
    ],
)
def test_a_leg_looks_as_it_stands(amount: str, came: str, day: date, kind: str, missing: str) -> None:
    (one,) = chain.legs_of([leg("5323", "532328", amount, arrived=came)], day, Scope("53"))

    assert (one.kind, one.missing) == (kind, Decimal(missing))
