"""Limits of an alert as running clocks: working days and office hours, by a frozen moment. 2026-11-20 is a Friday."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from anzhi.foundation.calendar.drawing import Drawn
from anzhi.foundation.parameters import clock
from anzhi.supervision.alerts import due, queries
from anzhi.supervision.alerts.models import Action, Alert
from anzhi.supervision.alerts.states import Act, State
from harness.people import agency_at
from supervision.alerts.factories import TODAY

pytestmark = pytest.mark.usefixtures("system")
ZONE = ZoneInfo("Asia/Shanghai")


def at(words: str) -> datetime:
    """A moment of November 2026 in China: "20 10:00"."""
    day, time = words.split()
    return datetime.fromisoformat(f"2026-11-{day}T{time}").replace(tzinfo=ZONE)


def alert(level: str, raised: str = "20 10:00", state: State = State.RAISED) -> Alert:
    agency = agency_at("5323")
    return Alert.objects.create(
        number="YJ-20261120-0001",
        type="TRANSFER_LATE",
        version=queries.live_version("TRANSFER_LATE"),
        subject="document:1",
        region_code=agency.region_code,
        agency=agency,
        level=level,
        amount=Decimal(5_000_000),
        days=3,
        since=TODAY,
        facts={},
        limits={},
        raised_on=TODAY,
        raised_at=at(raised),
        checked_on=TODAY,
        state=state,
    )


def done(row: Alert, act: Act, moment: str) -> None:
    Action.objects.create(
        alert=row, region_code=row.region_code, act=act, at=at(moment), by_name="杨若岚", by_agency="楚雄州搬迁安置办"
    )


def running(row: Alert, moment: str, monkeypatch: pytest.MonkeyPatch) -> Drawn:
    now = at(moment)
    monkeypatch.setattr(due, "moment", lambda: now)
    with clock.turned_to(now.date()), translation.override("zh-hans"):
        (drawn,) = due.clocks(row)
    return drawn


@pytest.mark.parametrize(
    ("level", "now", "left", "tone"),
    [
        ("blue", "20 17:00", "还剩 3 个工作日", ""),
        ("blue", "22 12:00", "还剩 3 个工作日", ""),  # a Sunday uses up nothing
        ("blue", "24 09:00", "还剩 2 个工作日", ""),
        ("blue", "25 09:00", "今日 17:30 到期", "soon"),
        ("blue", "25 17:31", "逾期", "late"),
        ("blue", "27 09:00", "逾期 2 个工作日", "late"),
        ("yellow", "20 17:00", "还剩 1 个工作日", ""),
        ("yellow", "23 17:29", "今日 17:30 到期", "soon"),
        ("yellow", "24 09:00", "逾期 1 个工作日", "late"),
    ],
)
def test_acknowledging_takes_working_days(
    level: str, now: str, left: str, tone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = running(alert(level), now, monkeypatch)
    assert (drawn.name, drawn.tone) == ("待签收", tone)
    assert drawn.left.startswith(left)
    assert drawn.limit == {"blue": "3 个工作日", "yellow": "1 个工作日"}[level]


@pytest.mark.parametrize(
    ("raised", "now", "left", "ends"),
    [
        ("20 08:30", "20 08:30", "还剩 4 个工作小时", "14:30"),  # three and a half before noon, half after two
        ("20 10:00", "20 11:00", "还剩 3 个工作小时", "16:00"),
        ("20 16:30", "20 17:30", "还剩 3 个工作小时", "11:30"),
        ("20 16:30", "22 12:00", "还剩 3 个工作小时", "11:30"),  # nothing runs on Sunday
        ("20 16:30", "23 09:30", "还剩 2 个工作小时", "11:30"),
        ("20 16:30", "23 11:30", "已逾期", "11:30"),
        ("20 23:59", "23 08:31", "还剩 4 个工作小时", "14:30"),
    ],
)
def test_a_red_alert_is_acknowledged_in_office_hours(
    raised: str, now: str, left: str, ends: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = running(alert("red", raised), now, monkeypatch)
    assert drawn.left == left
    assert f" {ends} 前" in drawn.note
    assert drawn.tone == ("late" if left == "已逾期" else "soon")
    assert sum(part.today for part in drawn.cells) == 1


@pytest.mark.parametrize(("level", "days"), [("yellow", 15), ("red", 10)])
@pytest.mark.parametrize("state", due.BUSY)
def test_putting_right_runs_from_the_acknowledgement(
    level: str, days: int, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = alert(level, state=state)
    done(row, Act.ACKNOWLEDGE, "20 15:00")
    drawn = running(row, "23 09:00", monkeypatch)
    assert (drawn.name, drawn.limit) == ("整改期限", f"{days} 个工作日")
    assert drawn.left == f"还剩 {days} 个工作日"


def test_an_order_starts_the_limit_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    row = alert("red", state=State.RECTIFYING)
    done(row, Act.ACKNOWLEDGE, "20 15:00")
    done(row, Act.RECTIFY, "24 15:00")
    done(row, Act.RECTIFY, "26 15:00")
    drawn = running(row, "27 09:00", monkeypatch)
    assert (drawn.name, drawn.left) == ("限期整改", "还剩 10 个工作日")


@pytest.mark.parametrize(
    ("level", "state", "gone"),
    [
        ("blue", State.ACKNOWLEDGED, False),
        ("blue", State.VERIFIED, False),
        ("red", State.RAISED, True),
        ("red", State.RECTIFYING, True),
    ],
    ids=["blue in work", "blue verified", "raised, condition over", "in work, condition over"],
)
def test_where_nothing_runs(level: str, state: State, gone: bool) -> None:
    row = alert(level, state=state)
    row.gone_on = TODAY if gone else None
    assert due.clocks(row) == []


def test_an_ended_alert_has_no_clock() -> None:
    row = alert("red")
    row.state, row.closed_at = State.CLOSED, at("21 10:00")
    assert due.clocks(row) == []


def test_where_a_sample_stands_still_it_is_always_afternoon(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.turned_to(TODAY - timedelta(days=30)):
        assert due.moment() == datetime(2026, 10, 23, 17, tzinfo=ZONE)
    now = at("24 08:12")
    monkeypatch.setattr(due.timezone, "now", lambda: now)
    assert due.moment() == now
