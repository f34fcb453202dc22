"""What the board, the map and the indicators say of alerts: counted from the rows, within the area, drills left out."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.utils import timezone, translation

from anzhi.foundation.access.scope import region_scope
from anzhi.foundation.parameters import clock
from anzhi.network.board.place import Place
from anzhi.supervision.alerts import finding, layers, panels, parts, queries
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.states import State
from harness.people import actor, agency_at
from supervision.alerts.factories import TODAY, Office, allocation

pytestmark = pytest.mark.usefixtures("system")
numbers = count(1)


def alert(level: str = "red", region: str = "532328", code: str = "TRANSFER_LATE", **facts: Any) -> Alert:
    """An open alert; facts may set any of its fields."""
    agency, number = agency_at(region), next(numbers)
    given = {
        "number": f"YJ-20261122-{number:04}", "type": code, "version": queries.live_version(code),
        "subject": f"subject:{number}", "region_code": agency.region_code, "agency": agency, "level": level,
        "amount": Decimal(5_000_000), "days": 43, "since": TODAY, "raised_on": TODAY, "checked_on": TODAY,
        "facts": {"agency": agency.short_name, "document": "云搬发〔2026〕63号", "due_in": 3}, "limits": {},
    }  # fmt: skip
    return Alert.objects.create(**given | facts)


def ended(**facts: Any) -> Alert:
    return alert(state=State.CLOSED, closed_at=timezone.now(), **facts)


def place(region: str = "53") -> Place:
    who = actor("leader", region=region)
    return Place(who.region_code, who, queries.Scope(region))


@pytest.fixture
def book(system: None) -> None:
    """Two red and a blue in one county, a yellow in another prefecture; an ended one and a drill count nowhere."""
    alert("red")
    alert("red", code="IDLE_FUND", amount=Decimal(9_000_000))
    alert("blue", raised_on=TODAY - timedelta(days=40))
    alert("yellow", region="530622", raised_on=date(2025, 12, 31))
    ended(level="red")
    alert("red", is_drill=True)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("region", "levels"),
    [
        ("53", {"red": 2, "yellow": 1, "blue": 1}),
        ("5323", {"red": 2, "yellow": 0, "blue": 1}),
        ("5306", {"red": 0, "yellow": 1, "blue": 0}),
        ("532301", {"red": 0, "yellow": 0, "blue": 0}),
    ],
)
def test_an_area_counts_its_own_by_level(region: str, levels: dict[str, int]) -> None:
    with region_scope(region), clock.turned_to(TODAY):
        assert queries.counts(queries.Scope(region)) == levels
        found = place(region).figure("alerts")
        assert {level: found.of(level) for level in levels} == levels
        assert found.total == sum(levels.values())


@pytest.mark.usefixtures("book")
def test_the_key_figure_says_how_many_are_new_today_and_leads_to_the_rows() -> None:
    with clock.turned_to(TODAY):
        key = panels.key(place())
    assert (str(key.value), [note.value for note in key.notes]) == ("4", ["2", "1", "1", "3"])
    assert all("open=yes" in note.url for note in key.notes[:3])
    assert "raised_on" in key.notes[3].url


@pytest.mark.usefixtures("book")
def test_raised_this_year_counts_the_ended_and_not_last_year_s() -> None:
    with clock.turned_to(TODAY):
        found = place().figure("alerts-raised")
    assert (found.total, found.of("red"), found.of("yellow")) == (4, 3, 0)


@pytest.mark.usefixtures("book")
def test_types_stand_with_their_levels_and_true_lengths() -> None:
    with clock.turned_to(TODAY):
        rows = {row["url"]: row for row in panels.types(place())["rows"]}
    late, idle = (next(row for url, row in rows.items() if code in url) for code in ("TRANSFER_LATE", "IDLE_FUND"))
    assert [(part[0], part[1]) for part in late["parts"]] == [("red", 1), ("yellow", 1), ("blue", 1)]
    assert [(part[0], part[1]) for part in idle["parts"]] == [("red", 1)]
    assert (late["total"], late["length"], idle["length"]) == (3, 100.0, 33.33)
    assert sum(part[2] for part in late["parts"]) == pytest.approx(100, abs=0.1)


@pytest.mark.usefixtures("book")
def test_units_below_carry_their_worst_level() -> None:
    with clock.turned_to(TODAY):
        signs = {sign.code: sign for sign in panels.signs(place())}
    assert {code[:4]: sign.level for code, sign in signs.items()} == {"5323": "red", "5306": "yellow"}
    assert {code[:4]: sign.n for code, sign in signs.items()} == {"5323": 3, "5306": 1}


@pytest.mark.usefixtures("book")
def test_the_call_is_the_largest_red_one() -> None:
    with clock.turned_to(TODAY), translation.override("zh-hans"):
        call = panels.worst(place())
        assert call is not None
        assert "900.00 万元" in call.sentence.replace("\xa0", " ")
        assert panels.worst(place("5306")) is None


@pytest.mark.usefixtures("book")
def test_the_newest_stand_first_and_are_few() -> None:
    for _ in range(panels.SHOWN):
        alert("blue")
    rows = panels.newest(place())["rows"]
    assert len(rows) == panels.SHOWN
    assert {row["level"] for row in rows} == {"blue"}
    assert all(row["number"] in row["url"] for row in rows)


@pytest.mark.parametrize(
    ("code", "days", "words"),
    [
        ("IDLE_FUND", 400, "400 天"),
        ("TRANSFER_LATE", 43, "云搬发〔2026〕63号，逾期 43 天"),
        ("TRANSFER_LATE", 0, "3 天"),
    ],
)
def test_a_row_says_how_long_in_a_few_words(code: str, days: int, words: str) -> None:
    with translation.override("zh-hans"):
        assert words in panels.brief(alert(code=code, days=days))


@pytest.mark.parametrize(("ago", "clocked"), [(0, True), (1, False)])
def test_today_s_alerts_show_the_time_others_the_day(ago: int, clocked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    day = timezone.localdate() - timedelta(days=ago)
    at = timezone.localtime().replace(hour=9, minute=30) - timedelta(days=ago)
    shown = panels.when(alert(raised_on=day, raised_at=at))
    assert (shown == "09:30") is clocked


def test_search_finds_number_office_and_document() -> None:
    row = alert()
    found = finding.found(row)
    assert (found.note, found.region_code, found.text) == (row.number, row.region_code, "云搬发〔2026〕63号")
    assert row.facts["agency"] in found.title
    assert [one.object_id for one in finding.all_alerts()] == [str(row.pk)]


def test_a_sign_on_the_map_says_place_level_and_count() -> None:
    with translation.override("zh-hans"):
        told = layers.told({"level": "red", "kind": "red", "name": "大姚县", "n": 2})
    assert (told["level"], told["letter"]) == ("red", "红")
    assert told["words"].startswith("大姚县")
    assert told["words"].endswith("2")


def test_an_allocation_s_page_names_its_alerts_and_hides_foreign_rows() -> None:
    prefecture, county = Office("5323"), Office("532328")
    leg = allocation(prefecture, county, "5000000", issued=TODAY)
    of_leg = alert(allocation=leg)
    of_document = alert(
        region="5323",
        subject=f"document:{prefecture.agency.pk}:{leg.fund_type}:{leg.document_key}",
    )
    alert(region="5323")
    with region_scope("53"):
        part = parts.of_allocation(queries.Scope("53"), leg)
        assert (part["alerts"], part["foreign"]) == ([of_document, of_leg], False)
    with region_scope("532328"):
        part = parts.of_allocation(queries.Scope("532328"), leg)
        assert (part["alerts"], part["foreign"]) == ([of_leg], True)
