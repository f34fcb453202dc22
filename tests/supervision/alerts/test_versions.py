"""Limits are drafted by one person, tried without a write, published by another; old versions stay."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import Scope
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.parameters import clock
from anzhi.foundation.parameters.models import RuleParameter
from anzhi.supervision.alerts import due, gaps, queries, whatif
from anzhi.supervision.alerts.findings import limits_of
from anzhi.supervision.alerts.models import Alert, LevelChange
from anzhi.supervision.alerts.services import acts, engine, versions
from anzhi.supervision.alerts.states import Act
from anzhi.supervision.alerts.types.catalogue import TYPES
from harness.acting import acting
from harness.people import client_for, client_of, saved_actor, user_at
from supervision.alerts.factories import TODAY, Office, allocation, gets

pytestmark = pytest.mark.usefixtures("spoken")
CODE = "TRANSFER_LATE"
RULE = TYPES[CODE]
PAGE, DRAFT = f"/alerts/rules/{CODE}/", f"/alerts/rules/{CODE}/draft/"


@pytest.fixture(autouse=True)
def today() -> object:
    with clock.turned_to(TODAY):
        yield


@pytest.fixture
def late() -> Office:
    """Five million, twelve days late: yellow by the limits of the province."""
    prefecture, county = Office("5323"), Office("532328")
    due_on = TODAY - timedelta(days=12)
    allocation(prefecture, county, "5000000", issued=due_on - timedelta(days=30), due=due_on)
    prefecture.tells(until=TODAY)
    engine.run(as_of=TODAY)
    assert Alert.objects.get().level == "yellow"
    return prefecture


def limits(**changed: int) -> dict[str, Decimal]:
    return limits_of(RULE, TODAY) | {name: Decimal(value) for name, value in changed.items()}


def draft(by: object, **changed: int) -> object:
    return versions.draft(code=CODE, limits=limits(**changed), note="厅务会议定", by=by)


def test_a_draft_changes_nothing(late: Office) -> None:
    draft(saved_actor("fund_monitor", region="53"), red_days=12)
    assert limits_of(RULE, TODAY)["red_days"] == 30
    assert engine.run(as_of=TODAY).turned == []
    assert (queries.live_version(CODE).number, queries.draft_of(CODE).number) == (1, 2)


def test_publishing_takes_another_person(late: Office) -> None:
    drafter, other = (saved_actor("fund_monitor", region="53") for _ in range(2))
    made = draft(drafter, red_days=12)
    with pytest.raises(Denied):
        versions.publish(code=CODE, by=drafter)
    assert not versions.may_publish(made, drafter)
    published = versions.publish(code=CODE, by=other)
    assert (published.number, published.live, published.valid_from) == (2, True, TODAY)
    assert limits_of(RULE, TODAY)["red_days"] == 12
    assert limits_of(RULE, TODAY - timedelta(days=1))["red_days"] == 30
    assert list(queries.versions(CODE).values_list("number", "live")) == [(2, True), (1, False)]


def test_the_database_itself_refuses_one_person_in_both_places(late: Office) -> None:
    made = draft(saved_actor("fund_monitor", region="53"), red_days=12)
    made.published_by_id = made.drafted_by_id
    with pytest.raises(IntegrityError), acting():
        made.save()


def test_each_alert_names_the_version_it_was_judged_by(late: Office) -> None:
    draft(saved_actor("fund_monitor", region="53"), red_days=12)
    versions.publish(code=CODE, by=saved_actor("fund_monitor", region="53"))
    engine.run(as_of=TODAY)
    alert = Alert.objects.get()
    assert (alert.level, alert.version.number, Decimal(alert.limits["red_days"])) == ("red", 2, 12)
    assert list(LevelChange.objects.values_list("before", "after")) == [("", "yellow"), ("yellow", "red")]


def test_only_what_is_new_becomes_a_parameter(late: Office) -> None:
    before = RuleParameter.objects.count()
    draft(saved_actor("fund_monitor", region="53"), red_days=12)
    versions.publish(code=CODE, by=saved_actor("fund_monitor", region="53"))
    assert RuleParameter.objects.count() == before + 1
    told = [step.title for step in audit.history(queries.live_version(CODE))]
    assert len(told) == 2
    assert "厅务会议定" in told[1]


def test_a_publication_that_fails_leaves_nothing(late: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    draft(saved_actor("fund_monitor", region="53"), red_days=12)

    def broken(*_: object, **__: object) -> None:
        raise ValidationError("no queue")

    monkeypatch.setattr(versions.jobs, "enqueue", broken)
    with pytest.raises(ValidationError), transaction.atomic():
        versions.publish(code=CODE, by=saved_actor("fund_monitor", region="53"))
    assert limits_of(RULE, TODAY)["red_days"] == 30
    assert queries.live_version(CODE).number == 1


@pytest.mark.parametrize("region", ["5323", "532328"])
def test_rules_are_the_provinces(late: Office, region: str) -> None:
    local = saved_actor("fund_monitor", region=region)
    with pytest.raises(Denied):
        draft(local, red_days=12)
    draft(saved_actor("fund_monitor", region="53"), red_days=12)
    with pytest.raises(Denied):
        versions.publish(code=CODE, by=local)


def test_nothing_new_is_no_draft_and_one_draft_is_enough(late: Office) -> None:
    first, second = (saved_actor("fund_monitor", region="53") for _ in range(2))
    with pytest.raises(ValidationError):
        draft(first)
    with pytest.raises(ValidationError):
        versions.publish(code=CODE, by=first)
    draft(first, red_days=12)
    assert draft(second, red_days=13).number == 2
    assert queries.draft_of(CODE).drafted_by_id == second.id


@pytest.mark.parametrize(
    ("changed", "group", "turn"),
    [
        ({"red_days": 12}, "turned", ("yellow", "red")),
        ({"blue_days": 13, "yellow_days": 13, "yellow_amount": 10**9}, "gone", ("yellow", "")),
    ],
)
def test_what_a_change_would_do(late: Office, changed: dict[str, int], group: str, turn: tuple[str, str]) -> None:
    events = LevelChange.objects.count()
    found = whatif.preview(RULE, limits(**changed), TODAY)
    assert {name: len(cases) for name, cases in found.cases.items() if cases} == {group: 1}
    assert (found.cases[group][0].before, found.cases[group][0].after) == turn
    assert LevelChange.objects.count() == events
    assert whatif.preview(RULE, limits(), TODAY).same


def test_the_page_of_a_draft_tries_while_one_types(late: Office) -> None:
    client = client_for("fund_monitor", region="53")
    text = client.get(f"{DRAFT}?red_days=12").content.decode()
    assert "级别改变" in text
    assert "试算" in text
    assert "依次不减" in client.get(f"{DRAFT}?red_days=2").content.decode()
    assert client_for("leader", region="53").get(DRAFT).status_code == 403


def test_drafting_and_publishing_by_page(late: Office) -> None:
    drafter = client_of(user_at("fund_monitor", region="53", name="段云岫"))
    page = drafter.get(DRAFT).context["form"].initial
    assert drafter.post(DRAFT, page | {"red_days": "12", "note": ""}).status_code == 422
    assert drafter.post(DRAFT, page | {"red_days": "12", "note": "厅务会议定"}).status_code == 302
    text = drafter.get(PAGE).content.decode()
    assert "30 天" in text
    assert "12 天" in text
    assert "须由另一人发布" in text
    assert drafter.post(f"{PAGE}publish/").status_code == 403
    assert client_for("fund_monitor", region="53").post(f"{PAGE}publish/").status_code == 302
    assert limits_of(RULE, TODAY)["red_days"] == 12


# ---- silence


@pytest.mark.parametrize(
    ("days", "level"), [(1, None), (2, "blue"), (3, "blue"), (4, "yellow"), (7, "yellow"), (8, "red")]
)
def test_silence_has_levels(days: int, level: str | None) -> None:
    county = Office("532328")
    county.tells(until=TODAY - timedelta(days=days))
    found, many = gaps.gaps(Scope("532328"), TODAY)
    assert [(gap.level, gap.hours) for gap in found] == ([(level, days * 24)] if level else [])
    assert many == gaps.count(Scope("532328"), TODAY) == len(found)


def test_a_silent_account_is_named_and_never_idle() -> None:
    prefecture, county = Office("5323"), Office("532328")
    arrived = TODAY - timedelta(days=400)
    county.covered = arrived - timedelta(days=5)
    allocation(prefecture, county, "4120000", issued=arrived, due=TODAY + timedelta(days=9))
    county.tells(gets(prefecture, "4120000", arrived), until=arrived + timedelta(days=30))
    engine.run(as_of=TODAY)
    assert not Alert.objects.filter(type="IDLE_FUND").exists()
    text = client_for("leader", region="532328").get("/alerts/rules/IDLE_FUND/").content.decode()
    assert county.account.name in text
    assert "不判为闲置" in client_for("leader", region="532328").get("/alerts/").content.decode()
    assert (
        county.account.name not in client_for("leader", region="5306").get("/alerts/rules/IDLE_FUND/").content.decode()
    )


# ---- clocks


def test_the_clock_of_an_alert_follows_its_life(late: Office) -> None:
    alert = Alert.objects.get()
    (clock_,) = due.clocks(alert)
    assert "1" in clock_.limit
    by = saved_actor("fund_monitor", region="5323")
    alert = acts.act(by=by, alert=alert, act=Act.ACKNOWLEDGE, note="")
    (clock_,) = due.clocks(alert)
    assert "15" in clock_.limit
    alert.gone_on = TODAY
    assert due.clocks(alert) == []


def test_a_red_alert_is_acknowledged_within_office_hours(late: Office) -> None:
    alert = Alert.objects.get()
    alert.level = "red"
    (clock_,) = due.clocks(alert)
    assert "4" in clock_.limit
    assert len(clock_.cells) >= 4
