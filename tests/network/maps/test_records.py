"""The map on a record: the thing itself, its sites, its counties; only what the reader may see."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anzhi.foundation.access.scope import system_scope
from anzhi.network.projects.models import Project
from anzhi.network.sites.models import ResettlementSite
from harness.people import FOREIGN, client_for, code12
from network.projects.factories import project
from network.sites.factories import site

pytestmark = pytest.mark.django_db
QIAOJIA = (103.0, 27.05)
HERE, BEYOND = code12("532328"), code12(FOREIGN)
Made = tuple[Project, ResettlementSite, ResettlementSite]


@pytest.fixture
def made() -> Made:
    """A dam here with a site here and one in a county that receives its people."""
    with system_scope():
        dam = project(place=(101.87, 25.7), name="乌东河水电站", counties={BEYOND: "receives"})
        near = site(of=dam, name="江边安置点")
        return dam, near, site(of=dam, name="远迁安置点", region=FOREIGN, place=QIAOJIA)


def data(client: Client, page: str, code: str) -> dict[str, Any]:
    """What the map's script is given."""
    answer = client.get(reverse(page, args=[code]))
    assert answer.status_code == 200
    found = re.search(r'<script id="record-map"[^>]*>(.*?)</script>', answer.text, re.DOTALL)
    assert found
    return json.loads(found[1])


def shown(client: Client, page: str, code: str) -> list[str]:
    return [spot["name"] for spot in data(client, page, code)["spots"]]


def test_a_project_shows_itself_its_sites_and_every_county_it_touches(made: Made) -> None:
    found = data(client_for("officer", region="53"), "projects:project", made[0].code)
    assert [(spot["name"], spot["mark"], bool(spot.get("own"))) for spot in found["spots"]] == [
        ("乌东河水电站", "dam", True),
        ("江边安置点", "site", False),
        ("远迁安置点", "site", False),
    ]
    assert found["counties"] == [HERE, BEYOND]
    assert found["shapes"] == ["/maps/shapes/530600000000/county.json", "/maps/shapes/532300000000/county.json"]
    assert found["spots"][0]["lon"] == pytest.approx(101.87)
    assert found["spots"][1]["url"] == reverse("sites:site", args=[made[1].code])


def test_sites_of_other_areas_are_not_on_it(made: Made) -> None:
    assert shown(client_for("officer"), "projects:project", made[0].code) == ["乌东河水电站", "江边安置点"]
    beyond = client_for("officer", region=FOREIGN)
    assert shown(beyond, "projects:project", made[0].code) == ["乌东河水电站", "远迁安置点"]
    assert "江边安置点" not in beyond.get(reverse("projects:project", args=[made[0].code])).text


def test_a_site_shows_its_dam_and_its_neighbours(made: Made) -> None:
    found = data(client_for("officer"), "sites:site", made[1].code)
    assert [(spot["name"], bool(spot.get("own"))) for spot in found["spots"]] == [
        ("江边安置点", True),
        ("乌东河水电站", False),
    ]
    assert found["counties"] == [HERE]
    assert found["spots"][1]["url"] == reverse("projects:project", args=[made[0].code])
    assert shown(client_for("officer", region="53"), "sites:site", made[1].code)[2:] == ["远迁安置点"]


def test_a_project_whose_place_nobody_knows_shows_its_counties_and_says_so() -> None:
    with system_scope():
        dam = project()
    client = client_for("officer")
    assert data(client, "projects:project", dam.code)["spots"] == []
    assert "坐标待核实；图中为其涉及的县" in client.get(reverse("projects:project", args=[dam.code])).text
    with system_scope():
        settled = site(of=dam)
    assert "坐标待核实；图中" not in client.get(reverse("sites:site", args=[settled.code])).text
    assert shown(client, "sites:site", settled.code) == [settled.name]


def test_the_page_brings_what_the_map_needs_and_names_the_counties(made: Made) -> None:
    text = client_for("officer").get(reverse("projects:project", args=[made[0].code])).text
    for part in ("maps/js/record.js", "maps/css/record.css", "maplibre-gl.css", "anzhi/map-record-flat"):
        assert part in text
    legend = text.split("az-rm-tint")[1].split("</span>")[0]
    assert "元谋县" in legend
    assert "巧家县" in legend
    assert "鲁甸县" not in legend
    assert "按部署地批准填写" in text
