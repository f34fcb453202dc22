"""Rules are compiled beside the queue: before the first import asks, and again when day or limits change."""

import threading
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError

from anzhi.foundation.jobs import beside
from anzhi.foundation.parameters import clock
from anzhi.supervision.alerts import findings, jobs
from anzhi.supervision.alerts.types import base
from anzhi.supervision.alerts.types.catalogue import TYPES
from supervision.alerts.factories import TODAY

TEXTS = 2 * len(TYPES)  # over everything, and over what was touched


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Any:
    """An empty memory of compiled rules."""
    base._compiled.cache_clear()
    return base._compiled.cache_info


@pytest.mark.usefixtures("system")
def test_a_run_of_the_day_compiles_nothing_more(compiled: Any) -> None:
    findings.make_ready(TODAY)
    assert compiled().misses == TEXTS

    for rule in TYPES.values():
        limits = findings.limits_of(rule, TODAY)
        findings.find(rule, limits, TODAY)
        findings.find(rule, limits, TODAY, findings.Touched((1,), (1,)))
    assert compiled().misses == TEXTS


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize(
    ("day", "days", "more"),
    [(TODAY, 180, 0), (TODAY + timedelta(days=1), 180, 0), (TODAY, 181, 2)],
    ids=["same", "next day", "other limit"],
)
def test_another_limit_is_compiled_and_another_day_is_not(compiled: Any, day: date, days: int, more: int) -> None:
    rule = TYPES["IDLE_FUND"]
    limits = findings.limits_of(rule, TODAY)
    findings.make_ready(TODAY)
    for touched in (True, False):
        base.compile_rule(rule, limits | {"blue_days": Decimal(days)}, day, touched=touched, engine="postgres")
    assert compiled().misses == TEXTS + more


class Stop:
    """A flag that is set after so many pauses, and notes them."""

    def __init__(self, after: int) -> None:
        self.left, self.pauses = after, []

    def is_set(self) -> bool:
        return self.left == 0

    def wait(self, seconds: float) -> None:
        self.left -= 1
        self.pauses.append(seconds)


@pytest.fixture
def stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop closes its thread's connection; here that is the test's own."""
    monkeypatch.setattr(jobs, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)


@pytest.mark.usefixtures("system", "stays")
def test_the_loop_asks_for_the_day_of_work(compiled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    days: list[date] = []
    monkeypatch.setattr(findings, "make_ready", days.append)
    stop = Stop(after=2)
    with clock.turned_to(date(2026, 2, 1)):
        jobs.keep_ready(stop, pause=7.0)  # type: ignore[arg-type]  # stands in for a threading.Event
    assert days == [date(2026, 2, 1)] * 2
    assert stop.pauses == [7.0, 7.0]


@pytest.mark.usefixtures("system", "stays")
def test_a_database_that_is_away_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    turns = iter([OperationalError("gone"), None])

    def ready(day: date) -> None:
        if fault := next(turns):
            raise fault

    monkeypatch.setattr(findings, "make_ready", ready)
    jobs.keep_ready(Stop(after=2))  # type: ignore[arg-type]  # stands in for a threading.Event
    assert [record.message for record in caplog.records] == ["rules are not ready yet: OperationalError"]
    assert next(turns, "done") == "done"


def test_a_set_flag_ends_it_before_it_begins() -> None:
    stop = threading.Event()
    stop.set()
    jobs.keep_ready(stop)
    assert jobs.keep_ready in beside.loops
