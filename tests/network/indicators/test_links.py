"""Every number leads to the rows that it sums: each part of each figure, at each tier, for each area."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.parameters import clock
from anzhi.foundation.web.tables import Totals
from anzhi.network.indicators import queries, registry, services
from anzhi.network.indicators.links import rows
from anzhi.network.indicators.queries import Figure
from anzhi.network.indicators.registry import Indicator
from anzhi.network.indicators.rules import Period
from anzhi.supervision.alerts.services import engine
from harness.people import FOREIGN, client_of, user_at
from network.projects.factories import project
from network.sites.factories import site
from supervision.alerts.factories import DOCUMENT, Office, allocation, gets, pays, spends

pytestmark = pytest.mark.usefixtures("spoken")
DUE = date(2026, 10, 10)
TODAY = date(2026, 11, 22)
PROVINCE, PREFECTURE, COUNTY, BEYOND = "530000000000", "532300000000", "532328000000", FOREIGN.ljust(12, "0")
AREAS = (PROVINCE, PREFECTURE, COUNTY, BEYOND)


def value(name: str, scale: int = 1) -> Callable[[Totals, Figure, str], Any]:
    """A sum below the list, in stored units."""
    return lambda totals, figure, part: (totals.values.get(name) or 0) * scale


def count(totals: Totals, figure: Figure, part: str) -> Any:
    """The number of rows."""
    return totals.count


# what of the list is the number; figures of both sides lead to one list with both, said in its total row
READ: dict[str, Callable[[Totals, Figure, str], Any]] = {
    "projects": count,
    "capacity": value("capacity", 1000),
    "sites": count,
    "people": lambda totals, figure, part: totals.values["people" if part == "plan" else "moved"] or 0,
    "accounts": count,
    "balance": value("known", 100),
    "freshness": count,
    "allocations": lambda totals, figure, part: (totals.values["amount" if part == "due" else "arrived"] or 0) * 100,
    "alerts": count,
    "alerts-by-type": count,
    "alerts-raised": count,
}
BOTH_SIDES = {"money", "entries"}


@pytest.fixture
def world() -> None:
    """Money that stops in a prefecture, projects over two prefectures, sites in all states, alerts."""
    prefecture, county, other = Office("5323"), Office("532328"), Office("530622")
    allocation(prefecture, county, "860000000", issued=date(2026, 9, 10), due=DUE)
    allocation(Office("5306"), other, "1000", issued=date(2026, 9, 10), due=TODAY, document="昭搬发〔2026〕2号")
    services.refresh(indicators=["allocations"], regions=[BEYOND], by=SYSTEM)
    with clock.turned_to(DUE):
        county.tells(gets(prefecture, "560000000", DUE, DOCUMENT), spends("1234.56", DUE), until=TODAY)
        prefecture.tells(pays(county, "560000000", DUE, DOCUMENT), until=TODAY)
    dam = project(place=(101.87, 25.7), counties={BEYOND: "receives"}, installed_mw=2400)
    project(build="built", installed_mw=Decimal("12.5"))
    project(build="planned", kind="reservoir", regime="water", suspended=True)
    project(region=FOREIGN, installed_mw=None)
    site(of=dam)
    site(of=dam, name="b", lived_in=True)
    with clock.turned_to(TODAY):
        engine.run(as_of=TODAY)


@pytest.fixture
def client(world: None) -> Client:
    return client_of(user_at("leader", region="53"))


def test_every_number_leads_somewhere_that_answers(client: Client) -> None:
    """Also those of apps above that are not read below."""
    known = {one.code for one in registry.open_to(SYSTEM)}
    assert known >= READ.keys() | BOTH_SIDES
    with clock.turned_to(TODAY):
        for code in known - READ.keys():
            one = registry.get(code)
            for part in one.parts:
                assert client.get(one.url(PREFECTURE, part, one.period(TODAY))).status_code == 200, (code, part)


@pytest.mark.parametrize("code", sorted(READ))
def test_each_part_is_the_total_of_the_list_it_leads_to(client: Client, code: str) -> None:
    one = registry.get(code)
    with clock.turned_to(TODAY):
        period = one.period(TODAY)
        for area in AREAS:
            figure = queries.total(one, area, period)
            for part in one.parts:
                answer = client.get(one.url(area, part, period))
                assert answer.status_code == 200
                assert READ[code](answer.context["totals"], figure, part) == figure.of(part), (area, part)


def test_money_and_rows_of_both_sides_stand_in_one_total(client: Client) -> None:
    money, entries = registry.get("money"), registry.get("entries")
    with clock.turned_to(TODAY):
        period = money.period(TODAY)
        for area in AREAS:
            moved, counted = (queries.total(one, area, period) for one in (money, entries))
            totals = client.get(money.url(area, "in", period)).context["totals"]
            assert client.get(entries.url(area, "out", period)).context["totals"] == totals
            assert totals.count == counted.total, area
            sides = totals.values["amount"]
            assert (sides.came * 100, sides.went * 100) == (moved.of("in"), moved.of("out")), area


def test_whoever_looks_gets_the_numbers_of_the_own_area_only(world: None) -> None:
    for region, projects in (("53", 4), ("5323", 3), ("532328", 3), (FOREIGN, 2), ("5325", 0)):
        client = client_of(user_at("leader", region=region))
        with clock.turned_to(TODAY):
            shown = {one["it"].code: one for one in client.get("/indicators/").context["figures"]}
        assert sum(int(part["value"]) for part in shown["projects"]["parts"]) == projects, region


def test_the_page_and_the_figures_agree(client: Client) -> None:
    with clock.turned_to(TODAY):
        for told in client.get("/indicators/").context["figures"]:
            one: Indicator = told["it"]
            figure = queries.total(one, PROVINCE, one.period(TODAY))
            assert [part["value"] for part in told["parts"]] == [one.unit.exact(figure.of(key)) for key in one.parts]


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ({}, "/sites/?area=532328000000"),
        ({"state": "occupied"}, "/sites/?area=532328000000&state=occupied"),
        ({"state": ""}, "/sites/?area=532328000000"),
        ({"state": None, "due_from": date(2026, 1, 1)}, "/sites/?area=532328000000&due_from=2026-01-01"),
        ({"q": "元谋 县&x=1"}, "/sites/?area=532328000000&q=%E5%85%83%E8%B0%8B+%E5%8E%BF%26x%3D1"),
    ],
)
def test_an_address_names_what_is_asked_and_nothing_empty(asked: dict[str, Any], address: str) -> None:
    assert rows("sites:index", COUNTY, **asked) == address


def test_a_page_that_is_not_built_has_no_address() -> None:
    assert rows("postsupport:index", COUNTY) == ""


def test_what_is_due_after_the_period_is_not_in_it(client: Client) -> None:
    """On the day before its due date nothing of an allocation counts, on the day it does."""
    one = registry.get("allocations")
    for area in AREAS:
        for last, counts in ((date(2026, 10, 9), False), (DUE, True)):
            found = queries.total(one, area, Period(date(2026, 1, 1), last)).of("due")
            assert bool(found) is (counts and area != BEYOND), (area, last)
