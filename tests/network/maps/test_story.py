"""What the map page says: which area, which layers, how many rows each has, where one can go; and its lists."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import region_scope
from anzhi.network.maps import registry, story
from anzhi.network.maps.registry import Layer
from harness.people import FOREIGN, actor, client_of, user_at
from network.projects.factories import project
from network.sites.factories import site

pytestmark = pytest.mark.usefixtures("system")
HERE = (101.87, 25.7)
PROVINCE, PREFECTURE, COUNTY, BEYOND = "530000000000", "532300000000", "532328000000", f"{FOREIGN}000000"


def of(region: str, *roles: str) -> Client:
    return client_of(user_at(*(roles or ("officer",)), region=region))


def data(answer: Any) -> dict[str, Any]:
    found = re.search(r'<script id="map-data"[^>]*>(.*?)</script>', answer.text, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize(
    ("region", "wanted", "shown"),
    [
        ("53", "", PROVINCE),
        ("53", PREFECTURE, PREFECTURE),
        ("53", COUNTY, COUNTY),
        ("5323", "", PREFECTURE),
        ("5323", COUNTY, COUNTY),
        ("5323", PROVINCE, PREFECTURE),
        ("5323", BEYOND, PREFECTURE),
        ("532328", "532328101000", "532328101000"),
        ("532328", BEYOND, COUNTY),
        ("532328", "5323", COUNTY),
        ("532328", "532328", COUNTY),
        ("53", "539999000000", PROVINCE),
        ("53", "５３２３００００００００", PROVINCE),
        ("53", "532300000000'", PROVINCE),
        ("53", "../../etc", PROVINCE),
    ],
)
def test_the_area_is_the_one_asked_for_where_it_is_ones_own(region: str, wanted: str, shown: str) -> None:
    with region_scope(region) as scope:
        assert story.area(scope, wanted) == shown
    assert story.area(None, wanted) == PROVINCE


@pytest.mark.parametrize(
    ("code", "level", "below", "home"),
    [
        (PROVINCE, "province", "prefecture", PROVINCE),
        (PREFECTURE, "prefecture", "county", PREFECTURE),
        (COUNTY, "county", "county", COUNTY),
        ("532328101000", "county", "county", COUNTY),
        ("532328101201", "county", "county", COUNTY),
    ],
)
def test_a_place_without_a_border_is_shown_in_its_county(code: str, level: str, below: str, home: str) -> None:
    found = story.settings_of(code)
    assert (found["level"], found["below"], found["region"]) == (level, below, home)
    assert found["tiles"] == "/tiles/LAYER/{z}/{x}/{y}.mvt"
    assert found["outline"] == f"/maps/shapes/{home}/{level}.json"
    assert found["features"] == f"/maps/features/LAYER/{home}.json"
    assert found["shapes"] == "/maps/shapes/CODE/LEVEL.json"


def test_every_address_of_the_page_answers(settings: Any) -> None:
    settings.MAP_APPROVAL = "云S〔2026〕1号"
    for region in ("53", "5323", "532328"):
        client = of(region)
        answer = client.get("/maps/")
        assert "云S〔2026〕1号" in answer.text
        found = data(answer)
        for name in ("outline", "inside"):
            assert client.get(found[name]).json()["features"], (region, name)
        for layer in ("projects", "sites"):
            assert client.get(found["features"].replace("LAYER", layer)).status_code == 200


def test_legend_and_lost_count_the_rows_of_the_area() -> None:
    project(place=HERE, build="built")
    project(place=HERE, build="built", name="b")
    project(place=HERE, suspended=True, name="c")
    project(build="planned")
    project(region=FOREIGN)
    with region_scope("53") as scope:
        for code, marks, lost in (
            (PROVINCE, {"built": 2, "construction": 0, "planned": 0, "suspended": 1}, 2),
            (PREFECTURE, {"built": 2, "construction": 0, "planned": 0, "suspended": 1}, 1),
            (BEYOND, {"built": 0, "construction": 0, "planned": 0, "suspended": 0}, 1),
        ):
            (found,) = [
                one for one in story.layers(actor("officer", region="53"), scope, code) if one["name"] == "projects"
            ]
            assert {mark: n for mark, _words, n in found["legend"]} == marks, code
            assert (found["total"], found["lost"]) == (sum(marks.values()), lost), code


def test_without_an_area_there_is_nothing_to_count() -> None:
    project(place=HERE)
    assert {one["total"] for one in story.layers(actor("officer"), None, PROVINCE)} == {0}


@pytest.mark.parametrize(
    ("role", "names"),
    [("officer", ["projects", "sites"]), ("leader", ["projects", "sites", "alerts"]), ("secadmin", [])],
)
def test_layers_are_offered_to_whom_they_concern(role: str, names: list[str]) -> None:
    assert [one.name for one in registry.offered(actor(role))] == names
    for name in ("alerts", "sites"):
        assert (registry.get(name, actor(role)) is not None) is (name in names)


def test_a_name_is_given_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        registry.register(registry.known("sites"))
    assert registry.get("nothing", actor("leader")) is None


def test_a_layer_names_what_it_draws() -> None:
    """Each word of the legend is Chinese, each mark is one the styles know, each field is in its rows."""
    with translation.override("zh-hans"):
        for layer in registry.offered(actor("leader", region="53")):
            for kind, words, _mark in layer.legend:
                assert re.search("[\u4e00-\u9fff]", str(words)), (layer.name, kind)
            assert "region_code" in layer.rows
            assert "%(low)s" in layer.rows
            assert "%(high)s" in layer.rows


@pytest.mark.parametrize(
    ("region", "first", "there", "absent"),
    [
        ("53", "昆明市", "元谋县（楚雄州）", "四川"),
        ("5323", "楚雄州", "元谋县（楚雄州）", "巧家县（昭通市）"),
        ("532328", "元谋县（楚雄州）", "元谋县（楚雄州）", "永仁县（楚雄州）"),
    ],
)
def test_one_can_go_to_every_area_of_ones_own(region: str, first: str, there: str, absent: str) -> None:
    with region_scope(region) as scope:
        names = [name for _code, name in story.places(scope)]
    assert names[0] == first
    assert there in names
    assert absent not in names
    assert len(names) == len(set(names)), "two areas of one name are told apart"
    assert len(names) == {"53": 16 + 129, "5323": 11, "532328": 1}[region]


# --- lists


def test_a_list_says_area_and_page_of_each_row() -> None:
    dam = project(place=HERE, name="乌东河水电站", installed_mw=2400)
    made = site(of=dam)
    client = of("53")
    (row,) = client.get(f"/maps/features/sites/{PROVINCE}.json").json()["features"]
    assert (row["name"], row["area"], row["url"]) == (made.name, "元谋县", f"/sites/{made.code}/")
    assert (row["lon"], row["lat"]) == (pytest.approx(101.87, abs=1e-5), pytest.approx(25.7, abs=1e-5))
    (row,) = client.get(f"/maps/features/projects/{PROVINCE}.json").json()["features"]
    assert (row["size"], row["kind"], row["note"]) == (2400.0, "construction", "金沙江")


def test_a_project_without_a_place_is_not_in_the_list_and_counted_beside_it() -> None:
    project()
    answer = of("53").get(f"/maps/features/projects/{PROVINCE}.json").json()
    assert (answer["total"], answer["features"]) == (0, [])


def test_counted_rows_have_no_page_and_stand_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anzhi.network.maps.queries.MOST", 2)
    dam = project(place=HERE)
    for number, lon in enumerate((101.86, 101.88, 101.87)):
        site(of=dam, name=f"点{number}", place=(lon, 25.7))
    (row,) = of("53").get(f"/maps/features/sites/{PROVINCE}.json").json()["features"]
    assert (row["n"], row["region_code"], row["area"]) == (3, COUNTY, "元谋县")
    assert row["lon"] == pytest.approx(101.87)
    assert "url" not in row
    assert "name" not in row


@pytest.mark.parametrize("path", ["sites/53.json", "sites/999999000000.json", "nothing/530000000000.json"])
def test_a_list_of_nowhere_is_missing(path: str) -> None:
    assert of("53").get(f"/maps/features/{path}").status_code == 404


@pytest.mark.parametrize(
    ("path", "status", "many"),
    [
        ("530000000000/province", 200, 1),
        ("530000000000/prefecture", 200, 16),
        ("530000000000/county", 200, 129),
        ("532300000000/county", 200, 10),
        ("532328000000/county", 200, 1),
        ("532328000000/prefecture", 200, 0),
        ("530000000000/town", 404, 0),
        ("53/county", 404, 0),
        ("110000000000/county", 404, 0),
    ],
)
def test_borders_of_a_tier_inside_an_area(path: str, status: int, many: int) -> None:
    answer = of("532328").get(f"/maps/shapes/{path}.json")
    assert answer.status_code == status
    if status == 200:
        found = answer.json()["features"]
        assert len(found) == many
        assert len({one["properties"]["code"] for one in found}) == many
        assert all(one["properties"]["name"] and len(one["properties"]["cp"]) == 2 for one in found)


def test_borders_are_named_in_the_language_of_the_reader() -> None:
    client = of("532328")
    (found,) = client.get(f"/maps/shapes/{COUNTY}/county.json").json()["features"]
    assert found["properties"]["name"] == "元谋县"
    client.cookies["django_language"] = "en"
    (found,) = client.get(f"/maps/shapes/{COUNTY}/county.json").json()["features"]
    assert "Yuanmou" in found["properties"]["name"]


def test_what_is_told_more_of_a_row_stands_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    site(of=project(place=HERE))
    known = registry.known("sites")
    layer = Layer(
        "told",
        "told",
        Permission.SITE_VIEW,
        known.rows,
        known.fields,
        lambda: "1",
        told=lambda row: {"words": row["name"] * 2},
    )
    monkeypatch.setitem(registry._layers, "told", layer)
    (row,) = of("53").get(f"/maps/features/told/{PROVINCE}.json").json()["features"]
    assert row["words"] == row["name"] * 2
    assert "url" not in row
