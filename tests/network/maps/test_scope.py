"""Whose tile it is: foreign rows are in no answer, and an answer is never somebody else's."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anzhi.foundation.access.scope import region_scope
from anzhi.foundation.regions.models import Edition
from anzhi.network.maps import queries, registry, versions
from anzhi.network.projects.models import Project
from anzhi.network.sites.models import ResettlementSite
from harness.people import FOREIGN, client_of, user_at
from network.maps import reading
from network.maps.places import at
from network.projects.factories import project
from network.sites.factories import site

pytestmark = pytest.mark.usefixtures("system")
HERE, BEYOND = (101.87, 25.7), (103.0, 27.05)
REGIONS = ("53", "5323", "532328", "532329", "5306", FOREIGN)


@pytest.fixture(autouse=True)
def anew() -> None:
    versions.forget()


@pytest.fixture
def world() -> dict[str, Any]:
    """A dam and a site here; a dam and two sites far away, with names of their own."""
    here, far = project(place=HERE, name="本地水库"), project(region=FOREIGN, place=BEYOND, name="机密水库")
    site(of=here, name="本地安置点")
    for number in range(2):
        site(of=far, region=FOREIGN, place=BEYOND, name=f"机密安置点{number}", owner_unit="机密单位")
    return {"here": here, "far": far}


def of(region: str, *roles: str) -> Client:
    return client_of(user_at(*(roles or ("officer",)), region=region))


@pytest.mark.parametrize("z", [9, 10, 12, 14])
def test_a_foreign_countys_tile_is_empty(world: dict[str, Any], z: int) -> None:
    for region, seen in (("53", True), ("5306", True), (FOREIGN, True), ("532328", False), ("5323", False)):
        client = of(region)
        assert len(reading.rows(client, "sites", at(z, *BEYOND))) == 2 * seen, region
        assert len(reading.rows(client, "projects", at(z, *BEYOND))) == seen, region
        assert bool(client.get(f"/tiles/sites/{at(z, *BEYOND)}.mvt").content) is seen, region


def test_far_out_only_ones_own_are_counted(world: dict[str, Any]) -> None:
    for region, seen in (("53", 3), ("5323", 1), ("532328", 1), ("5306", 2), (FOREIGN, 2), ("5325", 0)):
        found = sum(row["n"] for row in reading.rows(of(region), "sites", "4/12/6"))
        assert found == seen, region


def test_no_answer_for_programs_holds_foreign_names(world: dict[str, Any]) -> None:
    client = of("532328")
    paths = [
        f"/tiles/{layer}/{at(z, *BEYOND)}.mvt" for layer in ("sites", "projects", "county") for z in (6, 9, 12, 14)
    ]
    paths += [f"/maps/features/{layer}/{FOREIGN}000000.json" for layer in ("sites", "projects")]
    paths += ["/maps/features/sites/532328000000.json", "/maps/", f"/maps/?region={FOREIGN}000000"]
    for path in paths:
        assert "机密".encode() not in client.get(path).content, path
    assert "机密".encode() in of(FOREIGN).get(f"/tiles/sites/{at(12, *BEYOND)}.mvt").content


def test_the_scope_is_in_the_sql_and_row_security_behind_it(world: dict[str, Any]) -> None:
    """Each alone keeps foreign rows out."""
    layer = registry.known("sites")
    z, x, y = (int(part) for part in at(12, *BEYOND).split("/"))
    with region_scope("53") as province:
        assert queries.tile(layer, province, z, x, y)
    with region_scope("532328") as county:
        assert not queries.tile(layer, county, z, x, y)
        assert not queries.tile(layer, province, z, x, y), "row security stands where the question asks too much"
    with region_scope("53"):
        assert not queries.tile(layer, county, z, x, y), "the question stands where row security lets more through"


def test_a_project_is_on_the_map_of_every_county_it_touches() -> None:
    project(place=HERE, name="两地水库", counties={f"{FOREIGN}000000": "flooded"})
    for region, seen in (("532328", 1), (FOREIGN, 1), ("53", 1), ("5323", 1), ("5306", 1), ("532329", 0)):
        found = reading.rows(of(region), "projects", at(12, *HERE))
        assert [row["name"] for row in found] == ["两地水库"] * seen, region
        listed = of(region).get(f"/maps/features/projects/{region.ljust(12, '0')}.json").json()
        assert listed["total"] == seen, region


# --- tags


def test_each_area_and_each_layer_has_its_own_tag(world: dict[str, Any]) -> None:
    tags = [
        of(region).get(f"/tiles/{layer}/{at(12, *HERE)}.mvt")["ETag"]
        for region in REGIONS
        for layer in ("sites", "projects")
    ]
    assert len(set(tags)) == len(tags)
    borders = {of(region).get(f"/tiles/county/{at(9, *HERE)}.mvt")["ETag"] for region in REGIONS}
    assert len(borders) == 1, "borders are the same for everybody"


def test_a_person_who_moves_to_another_area_is_not_answered_from_the_old_one(world: dict[str, Any]) -> None:
    path = f"/tiles/sites/{at(12, *HERE)}.mvt"
    held = of("532328").get(path)["ETag"]
    answer = of(FOREIGN).get(path, headers={"If-None-Match": held})
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("change", ["insert", "update", "delete"])
def test_each_change_of_a_row_changes_the_tag(world: dict[str, Any], change: str) -> None:
    path, client = f"/tiles/sites/{at(12, *HERE)}.mvt", of("53")
    held = client.get(path)["ETag"]
    if change == "insert":
        site(of=world["here"], name="新点")
    elif change == "update":
        ResettlementSite.objects.filter(name="本地安置点").update(name="改名")
    else:
        ResettlementSite.objects.filter(name="本地安置点").delete()
    versions.forget()
    answer = client.get(path, headers={"If-None-Match": held})
    assert answer.status_code == 200
    assert answer["ETag"] != held


def test_a_change_far_away_leaves_the_tag_of_a_county(world: dict[str, Any]) -> None:
    path, client = f"/tiles/sites/{at(12, *HERE)}.mvt", of("532328")
    held = client.get(path)["ETag"]
    ResettlementSite.objects.filter(name__startswith="机密").update(plan_people=1)
    versions.forget()
    assert client.get(path, headers={"If-None-Match": held}).status_code == 304


@pytest.mark.parametrize("header", ['"x"', "*x", "", 'W/"other"', '"a", "b"'])
def test_a_foreign_tag_is_no_reason_to_stay_silent(world: dict[str, Any], header: str) -> None:
    answer = of("53").get(f"/tiles/sites/{at(12, *HERE)}.mvt", headers={"If-None-Match": header})
    assert answer.status_code == 200


@pytest.mark.parametrize("form", ["{}", "W/{}", '"old", {}', '"old", W/{}'])
def test_a_held_tag_is_known_in_every_form(world: dict[str, Any], form: str) -> None:
    path, client = f"/tiles/sites/{at(12, *HERE)}.mvt", of("53")
    tag = client.get(path)["ETag"]
    assert client.get(path, headers={"If-None-Match": form.format(tag)}).status_code == 304


def test_lists_and_borders_have_tags_of_their_language(world: dict[str, Any]) -> None:
    for path in ("/maps/features/sites/532328000000.json", "/maps/shapes/532300000000/county.json"):
        client = of("532328")
        first = client.get(path)
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
        client.cookies["django_language"] = "en"
        assert client.get(path)["ETag"] != first["ETag"], path


def test_no_shared_cache_keeps_it(world: dict[str, Any]) -> None:
    answer = of("53").get(f"/tiles/sites/{at(12, *HERE)}.mvt")
    assert "private" in answer["Cache-Control"]
    assert {"Cookie", "Accept-Encoding"} <= set(answer["Vary"].split(", "))


# --- versions are remembered for moments


def test_a_version_is_asked_once_in_a_while(world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(versions.time, "monotonic", lambda: now[0])
    layer = registry.known("sites")
    with region_scope("53"):
        before = versions.of(layer)
        ResettlementSite.objects.update(plan_people=7)
        with CaptureQueriesContext(connection) as asked:
            assert versions.of(layer) == before
        assert len(asked) == 0
        now[0] += versions.FRESH_FOR
        assert versions.of(layer) != before


def test_what_is_remembered_does_not_grow_for_ever(world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "FULL", 3)
    layer = registry.known("sites")
    for region in REGIONS:
        with region_scope(region):
            versions.of(layer)
            assert len(versions._kept) <= 3


def test_one_version_a_scope(world: dict[str, Any]) -> None:
    layer = registry.known("sites")
    found = set()
    for region in ("53", "532328", FOREIGN):
        with region_scope(region):
            found.add(versions.of(layer))
    assert len(found) == 3
    with region_scope("532329"):
        assert versions.of(layer) == "0-0", "nothing to see, and it says no more"


# --- slow and broken


def test_a_tile_that_takes_too_long_is_told_to_come_later(
    world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*arguments: Any) -> bytes:
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr(queries, "tile", slow)
    answer = of("53").get(f"/tiles/sites/{at(12, *HERE)}.mvt")
    assert (answer.status_code, answer.content, answer["Retry-After"]) == (503, b"", "5")


def test_the_limit_is_real(world: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    calm = queries.CALM.replace("'3000'", "'50'")
    monkeypatch.setattr(queries, "CALM", calm)
    layer = registry.Layer(
        "slow",
        "slow",
        registry.known("sites").permission,
        f"SELECT * FROM ({registry.known('sites').rows}) AS s, pg_sleep(2)",
        ("code",),
        lambda: "1",
    )
    monkeypatch.setitem(registry._layers, "slow", layer)
    assert of("53").get(f"/tiles/slow/{at(12, *HERE)}.mvt").status_code == 503


def test_reading_the_map_writes_nothing(world: dict[str, Any]) -> None:
    before = Project.objects.count(), ResettlementSite.objects.count()
    client = of("53")
    for path in ("/maps/", f"/tiles/sites/{at(6, *HERE)}.mvt", "/maps/features/projects/530000000000.json"):
        assert client.get(path).status_code == 200
        assert client.post(path).status_code == 405
    assert (Project.objects.count(), ResettlementSite.objects.count()) == before


def test_a_stranger_is_sent_to_the_door(world: dict[str, Any]) -> None:
    for path in ("/maps/", "/tiles/county/6/50/27.mvt", "/maps/shapes/530000000000/prefecture.json"):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert "/login/" in answer["Location"]


def test_borders_that_change_while_one_looks_have_a_new_tag(world: dict[str, Any]) -> None:
    path, client = f"/tiles/county/{at(9, *HERE)}.mvt", of("532328")
    held = client.get(path)["ETag"]
    Edition.objects.update(source="改版")
    versions.forget()
    answer = client.get(path, headers={"If-None-Match": held})
    assert (answer.status_code, answer["ETag"] == held) == (200, False)
