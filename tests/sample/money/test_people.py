"""What the sample's officials do about alerts: under their own roles, never one person for both ends."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit.models import Event
from anzhi.sample.money import people
from anzhi.sample.money.people import CLOSERS, HANDLERS, SAID
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.alerts.states import Act, State
from supervision.alerts.factories import TODAY, Office, allocation
from supervision.funds.conftest import own_files, spoken

__all__ = ["own_files", "spoken"]
pytestmark = pytest.mark.usefixtures("spoken")


class Chance:
    """Chance that falls as it is told."""

    def __init__(self, falls: float) -> None:
        self.falls = falls

    def random(self) -> float:
        return self.falls

    def choice(self, choices: Sequence[str]) -> str:
        return choices[0]


def falls(monkeypatch: pytest.MonkeyPatch, number: float) -> None:
    monkeypatch.setattr(people, "stream", lambda *topic: Chance(number))


@pytest.fixture
def alert(spoken: None) -> Alert:
    """A prefecture has been late for three days: blue."""
    prefecture, county = Office("5323"), Office("532328")
    due = TODAY - timedelta(days=3)
    allocation(prefecture, county, "5000000", issued=due - timedelta(days=30), due=due)
    prefecture.account.covered_until = TODAY
    prefecture.account.save(update_fields=["covered_until"])
    (raised,) = engine.run(as_of=TODAY).raised
    return raised


def over(alert: Alert) -> Alert:
    """The money has come."""
    alert.gone_on = TODAY
    alert.save(update_fields=["gone_on"])
    return alert


def acts(alert: Alert) -> list[str]:
    return [one.act for one in alert.actions.order_by("pk")]


@pytest.mark.parametrize(
    ("chance", "done"),
    [
        (0.5, [Act.ACKNOWLEDGE, Act.CALL, Act.EXPLAIN]),
        (0.7, [Act.ACKNOWLEDGE]),
        (0.95, []),
    ],
)
def test_what_is_new_is_taken_up_by_most(
    alert: Alert, chance: float, done: list[Act], monkeypatch: pytest.MonkeyPatch
) -> None:
    falls(monkeypatch, chance)
    people.work_through([alert])
    assert acts(alert) == done


def test_what_is_over_is_verified_twice_and_closed_by_another(alert: Alert, monkeypatch: pytest.MonkeyPatch) -> None:
    falls(monkeypatch, 0.5)
    people.work_through([over(alert)])
    alert.refresh_from_db()
    assert alert.state == State.CLOSED
    assert acts(alert) == [Act.ACKNOWLEDGE, Act.EXPLAIN, Act.VERIFY, Act.VERIFY, Act.CLOSE]
    names = [one.by_name for one in alert.actions.order_by("pk")]
    assert set(names[:-1]) <= set(HANDLERS)
    assert names[-1] in CLOSERS
    assert CLOSERS[0] in alert.closed_by


def test_a_second_look_goes_on_where_the_first_ended(alert: Alert, monkeypatch: pytest.MonkeyPatch) -> None:
    falls(monkeypatch, 0.5)
    people.work_through([alert])
    people.work_through([over(Alert.objects.get(pk=alert.pk))])
    assert acts(alert)[:3] == [Act.ACKNOWLEDGE, Act.CALL, Act.EXPLAIN]
    assert acts(alert)[-1] == Act.CLOSE
    assert acts(alert).count(Act.ACKNOWLEDGE) == 1
    assert acts(alert).count(Act.VERIFY) == 2


def test_what_still_lasts_is_not_closed(alert: Alert, monkeypatch: pytest.MonkeyPatch) -> None:
    falls(monkeypatch, 0.5)
    for _look in range(3):
        people.work_through([Alert.objects.get(pk=alert.pk)])
    alert.refresh_from_db()
    assert alert.state == State.EXPLAINED
    assert Act.CLOSE not in acts(alert)


def test_every_act_has_words_and_an_event(alert: Alert, monkeypatch: pytest.MonkeyPatch) -> None:
    falls(monkeypatch, 0.5)
    people.work_through([over(alert)])
    for one in alert.actions.all():
        assert one.note in SAID.get(Act(one.act), ("",))
        assert bool(one.note) == (one.act != Act.ACKNOWLEDGE)
    told = Event.objects.filter(subject_id=str(alert.pk), name__startswith="alert.").values_list("name", flat=True)
    assert {"alert.acknowledge", "alert.explain", "alert.verify", "alert.close"} <= set(told)


def test_a_handler_sits_where_the_alert_is_and_a_closer_at_the_province(alert: Alert) -> None:
    handler, closer = people.handler(alert), people.handler(alert, closing=True)
    assert (handler.region_code, handler.prefix) == ("532300000000", "5323")
    assert (closer.region_code, closer.prefix) == ("530000000000", "53")
    assert handler.id != closer.id
    assert handler.roles == closer.roles == ("fund_monitor",)


def test_they_may_watch_money_and_nothing_else(alert: Alert) -> None:
    for actor in (people.handler(alert), people.handler(alert, closing=True)):
        assert Permission.ALERT_HANDLE in actor.permissions
        assert Permission.PARAMETER_EDIT not in actor.permissions


def test_the_same_alert_has_the_same_people_each_time(alert: Alert) -> None:
    assert people.handler(alert) == people.handler(alert)
    assert {people.handler(alert).name, people.handler(alert, closing=True).name} <= {*HANDLERS, *CLOSERS}


def test_handlers_and_closers_are_different_people() -> None:
    assert not set(HANDLERS) & set(CLOSERS)
    assert len({*HANDLERS, *CLOSERS}) == len(HANDLERS) + len(CLOSERS)
