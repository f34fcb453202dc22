"""The two rules at their edges, through real statements and the real engine."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from anzhi.foundation.audit.models import Event
from anzhi.foundation.live.models import LiveEvent
from anzhi.foundation.parameters import clock
from anzhi.supervision.alerts.findings import Touched, find, limits_of
from anzhi.supervision.alerts.models import Alert, LevelChange
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.alerts.types.catalogue import TYPES
from supervision.alerts.factories import DOCUMENT, TODAY, Office, allocation, gets, pays, spends

HERE, THERE = ("5323", "532328"), ("5306", "530622")
pytestmark = pytest.mark.usefixtures("spoken")


def run(as_of: date = TODAY) -> engine.Outcome:
    return engine.run(as_of=as_of)


def open_alerts(code: str) -> list[tuple[str, Decimal, int]]:
    return [(a.level, a.amount, a.days) for a in Alert.objects.filter(type=code, closed_at=None, gone_on=None)]


# ---- IDLE_FUND


def idle(
    days: int, amount: str = "4120000", spent: str = "", covered: int | None = None, places: tuple[str, str] = HERE
) -> Office:
    """A county whose allocation arrived `days` before today; statements cover up to `covered` days before."""
    prefecture, county = (Office(region) for region in places)
    arrived = TODAY - timedelta(days=days)
    county.covered = arrived - timedelta(days=60)
    allocation(prefecture, county, amount, issued=arrived - timedelta(days=3), due=TODAY + timedelta(days=60))
    rows = [gets(prefecture, amount, arrived, DOCUMENT)]
    if spent:
        rows.append(spends(spent, arrived + timedelta(days=1)))
    with clock.turned_to(arrived):
        county.tells(*rows, until=TODAY - timedelta(days=covered or 0))
    return county


@pytest.mark.parametrize(
    ("days", "amount", "level"),
    [
        (179, "4120000", None),
        (180, "4120000", "blue"),
        (364, "4120000", "blue"),
        (365, "4120000", "yellow"),
        (729, "4120000", "yellow"),
        (730, "4120000", "red"),
        (365, "10000000", "red"),
        (365, "9999999.99", "yellow"),
        (364, "10000000", "blue"),
        (900, "99999.99", None),
        (900, "100000", "red"),
    ],
)
def test_idle_levels_at_their_edges(days: int, amount: str, level: str | None) -> None:
    idle(days, amount)
    run()
    assert open_alerts("IDLE_FUND") == ([(level, Decimal(amount).quantize(Decimal("0.01")), days)] if level else [])


@pytest.mark.parametrize(("spent", "found"), [("411999.99", True), ("412000", False), ("412000.01", False)])
def test_a_tenth_spent_is_used(spent: str, found: bool) -> None:
    idle(400, "4120000", spent)
    run()
    assert bool(open_alerts("IDLE_FUND")) is found


def test_what_came_first_is_spent_first() -> None:
    county = Office("532328")
    prefecture = Office("5323")
    first, second = TODAY - timedelta(days=500), TODAY - timedelta(days=400)
    county.covered = first - timedelta(days=10)
    for at, document in ((first, "云搬发〔2025〕1号"), (second, "云搬发〔2025〕2号")):
        allocation(prefecture, county, "1000000", issued=at, document=document, due=TODAY + timedelta(days=60))
    county.tells(
        gets(prefecture, "1000000", first, "云搬发〔2025〕1号"),
        gets(prefecture, "1000000", second, "云搬发〔2025〕2号"),
        spends("1000000", second + timedelta(days=3)),
        until=TODAY,
    )
    run()
    assert open_alerts("IDLE_FUND") == [("yellow", Decimal("1000000.00"), 400)]


def test_a_feed_gap_is_never_idle() -> None:
    idle(400, covered=300)
    run()
    assert open_alerts("IDLE_FUND") == []


def test_coverage_without_movement_raises_by_itself() -> None:
    county = idle(400, covered=300)
    assert open_alerts("IDLE_FUND") == []
    with clock.turned_to(TODAY):
        file = county.tells(until=TODAY)
    assert file.raised == 1
    assert open_alerts("IDLE_FUND") == [("yellow", Decimal("4120000.00"), 400)]


def test_unmatched_credits_are_not_allocations() -> None:
    county = Office("532328")
    county.tells(gets(None, "4120000", TODAY - timedelta(days=800)), until=TODAY)
    run()
    assert open_alerts("IDLE_FUND") == []


# ---- TRANSFER_LATE


def late(days: int, amount: str = "5000000", sent: str = "") -> tuple[Office, Office]:
    """A prefecture that owed a county money `days` ago."""
    prefecture, county = Office("5323"), Office("532328")
    due = TODAY - timedelta(days=days)
    allocation(prefecture, county, amount, issued=due - timedelta(days=30), due=due)
    moved = due - timedelta(days=10)
    rows = [pays(county, sent, moved, DOCUMENT)] if sent else []
    with clock.turned_to(due - timedelta(days=20)):
        prefecture.tells(*rows, until=TODAY)
        county.tells(*([gets(prefecture, sent, moved, DOCUMENT)] if sent else []), until=TODAY)
    return prefecture, county


@pytest.mark.parametrize(
    ("days", "amount", "level"),
    [
        (-6, "5000000", None),
        (-5, "5000000", "blue"),
        (0, "5000000", "blue"),
        (1, "5000000", "blue"),
        (9, "9999999.99", "blue"),
        (10, "5000000", "yellow"),
        (1, "10000000", "yellow"),
        (29, "5000000", "yellow"),
        (30, "5000000", "red"),
        (1, "99999999.99", "yellow"),
        (1, "100000000", "red"),
        (0, "300000000", "blue"),
    ],
)
def test_late_levels_at_their_edges(days: int, amount: str, level: str | None) -> None:
    late(days, amount)
    run()
    assert [row[0] for row in open_alerts("TRANSFER_LATE")] == ([level] if level else [])


def test_three_hundred_million_kept_in_a_prefecture() -> None:
    late(43, "860000000", "560000000")
    run()
    assert open_alerts("TRANSFER_LATE") == [("red", Decimal("300000000.00"), 43)]
    alert = Alert.objects.get()
    assert alert.region_code == "532300000000"
    assert alert.facts["arrived"] == 56_000_000_000


def test_sent_before_the_due_date_is_not_soon_due() -> None:
    late(-3, "5000000", "1000000")
    run()
    assert open_alerts("TRANSFER_LATE") == []


def test_a_sender_without_statements_is_not_called_late() -> None:
    prefecture, county = Office("5323"), Office("532328")
    allocation(prefecture, county, "300000000", issued=TODAY - timedelta(days=90), due=TODAY - timedelta(days=60))
    run()
    assert open_alerts("TRANSFER_LATE") == []


def test_an_old_day_gives_its_old_answer() -> None:
    late(43, "300000000")
    rule = TYPES["TRANSFER_LATE"]
    before = find(rule, limits_of(rule, TODAY), TODAY - timedelta(days=3))
    assert [finding.days for finding in before] == [40]


# ---- episodes


def test_a_run_repeated_changes_nothing() -> None:
    late(43, "300000000")
    assert len(run().raised) == 1
    events, told = Event.objects.count(), LiveEvent.objects.count()
    again = run()
    assert (again.raised, again.turned, again.followed) == ([], [], [])
    assert (Event.objects.count(), LiveEvent.objects.count()) == (events, told)


def test_one_episode_rises_with_its_history() -> None:
    late(12)
    run(TODAY - timedelta(days=11))
    assert [row[0] for row in open_alerts("TRANSFER_LATE")] == ["blue"]
    run(TODAY)
    assert [row[0] for row in open_alerts("TRANSFER_LATE")] == ["yellow"]
    assert Alert.objects.count() == 1
    assert list(LevelChange.objects.values_list("before", "after")) == [("", "blue"), ("blue", "yellow")]


def test_money_that_arrives_ends_the_condition_in_the_import_itself() -> None:
    prefecture, county = Office("5323"), Office("532328")
    due = TODAY - timedelta(days=43)
    allocation(prefecture, county, "5000000", issued=due - timedelta(days=30), due=due)
    with clock.turned_to(TODAY):
        prefecture.tells(until=TODAY)
        assert open_alerts("TRANSFER_LATE") == [("red", Decimal("5000000.00"), 43)]
        county.tells(gets(prefecture, "5000000", TODAY, DOCUMENT), until=TODAY)
    alert = Alert.objects.get()
    assert alert.gone_on == TODAY
    assert alert.closed_at is None
    assert list(LevelChange.objects.values_list("before", "after")) == [("", "red"), ("red", "")]


def test_all_alerts_deleted_come_back_the_same() -> None:
    late(43, "300000000")
    idle(800, places=THERE)
    run()
    key = ("type", "subject", "level", "amount", "days", "region_code")
    before = set(Alert.objects.values_list(*key))
    assert len(before) == 2
    Alert.objects.all().delete()
    run()
    assert set(Alert.objects.values_list(*key)) == before


def test_a_touched_run_finds_what_a_whole_run_finds() -> None:
    prefecture, _county = late(43, "300000000")
    county = idle(800, places=THERE)
    agencies = (prefecture.agency.pk,)
    for rule in TYPES.values():
        limits = limits_of(rule, TODAY)
        touched = find(rule, limits, TODAY, Touched((county.account.pk,), agencies))
        assert touched == find(rule, limits, TODAY)
        assert touched
        assert find(rule, limits, TODAY, Touched((-1,), (-1,))) == []
        assert find(rule, limits, TODAY, Touched()) == []
