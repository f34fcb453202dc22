"""The money trail of an alert: every leg with its amounts, where it stopped, and a drawing of the same sums."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.scope import region_scope
from anzhi.foundation.parameters import clock
from anzhi.management.plans.flow import Flow
from anzhi.management.plans.models import Allocation
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.alerts.trail import trail
from harness.acting import acting
from harness.people import client_for
from supervision.alerts.factories import DOCUMENT, TODAY, Office, allocation, gets, pays, spends

pytestmark = pytest.mark.usefixtures("spoken")
PROVINCE = Scope("53")
ISSUED = TODAY - timedelta(days=73)
UPPER = "财农〔2026〕12号"


def fed_by(lower: Allocation, upper: Allocation) -> None:
    """Say by which allocation another is fed."""
    with acting():
        Allocation.objects.filter(pk=lower.pk).update(upstream=upper)


def late() -> Alert:
    """Four hundred million reached the prefecture; of three counties one got all, one a part, one nothing."""
    province, prefecture = Office("53"), Office("5323")
    counties = [Office("532328"), Office("532301"), Office("532326")]
    top = allocation(province, prefecture, "400000000", issued=ISSUED, document=UPPER)
    for county, amount in zip(counties, ("100000000", "120000000", "180000000"), strict=True):
        fed_by(allocation(prefecture, county, amount, issued=ISSUED), top)
    day = ISSUED + timedelta(days=10)
    with clock.turned_to(day):
        province.tells(pays(prefecture, "400000000", day, UPPER), until=TODAY)
        rows = [pays(counties[0], "100000000", day, DOCUMENT), pays(counties[1], "20000000", day, DOCUMENT)]
        prefecture.tells(gets(province, "400000000", day, UPPER), *rows, until=TODAY)
        counties[0].tells(gets(prefecture, "100000000", day, DOCUMENT), until=TODAY)
        counties[1].tells(gets(prefecture, "20000000", day, DOCUMENT), until=TODAY)
    engine.run(as_of=TODAY)
    return Alert.objects.get(type="TRANSFER_LATE")


def idle(spent: str = "200000") -> Alert:
    """Four million arrived by way of a prefecture, and a twentieth of it was spent."""
    province, prefecture, county = Office("53"), Office("5323"), Office("532328")
    arrived = TODAY - timedelta(days=400)
    county.covered = prefecture.covered = province.covered = arrived - timedelta(days=60)
    due = TODAY + timedelta(days=60)
    top = allocation(province, prefecture, "9000000", issued=arrived - timedelta(days=30), due=due, document=UPPER)
    fed_by(allocation(prefecture, county, "4000000", issued=arrived - timedelta(days=3), due=due), top)
    with clock.turned_to(arrived):
        county.tells(
            gets(prefecture, "4000000", arrived, DOCUMENT), spends(spent, arrived + timedelta(days=9)), until=TODAY
        )
    engine.run(as_of=TODAY)
    return Alert.objects.get(type="IDLE_FUND")


def links(flow: Flow) -> dict[tuple[str, str], Decimal]:
    """What flows between two places, by their names."""
    names = {place.key: place.name for place in flow.places}
    return {(names[link.source], names[link.target]): link.amount for link in flow.links if link.amount}


def test_a_late_document_shows_every_leg_with_what_is_missing_first() -> None:
    found = trail(late(), PROVINCE)
    told = [(leg.allocation.to_region[:6], leg.allocation.arrived, leg.missing, leg.overdue) for leg in found.legs]
    assert told == [
        ("532326", Decimal(0), Decimal(180_000_000), 43),
        ("532301", Decimal(20_000_000), Decimal(100_000_000), 43),
        ("532328", Decimal(100_000_000), Decimal(0), 0),
    ]
    assert found.totals == {
        "amount": Decimal(400_000_000),
        "arrived": Decimal(120_000_000),
        "missing": Decimal(280_000_000),
    }


def test_the_drawing_holds_what_the_table_holds() -> None:
    alert = late()
    found = trail(alert, PROVINCE)
    flowing = links(found.flow)
    assert sum(flowing[key] for key in flowing if key[0] == "云南省") == Decimal(400_000_000)
    below = {key: amount for key, amount in flowing.items() if key[0] != "云南省"}
    assert sum(below.values()) == found.totals["amount"]
    stuck = [place for place in found.flow.places if place.kind == "stuck"]
    assert [found.flow.amount_of(place) for place in stuck] == [alert.amount] == [found.totals["missing"]]


def test_the_heads_say_where_it_lies_and_for_how_long() -> None:
    tiers = trail(late(), PROVINCE).flow.tiers
    assert [tier.bad for tier in tiers] == [False, True, False]
    assert "43" in tiers[1].note
    assert "3" in tiers[2].name  # offices it was due at


def test_without_an_upper_leg_the_way_begins_at_the_sender() -> None:
    prefecture, county = Office("5323"), Office("532328")
    allocation(prefecture, county, "5000000", issued=ISSUED)
    prefecture.tells(until=TODAY)
    engine.run(as_of=TODAY)
    flow = trail(Alert.objects.get(), PROVINCE).flow
    assert [place.kind for place in flow.places] == ["done", "done", "stuck"]
    assert len(flow.tiers) == 2
    assert flow.tiers[0].bad


def test_a_cancelled_leg_is_no_leg() -> None:
    alert = late()
    with acting():
        Allocation.objects.filter(to_region="532326000000").update(state="cancelled")
    assert trail(alert, PROVINCE).totals["amount"] == Decimal(220_000_000)


def test_idle_money_is_followed_from_its_source_to_where_it_lies() -> None:
    alert = idle()
    found = trail(alert, PROVINCE)
    assert [leg.allocation.document for leg in found.legs] == [UPPER, DOCUMENT]
    *way, unused, spent = found.flow.places
    assert [place.column for place in way] == [0, 1, 2]
    assert (unused.kind, unused.column, spent.column) == ("stuck", 3, 3)
    assert found.flow.amount_of(unused) == alert.amount == Decimal(3_800_000)
    assert found.flow.amount_of(spent) == Decimal(200_000)
    assert found.flow.amount_of(way[-1]) == Decimal(4_000_000)
    assert "400" in found.flow.tiers[-1].note


@pytest.mark.parametrize(("spent", "told"), [("0.01", Decimal("0.01")), ("399999.99", Decimal("399999.99"))])
def test_not_a_fen_is_lost_between_unused_and_spent(spent: str, told: Decimal) -> None:
    alert = idle(spent)
    flow = trail(alert, PROVINCE).flow
    *_way, unused, gone = flow.places
    assert flow.amount_of(gone) == told
    assert flow.amount_of(unused) + flow.amount_of(gone) == Decimal(4_000_000)


@pytest.mark.parametrize(("region", "seen"), [("53", [True, True]), ("5323", [True, True]), ("532328", [False, True])])
def test_legs_of_other_areas_are_told_but_not_opened(region: str, seen: list[bool]) -> None:
    alert = idle()
    with region_scope(region):
        assert [leg.seen for leg in trail(alert, Scope(region)).legs] == seen


def test_the_page_links_only_what_the_reader_may_open() -> None:
    alert = idle()
    foreign, own = (leg.allocation for leg in trail(alert, PROVINCE).legs)
    page = client_for("fund_monitor", region="532328").get(reverse("alerts:alert", args=[alert.number]))
    text = page.content.decode()
    assert reverse("plans:allocation", args=[own.pk]) in text
    assert UPPER in text
    assert reverse("plans:allocation", args=[foreign.pk]) not in text


def test_the_trail_is_that_of_the_day_the_rule_looked() -> None:
    """Read a month later, before the next run, it still says how late it was then."""
    alert = late()
    with clock.turned_to(date(2026, 12, 24)):
        assert {leg.overdue for leg in trail(alert, PROVINCE).legs} == {43, 0}
