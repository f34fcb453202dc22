"""The board is what was handed in: nothing of a platform that is not built, nothing one may not see, no faked zero."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.permissions import Permission
from anzhi.network.board import ground, place, registry, view
from anzhi.network.board.registry import Call, Held, Key, KeyFigure, Note, Panel, Shade, Sign
from anzhi.network.indicators.queries import Figure
from harness.people import FOREIGN, actor, client_of, user_at
from network.projects.factories import project
from network.sites.factories import site

pytestmark = pytest.mark.usefixtures("system")
PROVINCE, PREFECTURE, COUNTY = "530000000000", "532300000000", "532328000000"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Held:
    """A board before any platform above the network is built."""
    held = Held()
    monkeypatch.setattr(registry, "held", held)
    ground.define()
    return held


def of(region: str, *roles: str) -> Client:
    return client_of(user_at(*(roles or ("leader",)), region=region))


def board(client: Client, query: str = "") -> str:
    answer = client.get(f"/board/{query}")
    assert answer.status_code == 200
    return answer.text


def at(code: str, *roles: str, own: str = "53") -> place.Place:
    return place.at(code, actor(*(roles or ("leader",)), region=own), Scope(own))


def panel(name: str, **more: Any) -> Panel:
    given: dict[str, Any] = {
        "name": name,
        "column": "right",
        "title": lambda place: f"栏目{name}",
        "permission": Permission.BOARD_VIEW,
        "template": "board/_fresh_day.html",
        "context": lambda place: {"label": f"内容{name}", "day": place.today},
    }
    return Panel(**given | more)


# --- absent, not faked


def test_panels_of_platforms_that_are_not_built_are_absent(bare: Held) -> None:
    project()
    text = board(of("53"))
    assert re.findall(r'data-panel="(\w+)"', text) == []
    for words in ("预警", "资金", "账户", "流水", "后期扶持", "信访", "data-live"):
        assert words not in text.split('id="main"')[1].split("board-data")[0], words
    assert "水利水电工程" in text
    assert "安置点" in text


def test_a_panel_is_there_when_its_platform_is(bare: Held) -> None:
    registry.panel(panel("one"))
    text = board(of("53"))
    assert re.findall(r'data-panel="(\w+)"', text) == ["one"]
    assert "栏目one" in text
    assert "内容one" in text


def test_a_panel_is_not_there_for_who_may_not_see_it(bare: Held) -> None:
    registry.panel(panel("one", permission=Permission.ALERT_VIEW))
    assert "栏目one" in board(of("53"))
    assert "栏目one" not in board(of("53", "officer"))


def test_columns_keep_the_order_they_were_given(bare: Held) -> None:
    for name, order in (("c", 30), ("a", 10), ("b", 20)):
        registry.panel(panel(name, order=order))
    registry.panel(panel("left", column="left"))
    assert re.findall(r'data-panel="(\w+)"', board(of("53"))) == ["left", "a", "b", "c"]
    assert [one.name for one in registry.panels_for(actor("leader"), "right")] == ["a", "b", "c"]


def test_live_topics_are_those_of_the_panels_one_sees(bare: Held) -> None:
    assert "data-live" not in board(of("53"))
    registry.panel(panel("one", topics=("b.two", "a.one")))
    registry.panel(panel("two", topics=("a.one",), permission=Permission.ALERT_VIEW))
    registry.panel(panel("three", topics=("c.three",), permission=Permission.ALERT_VIEW))
    assert 'data-live="a.one b.two c.three"' in board(of("53"))
    assert 'data-live="a.one b.two"' in board(of("53", "officer"))


@pytest.mark.parametrize("part", ["panel", "key", "call"])
def test_a_part_that_cannot_be_told_takes_nothing_else_away(bare: Held, part: str) -> None:
    def broken(place: Any) -> Any:
        raise DatabaseError("gone")

    if part == "panel":
        registry.panel(panel("one", context=broken))
    elif part == "key":
        registry.key(KeyFigure("one", Permission.BOARD_VIEW, broken, order=5))
    else:
        registry.call(Permission.BOARD_VIEW, broken)
    registry.panel(panel("two"))
    project()
    text = board(of("53"))
    assert "内容two" in text
    assert "水利水电工程" in text
    assert ("暂时不详" in text) is (part == "panel")


def test_a_mistake_of_the_program_is_not_hidden(bare: Held) -> None:
    def wrong(place: Any) -> Any:
        raise KeyError("typo")

    registry.panel(panel("one", context=wrong))
    with pytest.raises(KeyError):
        of("53").get("/board/")


# --- figures


def test_a_figure_that_is_not_known_says_why(bare: Held) -> None:
    registry.key(
        KeyFigure("one", Permission.BOARD_VIEW, lambda place: Key("某数", "", "", "", why="三个州未上报"), order=1)
    )
    text = board(of("53"))
    assert "某数" in text
    assert "三个州未上报" in text
    assert "不详" in text.split("某数")[1].split("</div>")[0]


def test_a_note_leads_to_its_rows(bare: Held) -> None:
    key = Key("某数", "5", "个", "/sites/", notes=(Note("其中", "2", "/sites/?state=planned"), Note("另", "3")))
    registry.key(KeyFigure("one", Permission.BOARD_VIEW, lambda place: key, order=1))
    piece = board(of("53")).split("某数")[1].split("</div>")[0]
    assert '<a href="/sites/?state=planned">其中 <b>2</b></a>' in piece
    assert "另 <b>3</b>" in piece


def test_the_ground_counts_what_stands_in_the_area(bare: Held) -> None:
    dam = project(place=(101.87, 25.7))
    project(suspended=True, name="停建水库")
    project(region=FOREIGN)
    site(of=dam, lived_in=True)
    site(of=dam, name="b", plan_people=70)
    keys = ground.projects(at(PREFECTURE)), ground.resettlement(at(PREFECTURE))
    assert [(key.value, len(key.notes)) for key in keys] == [("2", 4), ("2", 2)]
    assert [(str(note.words), note.value) for note in keys[0].notes][1] == ("Under construction", "1")
    assert [note.value for note in keys[1].notes] == ["422 people", "84%"]
    assert keys[1].url == "/sites/?area=532300000000"
    nothing = ground.resettlement(at(f"{FOREIGN}000000"))
    assert (nothing.value, len(nothing.notes)) == ("0", 1), "no plan, no share of it"


def test_until_when_sites_reported(bare: Held) -> None:
    assert ground.reported(at(PROVINCE))["day"] is None
    site(reported_on=date(2026, 9, 8))
    site(reported_on=date(2026, 11, 3), name="b")
    assert ground.reported(at(PROVINCE))["day"] == date(2026, 11, 3)
    assert ground.reported(at(f"{FOREIGN}000000"))["day"] is None


# --- the place


@pytest.mark.parametrize(
    ("own", "wanted", "code", "units", "path"),
    [
        ("53", "", PROVINCE, 16, [PROVINCE]),
        ("53", PREFECTURE, PREFECTURE, 10, [PROVINCE, PREFECTURE]),
        ("53", COUNTY, COUNTY, 0, [PROVINCE, PREFECTURE, COUNTY]),
        ("5323", COUNTY, COUNTY, 0, [PREFECTURE, COUNTY]),
        ("5323", PROVINCE, PREFECTURE, 10, [PREFECTURE]),
        ("532328", "", COUNTY, 0, [COUNTY]),
        ("532328101", "", COUNTY, 0, []),
    ],
)
def test_the_way_here_shows_only_what_one_may_open(
    own: str, wanted: str, code: str, units: int, path: list[str]
) -> None:
    found = place.at(wanted, actor("leader", region=own), Scope(own))
    assert (found.code, len(found.units)) == (code, units)
    assert [unit.code for unit in found.path] == path


def test_values_of_the_map_are_figures_or_shares() -> None:
    dam = project(place=(101.87, 25.7))
    site(of=dam, lived_in=True)
    here = at(PROVINCE)
    assert view.values(here, Shade("people", "x", part="moved"))[PREFECTURE] == {"v": 422, "words": "422people"}
    share = view.values(here, Shade("people", "x", part="moved", of="plan"))
    assert share == {PREFECTURE: {"v": 422 / 430, "words": "98%"}}
    assert view.values(at(COUNTY), Shade("projects", "x"))[COUNTY]["v"] == 1


def test_a_share_of_nothing_is_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    here = at(PROVINCE)
    monkeypatch.setattr(place.Place, "below", lambda self, code: {PREFECTURE: Figure({"moved": 5})})
    assert view.values(here, Shade("people", "x", part="moved", of="plan")) == {}


def test_a_unit_shows_its_worst_sign(bare: Held) -> None:
    def found(place: Any) -> list[Sign]:
        return [
            Sign(PREFECTURE, "blue", 9, "/b/", "b"),
            Sign(PREFECTURE, "red", 1, "/r/", "r"),
            Sign(PREFECTURE, "yellow", 4, "/y/", "y"),
            Sign("530600000000", "yellow", 2, "/o/", "o"),
        ]

    registry.signs(Permission.BOARD_VIEW, found)
    registry.signs(Permission.AUDIT_VIEW, lambda place: [Sign("530100000000", "red", 1, "/a/", "a")])
    shown = view.signs(at(PROVINCE))
    assert {(one.code, one.level) for one in shown} == {(PREFECTURE, "red"), ("530600000000", "yellow")}
    assert view.data(at(PROVINCE), None)["hot"] == [PREFECTURE]


def test_the_first_thing_to_know_is_the_first_that_is_found(bare: Held) -> None:
    registry.call(Permission.BOARD_VIEW, lambda place: None)
    registry.call(Permission.AUDIT_VIEW, lambda place: Call("red", "机密", "机密", "/x/", PREFECTURE))
    registry.call(Permission.BOARD_VIEW, lambda place: Call("red", "第一", "句子", "/y/", PREFECTURE, "附注"))
    registry.call(Permission.BOARD_VIEW, lambda place: Call("red", "第二", "句子", "/z/", PREFECTURE))
    text = board(of("53"))
    assert "第一" in text
    assert "附注" in text
    assert "第二" not in text
    assert "机密" not in text


@pytest.mark.parametrize("words", ["<script>x</script>", '"><img src=x>', "</script><b>"])
def test_names_are_text_on_the_board_too(bare: Held, words: str) -> None:
    registry.call(Permission.BOARD_VIEW, lambda place: Call("red", words, words, "/y/", PREFECTURE))
    registry.signs(Permission.BOARD_VIEW, lambda place: [Sign(PREFECTURE, "red", 1, "/r/", words)])
    text = board(of("53"))
    assert words not in text
    assert html.escape(words, quote=False).split("&")[0] in text


def test_colours_one_may_not_see_are_not_offered() -> None:
    assert {one.code for one in view.shades(at(PROVINCE, "officer"))} == {"people", "projects"}
    assert {"allocations", "people"} <= {one.code for one in view.shades(at(PROVINCE, "leader"))}
    assert view.chosen(at(PROVINCE, "officer"), "allocations") is None, "nothing to show yet"
    project()
    chosen = view.chosen(at(PROVINCE, "officer"), "allocations")
    assert chosen
    assert chosen.code == "projects", "the first that has anything"


def test_every_layer_of_the_legend_counts_the_area(bare: Held) -> None:
    project(place=(101.87, 25.7))
    project(region=FOREIGN, place=(103.0, 27.05))
    for code, total in ((PROVINCE, 2), (PREFECTURE, 1), (COUNTY, 1), (f"{FOREIGN}000000", 1), ("532500000000", 0)):
        (layer,) = [one for one in view.legend(at(code)) if one["name"] == "projects"]
        assert layer["total"] == total, code
    assert not [one for one in view.legend(at(PROVINCE)) if one["signs"]]


def test_the_way_to_the_desk_is_a_page_of_ones_own() -> None:
    for role in ("leader", "officer"):
        client = of("53", role)
        found = re.search(r'<a class="az-bd-brand" href="([^"]+)"', board(client))
        assert found
        assert found[1] != "/board/"
        assert client.get(found[1]).status_code == 200, role
