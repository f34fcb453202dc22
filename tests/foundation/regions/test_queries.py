"""What others ask of the register."""

from datetime import date

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from anzhi.foundation.regions import names, queries
from anzhi.foundation.regions.models import Band, Level, Region
from anzhi.foundation.regions.reference import register

pytestmark = pytest.mark.django_db
YUANMOU, LUFENG, OLD_LUFENG = "532328000000", "532302000000", "532331000000"


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    names.forget()


def test_a_label_is_short_and_follows_the_language() -> None:
    assert queries.label("532300000000") == "楚雄州"
    with translation.override("en"):
        assert queries.label("532300000000") == "Chuxiong Prefecture"
    assert queries.label("999999999999") == "999999999999"


def test_labels_of_many_villages_cost_one_query() -> None:
    villages = list(queries.inside("532328", Level.VILLAGE).values_list("code", flat=True))
    queries.label(YUANMOU)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = queries.labels([*villages, YUANMOU, "000000000001"])
    assert set(found) == {*villages, YUANMOU}
    assert len(asked) == 1


def test_names_are_read_once_until_the_register_changes() -> None:
    queries.label(YUANMOU)
    Region.objects.filter(code=YUANMOU).update(short_name="元某县")
    with CaptureQueriesContext(connection) as asked:
        assert queries.label(YUANMOU) == "元谋县"
    assert not asked
    register.bump()
    names.forget()
    assert queries.label(YUANMOU) == "元某县"


def test_a_path_and_the_template_filter() -> None:
    page = Template("{% load regions %}{{ code|region_name }}{{ nothing|region_name }}{{ unknown|region_name }}")
    assert page.render(Context({"code": YUANMOU, "nothing": None, "unknown": "999"})) == "元谋县999"
    assert [unit.label for unit in queries.path(YUANMOU)] == ["云南省", "楚雄州", "元谋县"]
    assert [unit.code for unit in queries.ancestors(YUANMOU)] == ["530000000000", "532300000000"]


def test_children_leave_out_closed_units_unless_asked_for_that_day() -> None:
    today = set(queries.children("532300000000").values_list("code", flat=True))
    assert len(today) == 10
    assert OLD_LUFENG not in today
    assert OLD_LUFENG in queries.children("532300000000", on=date(2019, 1, 1)).values_list("code", flat=True)


@pytest.mark.parametrize(
    ("text", "first"),
    [("元谋", YUANMOU), ("元谋县", YUANMOU), ("532328", YUANMOU), ("yuanmou", YUANMOU), ("５３２３２８", YUANMOU)],
)
def test_search_finds_by_name_code_and_spelling(text: str, first: str) -> None:
    assert queries.search(text)[0].code == first


def test_search_prefers_the_whole_name_and_the_higher_tier() -> None:
    found = [region.code for region in queries.search("楚雄")]
    assert found[:2] == ["532300000000", "532301000000"]
    assert not queries.search("  ")
    assert all(region.code.startswith("5323") for region in queries.search("龙", prefix="5323"))


def test_a_closed_code_is_known_but_not_in_force() -> None:
    assert Region.objects.get(code=OLD_LUFENG).successor_id == LUFENG
    assert not queries.exists(OLD_LUFENG)
    assert queries.exists(OLD_LUFENG, on=date(2019, 1, 1))
    assert queries.exists(LUFENG)
    assert not queries.exists("530199000000")


@pytest.mark.parametrize(
    ("code", "on", "stands"),
    [
        (OLD_LUFENG, None, LUFENG),
        (OLD_LUFENG, date(2019, 1, 1), OLD_LUFENG),
        (OLD_LUFENG, date(2024, 1, 1), LUFENG),
        (LUFENG, None, LUFENG),
        ("532331199000", None, None),
        ("532331101000", None, "532302101000"),
        ("539999000000", None, None),
    ],
)
def test_a_code_resolves_to_the_unit_that_stands_for_it(code: str, on: date | None, stands: str | None) -> None:
    unit = queries.resolve(code, on)
    assert (unit.code if unit else None) == stands


def test_geojson_for_maps_without_webgl() -> None:
    shapes = queries.geojson("530000000000", Level.PREFECTURE, Band.FAR)
    assert len(shapes["features"]) == 16
    properties = {feature["properties"]["code"]: feature["properties"] for feature in shapes["features"]}
    assert properties["532300000000"]["name"] == "楚雄州"
    lon, lat = properties["532300000000"]["cp"]
    assert queries.at(lon, lat, Level.PREFECTURE) == "532300000000"
    assert len(queries.geojson("532300000000", Level.COUNTY)["features"]) == 10
    assert queries.geojson("539900000000", Level.COUNTY)["features"] == []


def test_two_units_with_one_name_are_told_apart_by_code() -> None:
    repeated = [region.code for region in queries.search("永安", limit=50) if region.name == "永安社区居民委员会"]
    assert len(repeated) == len(set(repeated))
