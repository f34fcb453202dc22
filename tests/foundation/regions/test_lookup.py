"""Towns and villages: looked up, searched, listed, named, in the register as it is loaded."""

import re
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.regions import names, queries
from anzhi.foundation.regions.models import Band, Boundary, Level, Region
from anzhi.foundation.regions.points import Kind
from harness import people

pytestmark = pytest.mark.django_db
YUANMOU, WUDING, LUFENG = "532328000000", "532329000000", "532302000000"
HUANGGUAYUAN = "532328103000"


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    names.forget()


@pytest.fixture
def client(db: None) -> Client:
    with system_scope():
        return people.client_for("officer", region="532328")


def found(text: str, **more: object) -> list[str]:
    return [region.code for region in queries.search(text, **more)]


# --- one town, one village


def test_a_town_lies_in_its_county_and_holds_its_villages() -> None:
    town = Region.objects.get(code=HUANGGUAYUAN)
    assert (town.name, town.level, town.parent_id) == ("黄瓜园镇", Level.TOWN, YUANMOU)
    inside = queries.children(HUANGGUAYUAN)
    assert inside.count() == queries.inside("532328103", Level.VILLAGE).count() > 5
    assert all(village.code.startswith("532328103") for village in inside)


def test_every_town_has_villages_and_every_village_a_town() -> None:
    below = Counter(Region.objects.valid().filter(level=Level.VILLAGE).values_list("parent", flat=True))
    towns = set(queries.inside("53", Level.TOWN).values_list("code", flat=True))
    assert set(below) <= towns
    assert sum(below.values()) == 14888
    assert len(towns - set(below)) < len(towns) / 50  # farms and parks without villages of their own


def test_what_lies_below_a_village_is_nothing() -> None:
    village = queries.children(HUANGGUAYUAN).first()
    assert not queries.children(village.code).exists()
    assert names.below(village.code) == []


def test_a_village_s_path_costs_one_query_and_that_of_a_town_none() -> None:
    village = queries.children(HUANGGUAYUAN).first().code
    queries.label(YUANMOU)
    with CaptureQueriesContext(connection) as asked:
        town = [unit.label for unit in queries.path(HUANGGUAYUAN)]
    assert (town, len(asked)) == (["云南省", "楚雄州", "元谋县", "黄瓜园镇"], 0)
    with CaptureQueriesContext(connection) as asked:
        assert [unit.code for unit in queries.path(village)][-2:] == [HUANGGUAYUAN, village]
    assert len(asked) == 1


def test_towns_have_no_english_name_and_keep_their_own() -> None:
    with translation.override("en"):
        assert queries.label(HUANGGUAYUAN) == "黄瓜园镇"
        assert queries.label(YUANMOU) == "Yuanmou County"


@pytest.mark.parametrize("code", ["", "0", "5323", "532328103", "532328103999", "9" * 12, "元谋"])
def test_what_is_no_code_of_the_register_stays_itself(code: str) -> None:
    assert queries.label(code) == code
    assert not queries.exists(code)
    assert queries.labels([code]) == {}


# --- search


def test_a_town_is_found_by_its_name_its_code_and_the_start_of_its_name() -> None:
    for text in ("黄瓜园镇", "532328103", "532328103000", "５３２３２８１０３", " 5323 28 103 "):
        assert found(text)[0] == HUANGGUAYUAN, text
    assert HUANGGUAYUAN in found("黄瓜园")


def test_the_code_of_a_town_finds_its_villages_after_it() -> None:
    inside = found("532328103", limit=100)
    assert inside[0] == HUANGGUAYUAN
    assert set(inside[1:]) == set(queries.children(HUANGGUAYUAN).values_list("code", flat=True))


def test_a_short_name_finds_the_committee_behind_it() -> None:
    village = queries.children(HUANGGUAYUAN).first()
    assert village.name != village.short_name
    assert village.code in found(village.short_name, prefix="532328103")
    assert village.code in found(village.name, prefix="532328103")


def test_whole_names_stand_before_parts_and_towns_before_villages() -> None:
    hits = queries.search("中和", limit=200)
    marks = [(region.short_name != "中和" and region.name != "中和", queries.ORDER[region.level]) for region in hits]
    assert marks == sorted(marks)
    assert {region.level for region in hits} >= {Level.TOWN, Level.VILLAGE}


def test_a_search_stays_in_its_area_and_within_its_number() -> None:
    everywhere, here = found("龙", limit=500), found("龙", prefix="532328", limit=500)
    assert 0 < len(here) < len(everywhere) == 500
    assert all(code.startswith("532328") for code in here)
    assert len(found("村", limit=7)) == 7


@pytest.mark.parametrize("text", ["%", "_", "'; DROP TABLE regions_region; --", "\\", "5" * 40, "没有这个地方的名字"])
def test_signs_mean_themselves(text: str) -> None:
    assert found(text) == []
    assert Region.objects.count() > 16000


def test_a_closed_county_is_found_and_says_what_follows() -> None:
    (old,) = [region for region in queries.search("禄丰县") if region.name == "禄丰县"]
    with CaptureQueriesContext(connection) as asked:
        assert old.successor.name == "禄丰市"
        assert old.parent.short_name == "楚雄州"
    assert not asked


def test_an_english_name_is_found_whatever_its_capitals() -> None:
    assert found("CHUXIONG")[0] == "532300000000"
    assert YUANMOU in found("yuanmou county")


# --- trees and lists


@pytest.mark.parametrize(
    ("prefix", "level", "count"),
    [("53", None, 16495), ("53", Level.PREFECTURE, 16), ("5323", Level.COUNTY, 10), ("", Level.COUNTY, 129)],
)
def test_what_lies_inside_a_prefix(prefix: str, level: str | None, count: int) -> None:
    assert queries.inside(prefix, level).count() == count


def test_a_prefix_is_no_neighbour_s() -> None:
    inside = set(queries.inside("5301").values_list("code", flat=True))
    assert inside
    assert not any(not code.startswith("5301") for code in inside)
    assert not queries.inside("99").exists()


def test_filters_offer_the_tier_below() -> None:
    assert len(queries.offered("")) == len(queries.offered("53")) == 16
    assert ("532328000000", "元谋县") in queries.offered("5323")
    assert (HUANGGUAYUAN, "黄瓜园镇") in queries.offered("532328")
    assert queries.offered("532328103") == []


def test_each_tier_is_counted_once() -> None:
    counts = queries.counts()
    assert counts == {
        "province": 1,
        "prefecture": 16,
        "county": 129,
        "town": 1461,
        "village": 14888,
        "closed": 14,
    }


@pytest.mark.parametrize("on", [date(1990, 1, 1), date(2012, 1, 1), date(2021, 12, 31)])
def test_on_a_day_long_ago_both_a_county_and_the_city_after_it_are_not_told_apart(on: date) -> None:
    """Nobody knows since when today's units stand: the register begins without a day."""
    assert queries.exists("532331000000", on)
    assert queries.exists(LUFENG, on)
    assert not queries.exists("532331000000", date(2022, 1, 1))


# --- where a town lies


def test_a_point_is_held_against_the_county_of_a_town_or_village() -> None:
    inside = Boundary.objects.valid().get(region=YUANMOU, band=Band.EXACT).label_point
    village = queries.children(HUANGGUAYUAN).first().code
    for code in (YUANMOU, HUANGGUAYUAN, village):
        assert queries.check_point(inside.x, inside.y, code).kind == Kind.INSIDE
    elsewhere = queries.check_point(inside.x, inside.y, queries.children(WUDING).first().code)
    assert (elsewhere.kind, elsewhere.found_label) == (Kind.OUTSIDE_COUNTY, "元谋县")


def test_towns_have_no_boundary_until_somebody_brings_one() -> None:
    inside = Boundary.objects.valid().get(region=YUANMOU, band=Band.EXACT).label_point
    assert queries.at(inside.x, inside.y, Level.TOWN) is None
    assert queries.edition_of(HUANGGUAYUAN) is None
    assert queries.geojson(YUANMOU, Level.TOWN)["features"] == []


# --- on the page


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("level=town&area=532328000000", "黄瓜园镇", "狮山镇"),
        ("level=town&q=黄瓜园", "黄瓜园镇", "元马镇"),
        ("q=532328103", "黄瓜园镇", "元马镇"),
        ("level=village&area=532328103000", "532328103", "黄瓜园镇</a>"),
        ("level=county&validity=closed", "禄丰县", "元谋县"),
        ("q=绝无此名", "", "元谋县</a>"),
    ],
)
def test_the_list_is_narrowed(client: Client, query: str, there: str, absent: str) -> None:
    rows = client.get(f"/regions/?{query}").text.partition("<tbody")[2].partition("</tbody")[0]
    assert there in rows
    assert absent not in rows


def test_a_village_s_page_names_all_above_it(client: Client) -> None:
    village = queries.children(HUANGGUAYUAN).first()
    page = client.get(f"/regions/{village.code}/").text
    for above in ("云南省", "楚雄州", "元谋县", "黄瓜园镇"):
        assert above in page
    assert f'href="/regions/{HUANGGUAYUAN}/"' in page
    assert village.name in page


def test_a_town_s_page_lists_its_villages_with_links(client: Client) -> None:
    page = client.get(f"/regions/{HUANGGUAYUAN}/").text
    for village in queries.children(HUANGGUAYUAN):
        assert f'href="/regions/{village.code}/"' in page


def test_a_sheet_of_towns_holds_each_code_as_text(client: Client) -> None:
    response = client.get("/regions/?level=town&area=532328000000&export=csv")
    body = b"".join(response.streaming_content if response.streaming else [response.content]).decode("utf-8-sig")
    written = re.findall(r"\b532328\d+\b", body)
    assert written == list(queries.children(YUANMOU).values_list("code", flat=True))
