"""The pages of alerts and rules: what an officer of the area reads, and what others do not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from anzhi.foundation.parameters import clock
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.services import engine
from harness.people import client_of, user_at
from supervision.alerts.factories import DOCUMENT, TODAY, Office, allocation, gets, pays

pytestmark = pytest.mark.usefixtures("spoken")


@pytest.fixture
def alert() -> Alert:
    """Three hundred million kept in a prefecture."""
    prefecture, county = Office("5323"), Office("532328")
    due = TODAY - timedelta(days=43)
    allocation(prefecture, county, "860000000", issued=due - timedelta(days=30), due=due)
    with clock.turned_to(due):
        county.tells(gets(prefecture, "560000000", due, DOCUMENT), until=TODAY)
        prefecture.tells(pays(county, "560000000", due, DOCUMENT), until=TODAY)
    engine.run(as_of=TODAY)
    return Alert.objects.get()


def page(alert: Alert) -> str:
    return reverse("alerts:alert", args=[alert.number])


def body(response: object) -> str:
    assert response.status_code == 200  # type: ignore[attr-defined]
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("region", ["53", "5323"])
def test_the_area_reads_the_sentence_the_reason_and_the_trail(alert: Alert, region: str) -> None:
    text = body(client_of(user_at("fund_monitor", region=region)).get(page(alert)))
    for words in ("3.00 亿元", "逾期 43 天", DOCUMENT, "860,000,000.00", "560,000,000.00", "为红色"):
        assert words in text, words


@pytest.mark.parametrize("region", ["532328", "5306", "530622"])
def test_others_cannot_tell_that_it_exists(alert: Alert, region: str) -> None:
    client = client_of(user_at("fund_monitor", region=region))
    answer, nothing = client.get(page(alert)), client.get(reverse("alerts:alert", args=["YJ-20200101-0001"]))
    assert answer.status_code == nothing.status_code == 404
    assert "3.00 亿元" not in answer.content.decode()
    assert alert.number not in body(client.get(reverse("alerts:alerts")))


def test_the_list_counts_and_sums_what_it_shows(alert: Alert) -> None:
    text = body(client_of(user_at("leader", region="53")).get(reverse("alerts:alerts")))
    assert text.count("300,000,000.00") == 2  # the row and the total
    assert alert.number in text


@pytest.mark.parametrize(
    ("query", "shown"), [("level=red", True), ("level=blue", False), ("open=no", False), ("type=IDLE_FUND", False)]
)
def test_filters_stay_in_the_address(alert: Alert, query: str, shown: bool) -> None:
    text = body(client_of(user_at("leader", region="53")).get(f"{reverse('alerts:alerts')}?{query}"))
    assert (alert.number in text) is shown


def test_an_act_by_form_and_its_place_in_the_trail(alert: Alert) -> None:
    client = client_of(user_at("fund_monitor", region="5323", name="普文昭"))
    assert client.post(reverse("alerts:act-acknowledge", args=[alert.number]), {"note": ""}).status_code == 302
    refused = client.post(reverse("alerts:act-explain", args=[alert.number]), {"note": " "})
    assert refused.status_code == 422
    client.post(reverse("alerts:act-explain", args=[alert.number]), {"note": "已列入下一批拨款"})
    text = body(client.get(page(alert)))
    assert "已列入下一批拨款" in text
    assert "普文昭" in text


def test_an_act_that_is_not_allowed_changes_nothing(alert: Alert) -> None:
    client = client_of(user_at("fund_monitor", region="5323"))
    assert client.post(reverse("alerts:act-close", args=[alert.number]), {"note": "办结"}).status_code == 403
    alert.refresh_from_db()
    assert alert.open


def test_reading_roles_see_no_acts(alert: Alert) -> None:
    client = client_of(user_at("leader", region="5323"))
    assert client.post(reverse("alerts:act-acknowledge", args=[alert.number]), {}).status_code == 403


def test_rules_show_their_limits_with_their_basis(alert: Alert) -> None:
    client = client_of(user_at("leader", region="5323"))
    text = body(client.get(reverse("alerts:rules")))
    assert "730 天" in text
    assert "1.00 亿元" in text
    text = body(client.get(reverse("alerts:rule", args=["TRANSFER_LATE"])))
    assert "拨付不及时" in text
    assert client.get(reverse("alerts:rule", args=["NOTHING"])).status_code == 404
