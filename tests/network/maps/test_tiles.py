"""Tiles: what is in them, whose they are, when they are not sent at all."""

import gzip
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anzhi.foundation.access.scope import region_scope
from anzhi.network.maps import story, versions
from harness.people import FOREIGN, actor, client_of, user_at
from network.maps.places import at
from network.maps.reading import rows
from network.projects.factories import project
from network.sites.factories import site

ZHAOTONG = (103.72, 27.33)  # in the foreign county
pytestmark = pytest.mark.usefixtures("system")


@pytest.fixture(autouse=True)
def anew() -> None:
    """No version of an earlier test is remembered."""
    versions.forget()


@pytest.fixture
def world() -> dict[str, Any]:
    """A project with a site here, and one far away."""
    here, far = project(place=(101.87, 25.7)), project(region=FOREIGN, name="远处水库")
    return {"here": here, "far": far, "site": site(of=here), "near": site(of=here, name="第二安置点")}


def of(*roles: str, region: str) -> Client:
    return client_of(user_at(*roles, region=region))


def test_borders_are_public_and_detailed_by_zoom(world: dict[str, Any]) -> None:
    client = of("officer", region="532328")
    names = {row["short_name"] for row in rows(client, "prefecture", "5/24/13")}
    assert {"楚雄州", "大理州"} <= names
    near = rows(client, "county", at(9, 101.87, 25.7))
    assert "532328000000" in {row["code"] for row in near}


@pytest.mark.parametrize(("region", "seen"), [("53", 2), ("5323", 2), ("532328", 2), (FOREIGN, 0), ("5325", 0)])
def test_a_tile_holds_only_rows_of_the_askers_area(world: dict[str, Any], region: str, seen: int) -> None:
    client = of("officer", region=region)
    exact = rows(client, "sites", at(12, 101.87, 25.7))
    assert len(exact) == seen
    counted = rows(client, "sites", at(6, 101.87, 25.7))
    assert sum(row["n"] for row in counted) == seen
    assert all(row["aggregated"] for row in counted)


def test_exact_rows_say_what_they_are(world: dict[str, Any]) -> None:
    client = of("officer", region="532328")
    (row,) = rows(client, "projects", at(12, 101.87, 25.7))
    assert row["name"] == world["here"].name
    assert row["kind"] == "construction"
    assert row["aggregated"] is False


def test_a_point_on_the_edge_of_tiles_is_in_one_of_them(world: dict[str, Any]) -> None:
    """The four tiles round a shared corner count each row once."""
    site(of=world["here"], name="角上", place=(101.953125, 25.7))  # a column of tiles of z=9 begins here
    client = of("officer", region="53")
    versions.forget()
    _z, x, y = (int(part) for part in at(10, 101.953125, 25.7).split("/"))
    found = [row for dx in (-1, 0) for row in rows(client, "sites", f"10/{x + dx}/{y}")]
    assert [row["name"] for row in found].count("角上") == 1


@pytest.mark.parametrize(
    "path",
    [
        "county/3/8/0",
        "county/3/0/8",
        "county/99/0/0",
        "nothing/3/1/1",
        "county/-1/0/0",
        "county/3/-1/0",
        "county/3/1/1x",
    ],
)
def test_a_tile_that_cannot_be_is_missing(world: dict[str, Any], path: str) -> None:
    assert of("officer", region="53").get(f"/tiles/{path}.mvt").status_code == 404


def test_outside_its_zooms_a_layer_has_nothing(world: dict[str, Any]) -> None:
    assert of("officer", region="53").get("/tiles/county/2/3/1.mvt").status_code == 204


def test_a_layer_without_permission_is_missing(world: dict[str, Any]) -> None:
    client = of("officer", region="53")
    assert client.get("/tiles/alerts/6/50/27.mvt").status_code == 404
    assert client.get("/maps/features/alerts/530000000000.json").status_code == 404
    assert of("sysadmin", region="53").get("/tiles/county/6/50/27.mvt").status_code == 403


def test_an_unchanged_tile_is_answered_without_asking_for_it(world: dict[str, Any]) -> None:
    client = of("officer", region="53")
    path = f"/tiles/sites/{at(12, 101.87, 25.7)}.mvt"
    tag = client.get(path)["ETag"]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert not again.content
    assert not [query for query in asked if "ST_AsMVT" in query["sql"] or "sites_" in query["sql"]]


def test_a_change_changes_the_tag_and_so_does_another_area(world: dict[str, Any]) -> None:
    path = f"/tiles/sites/{at(12, 101.87, 25.7)}.mvt"
    tags = {of("officer", region=region).get(path)["ETag"] for region in ("53", "5323", "532328")}
    assert len(tags) == 3
    site(of=world["here"], name="又一个")
    versions.forget()
    assert of("officer", region="53").get(path)["ETag"] not in tags


def test_tiles_are_packed_when_the_browser_takes_it(world: dict[str, Any]) -> None:
    client = of("officer", region="53")
    path = "/tiles/prefecture/5/24/13.mvt"
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == client.get(path).content


def test_the_list_of_a_layer_is_that_of_the_area(world: dict[str, Any]) -> None:
    client = of("officer", region="5323")
    found = client.get("/maps/features/sites/532328000000.json").json()
    assert (found["total"], found["aggregated"]) == (2, False)
    assert {row["name"] for row in found["features"]} == {"江边集镇安置点", "第二安置点"}
    assert all(row["url"].startswith("/sites/") for row in found["features"])
    assert client.get("/maps/features/sites/530622000000.json").status_code == 404
    assert client.get("/maps/features/county/532328000000.json").status_code == 404


def test_too_many_rows_are_counted_and_say_so(world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anzhi.network.maps.queries.MOST", 1)
    found = of("officer", region="53").get("/maps/features/sites/530000000000.json").json()
    assert found["aggregated"]
    assert sum(row["n"] for row in found["features"]) == found["total"] == 2


def test_borders_for_maps_without_webgl(world: dict[str, Any]) -> None:
    client = of("officer", region="532328")
    found = client.get("/maps/shapes/530000000000/prefecture.json").json()
    assert len(found["features"]) == 16
    assert client.get("/maps/shapes/530000000000/village.json").status_code == 404
    assert client.get("/maps/shapes/999999000000/county.json").status_code == 404


def test_the_page_counts_and_says_what_has_no_place(world: dict[str, Any]) -> None:
    answer = of("officer", region="53").get("/maps/")
    with region_scope("53") as scope:
        layer, sites = story.layers(actor("officer", region="53"), scope, "530000000000")
    assert (layer["name"], layer["total"], layer["lost"]) == ("projects", 1, 1)
    assert sites["total"] == 2
    assert "另有 1 座坐标待核实" in answer.text
    assert "按部署地批准填写" in answer.text
