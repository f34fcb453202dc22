"""One subject, one episode: it rises, falls, goes, comes back, ends; each turn once, with the facts of its day."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from anzhi.foundation.audit.models import Event
from anzhi.foundation.live.models import LiveEvent
from anzhi.foundation.parameters import clock
from anzhi.foundation.search.models import SearchEntry
from anzhi.management.plans.models import Allocation
from anzhi.supervision.alerts.findings import Touched
from anzhi.supervision.alerts.models import Alert, LevelChange
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.alerts.states import State
from harness.acting import acting
from supervision.alerts.factories import DOCUMENT, TODAY, Office, allocation, gets, pays

pytestmark = pytest.mark.usefixtures("spoken")


def day(number: int) -> date:
    """So many days after today."""
    return TODAY + timedelta(days=number)


class Owing:
    """A prefecture that owes a county money due ten days ago, told by both banks up to a hundred days from now."""

    def __init__(self, amount: str = "5000000", region: str = "5323", below: str = "532328") -> None:
        self.sender, self.receiver = Office(region), Office(below)
        self.leg = allocation(self.sender, self.receiver, amount, issued=day(-40), due=day(-10))
        self.cover()

    def cover(self) -> None:
        """Statements are never behind in these tests."""
        self.sender.account.covered_until = day(400)
        self.sender.account.save(update_fields=["covered_until"])

    def arrives(self, amount: str, on: date) -> None:
        """Both banks tell of a transfer."""
        with clock.turned_to(on):
            self.receiver.tells(gets(self.sender, amount, on, DOCUMENT), until=on)
        self.cover()

    def due(self, on: date) -> None:
        """The due date is another."""
        with acting():
            Allocation.objects.filter(pk=self.leg.pk).update(due_on=on)


def run(at: int = 0) -> engine.Outcome:
    return engine.run(as_of=day(at))


def turns() -> list[tuple[int, str, str]]:
    """Day, before, after of each turn."""
    rows = LevelChange.objects.order_by("id").values_list("on", "before", "after")
    return [((on - TODAY).days, before, after) for on, before, after in rows]


def close(alert: Alert, days_ago: int) -> None:
    """Somebody closed it so many days before the last run of the test, at noon in China."""
    at = timezone.make_aware(datetime.combine(day(-days_ago), datetime.min.time().replace(hour=12)))
    Alert.objects.filter(pk=alert.pk).update(state=State.CLOSED, closed_at=at, gone_on=day(-days_ago))


def test_it_escalates_as_days_pass_and_each_turn_is_told_once() -> None:
    Owing()
    for at in (-9, -8, -1, 0, 1, 19, 20, 21):
        run(at)
    assert turns() == [(-9, "", "blue"), (0, "blue", "yellow"), (20, "yellow", "red")]
    assert Alert.objects.get().days == 31


def test_it_falls_when_the_due_date_is_moved() -> None:
    owing = Owing()
    run(25)
    owing.due(day(20))
    run(25)
    assert turns() == [(25, "", "red"), (25, "red", "blue")]
    assert Alert.objects.get().days == 5


def test_it_goes_and_comes_back_as_the_same_alert() -> None:
    owing = Owing()
    run()
    owing.due(day(60))
    run(1)
    assert Alert.objects.get().gone_on == day(1)
    run(2)
    assert turns()[1:] == [(1, "yellow", "")]  # gone once, however often the rules look
    run(71)
    alert = Alert.objects.get()
    assert (alert.gone_on, alert.level, alert.days) == (None, "yellow", 11)
    assert turns()[2:] == [(71, "", "yellow")]


def test_a_part_that_arrives_lowers_the_amount_without_a_turn() -> None:
    owing = Owing()
    run()
    owing.arrives("2000000", TODAY)
    alert = Alert.objects.get()
    assert (alert.amount, alert.facts["arrived"], alert.level) == (Decimal(3_000_000), 200_000_000, "yellow")
    assert turns() == [(0, "", "yellow")]


@pytest.mark.parametrize(("ago", "same"), [(0, True), (29, True), (30, True), (31, False), (400, False)])
def test_within_thirty_days_of_its_end_it_is_the_same_episode(ago: int, same: bool) -> None:
    Owing()
    run()
    close(Alert.objects.get(), ago)
    outcome = run()
    assert (len(outcome.raised), Alert.objects.count()) == ((0, 1) if same else (1, 2))
    opened = Alert.objects.get(closed_at=None)
    assert (opened.state, opened.gone_on) == (State.RAISED, None)
    assert turns()[-1] == (0, "", "yellow")


def test_a_false_positive_stays_quiet_until_its_condition_ended_once() -> None:
    owing = Owing()
    run()
    Alert.objects.update(state=State.FALSE_POSITIVE, closed_at=timezone.now())
    assert run(30).raised == []
    owing.due(day(60))
    run(31)
    alert = Alert.objects.get()
    assert (alert.state, alert.gone_on) == (State.FALSE_POSITIVE, day(31))
    assert len(run(71).raised) == 1


def test_every_document_and_sender_is_its_own_subject() -> None:
    Owing()
    other = Owing(region="5306", below="530622")
    allocation(other.sender, other.receiver, "700000", issued=day(-40), due=day(-10), document="云搬发〔2026〕64号")
    subjects = {alert.subject for alert in run().raised}
    assert len(subjects) == 3
    assert {subject.rsplit(":", 1)[1] for subject in subjects} == {DOCUMENT, "云搬发〔2026〕64号"}


def test_legs_of_one_document_are_one_alert_by_its_oldest_day_and_whole_sum() -> None:
    owing = Owing("1000000")
    allocation(owing.sender, Office("532301"), "2500000", issued=day(-50), due=day(-20))
    allocation(owing.sender, Office("532326"), "4000000", issued=day(-40), due=day(30))
    (alert,) = run().raised
    assert (alert.amount, alert.days, alert.since) == (Decimal(3_500_000), 20, day(-20))
    assert (alert.facts["legs"], alert.facts["all_legs"], alert.facts["total"]) == (2, 3, 750_000_000)


def test_a_run_over_what_was_touched_leaves_all_others_alone() -> None:
    one, other = Owing(), Owing(region="5306", below="530622")
    run()
    for owing in (one, other):
        owing.due(day(60))
    engine.run(as_of=day(1), touched=Touched(agencies=(one.sender.agency.pk,)))
    gone = dict(Alert.objects.values_list("agency", "gone_on"))
    assert gone == {one.sender.agency.pk: day(1), other.sender.agency.pk: None}


def test_numbers_count_up_within_a_day() -> None:
    Owing()
    assert [alert.number for alert in run().raised] == ["YJ-20261122-0001"]
    Owing(region="5306", below="530622")
    Owing(region="5329", below="532922")
    assert [alert.number for alert in run().raised] == ["YJ-20261122-0002", "YJ-20261122-0003"]
    Owing(region="5325", below="532523")
    assert [alert.number for alert in run(1).raised] == ["YJ-20261123-0001"]


def test_facts_and_limits_of_the_day_are_stored_with_the_alert() -> None:
    owing = Owing()
    owing.arrives("1000000", day(-12))
    (alert,) = run().raised or [Alert.objects.get()]
    assert (
        alert.facts | {"days": 10, "missing": 400_000_000, "arrived": 100_000_000, "total": 500_000_000} == alert.facts
    )
    assert alert.facts["agency"] == owing.sender.agency.short_name
    assert alert.facts["until"] == TODAY.isoformat()
    assert set(alert.limits) == {parameter.name for parameter in engine.TYPES["TRANSFER_LATE"].parameters}
    assert Decimal(alert.limits["yellow_days"]) == 10


def test_a_raised_alert_is_on_record_live_and_found() -> None:
    Owing()
    (alert,) = run().raised
    event = Event.objects.get(name="alert.raised")
    assert (event.subject_id, event.region_code, event.facts["level"]) == (str(alert.pk), "532300000000", "yellow")
    live = LiveEvent.objects.filter(topic="alert").last()
    assert live.region_code == "532300000000"
    assert live.payload == {
        "id": alert.pk, "number": alert.number, "level": "yellow", "type": "TRANSFER_LATE", "what": "raised",
    }  # fmt: skip
    entry = SearchEntry.objects.get(kind="alert", object_id=str(alert.pk))
    assert entry.region_code == "532300000000"
    assert alert.number in entry.note


@pytest.mark.parametrize(("at", "what"), [(20, "turned"), (-20, "gone")])
def test_a_turn_is_on_record_and_live(at: int, what: str) -> None:
    Owing()
    run()
    LiveEvent.objects.all().delete()
    run(at)
    assert [event.payload["what"] for event in LiveEvent.objects.filter(topic="alert")] == [what]
    turned = Event.objects.get(name="alert.turned")
    assert (turned.facts["before"], turned.facts["after"]) == ("yellow", "red" if what == "turned" else "")


def test_what_reaches_only_the_sender_s_bank_is_still_missing() -> None:
    """Sent is not arrived: the leg below is told by its own bank."""
    owing = Owing()
    with clock.turned_to(day(-15)):
        owing.sender.tells(pays(owing.receiver, "5000000", day(-15), DOCUMENT), until=day(-15))
    owing.cover()
    run()
    alert = Alert.objects.get(gone_on=None)
    assert (alert.amount, alert.facts["arrived"]) == (Decimal(5_000_000), 0)
