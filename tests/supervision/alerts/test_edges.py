"""Edges of the rules, by the numbers of the list of bad inputs (41–46, 51–53)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from anzhi.foundation.parameters import clock
from anzhi.supervision.alerts.findings import find, limits_of
from anzhi.supervision.alerts.models import Alert, LevelChange
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.alerts.states import State
from anzhi.supervision.alerts.types.catalogue import TYPES
from supervision.alerts.factories import DOCUMENT, TODAY, Office, allocation, gets, pays

pytestmark = pytest.mark.usefixtures("spoken")
FEN = Decimal("0.01")


def owed(amount: Decimal, due: date, today: date = TODAY) -> Office:
    """A prefecture, told until today, that was to pass an amount on."""
    prefecture, county = Office("5323"), Office("532328")
    allocation(prefecture, county, str(amount), issued=due - timedelta(days=30), due=due)
    prefecture.tells(until=today)
    return prefecture


def levels(today: date = TODAY) -> list[str]:
    engine.run(as_of=today)
    return list(Alert.objects.filter(gone_on=None).values_list("level", flat=True))


@pytest.mark.parametrize(
    ("amount", "level"),
    [(Decimal(10**8) - FEN, "yellow"), (Decimal(10**8), "red"), (Decimal(10**8) + FEN, "red")],
)
def test_41_a_fen_under_at_and_over_the_limit(amount: Decimal, level: str) -> None:
    owed(amount, TODAY - timedelta(days=1))
    assert levels() == [level]


def test_42_an_empty_window_says_nothing_and_accuses_nobody() -> None:
    prefecture, county = Office("5323"), Office("532328")
    allocation(prefecture, county, "300000000", issued=date(2026, 1, 1), due=date(2026, 2, 1))
    assert levels() == []


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 22, 15, 59, 59, 999999, UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), date(2026, 11, 23)),
    ],
)
def test_43_a_day_ends_at_midnight_in_china(monkeypatch: pytest.MonkeyPatch, moment: datetime, day: date) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert clock.today() == day
    assert moment.astimezone(ZoneInfo("Asia/Shanghai")).date() == day


@pytest.mark.parametrize(
    ("due", "today", "days"),
    [
        (date(2025, 12, 22), date(2026, 1, 21), 30),
        (date(2024, 2, 28), date(2024, 3, 29), 30),
        (date(2023, 2, 28), date(2023, 3, 30), 30),
    ],
)
def test_44_windows_across_the_year_and_the_leap_day(due: date, today: date, days: int) -> None:
    owed(Decimal(5_000_000), due, today)
    assert levels(today) == ["red"]
    assert Alert.objects.get().days == days


def test_45_late_data_turns_the_past_with_the_day_it_was_known() -> None:
    prefecture, county = Office("5323"), Office("532328")
    due = TODAY - timedelta(days=12)
    allocation(prefecture, county, "5000000", issued=due - timedelta(days=30), due=due)
    with clock.turned_to(TODAY - timedelta(days=1)):
        prefecture.tells(until=TODAY)
    assert levels(TODAY - timedelta(days=1)) == ["yellow"]
    with clock.turned_to(TODAY):
        county.tells(gets(prefecture, "5000000", due - timedelta(days=2), DOCUMENT), until=TODAY)
    alert = Alert.objects.get()
    assert (alert.gone_on, alert.closed_at) == (TODAY, None)
    assert list(LevelChange.objects.values_list("on", "after")) == [(TODAY - timedelta(days=1), "yellow"), (TODAY, "")]


def test_46_every_alert_of_a_run_names_one_version() -> None:
    for document in ("云搬发〔2026〕1号", "云搬发〔2026〕2号"):
        prefecture, county = Office("5323"), Office("532328")
        due = TODAY - timedelta(days=12)
        allocation(prefecture, county, "5000", issued=due - timedelta(days=9), due=due, document=document)
        prefecture.tells(until=TODAY)
    engine.run(as_of=TODAY)
    assert Alert.objects.count() == 2
    assert set(Alert.objects.values_list("version__number", flat=True)) == {1}


def test_51_once_an_episode_and_again_after_its_end() -> None:
    owed(Decimal(5_000_000), TODAY - timedelta(days=12))
    for _ in range(3):
        engine.run(as_of=TODAY)
    assert Alert.objects.count() == 1
    long_ago = timezone.now() - timedelta(days=400)
    Alert.objects.update(state=State.CLOSED, closed_at=long_ago, gone_on=TODAY - timedelta(days=400))
    engine.run(as_of=TODAY)
    assert Alert.objects.count() == 2
    assert Alert.objects.filter(closed_at=None).count() == 1


def test_52_absence_while_the_feed_is_down_is_a_gap_not_a_fault() -> None:
    prefecture, county = Office("5323"), Office("532328")
    due = TODAY - timedelta(days=43)
    allocation(prefecture, county, "300000000", issued=due - timedelta(days=30), due=due)
    prefecture.tells(until=due - timedelta(days=10))
    assert levels() == []
    prefecture.tells(until=TODAY)
    assert levels() == ["red"]


def test_53_looking_back_finds_what_was_raised() -> None:
    """The rules run over each past day give what the days themselves gave."""
    prefecture, county = Office("5323"), Office("532328")
    due = TODAY - timedelta(days=32)
    allocation(prefecture, county, "5000000", issued=due - timedelta(days=30), due=due)
    prefecture.tells(pays(county, "1000000", due + timedelta(days=12), DOCUMENT), until=TODAY)
    county.tells(gets(prefecture, "1000000", due + timedelta(days=13), DOCUMENT), until=TODAY)
    days = [due + timedelta(days=at) for at in range(-7, 33)]
    lived = {}
    for day in days:
        engine.run(as_of=day)
        lived[day] = list(Alert.objects.filter(gone_on=None).values_list("level", "amount", "days"))
    rule = TYPES["TRANSFER_LATE"]
    for day in days:
        found = find(rule, limits_of(rule, day), day)
        assert [(one.level, one.amount, one.days) for one in found] == lived[day], day
    assert [rows[0][0] for rows in lived.values() if rows][-1] == "red"
