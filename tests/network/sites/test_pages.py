"""Pages of sites: what they show, to whom, and that what is entered is kept."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anzhi.foundation.access.scope import system_scope
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.rules import SERVICES
from harness import pictures
from harness.people import client_for, code12
from network.projects.factories import YUANMOU, project
from network.sites.factories import site

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> ResettlementSite:
    """A site people live in."""
    with system_scope():
        return site(lived_in=True, sample=True, risks=["landslide"])


@pytest.fixture
def officer() -> Client:
    return client_for("officer")


def shown(client: Client, name: str, *args: object, **params: object) -> str:
    response = client.get(reverse(f"sites:{name}", args=args), params)
    assert response.status_code == 200, response.content.decode()[:2000]
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_list_sums_what_it_shows_of_one_s_area(town: ResettlementSite, officer: Client) -> None:
    with system_scope():
        site(of=town.project, name="丙弄安置点", plan_people=570)
        site(region="530622", place=(103.5, 27.2), name="远方安置点", plan_people=77777, reason="测试用的位置")
    page = shown(officer, "index")
    assert "1,000" in page
    assert "远方安置点" not in page
    assert "77,777" not in page


@pytest.mark.parametrize(
    ("params", "there"),
    [
        ({"state": "occupied"}, True),
        ({"state": "planned"}, False),
        ({"kind": "town"}, True),
        ({"kind": "rural"}, False),
        ({"risk": "landslide"}, True),
        ({"risk": "bank"}, False),
        ({"risk": "any"}, True),
        ({"area": "532328000000"}, True),
        ({"q": "江边"}, True),
        ({"q": "河口"}, False),
        ({"project": "没有的工程"}, False),
    ],
)
def test_filters(town: ResettlementSite, officer: Client, params: dict[str, str], there: bool) -> None:
    assert ("江边集镇安置点" in shown(officer, "index", **params)) is there


def test_the_record_shows_all_there_is_and_says_that_it_is_invented(town: ResettlementSite, officer: Client) -> None:
    page = shown(officer, "site", town.code)
    for words in (
        "430",
        "120 户",
        "422",
        "100<small>%",
        "江边乡人民政府",
        "滑坡",
        "示例",
        "供水",
        "已完成",
        town.project.name,
    ):
        assert words in page


def test_others_see_nothing_of_it(town: ResettlementSite) -> None:
    foreign = client_for("officer", region="530622")
    for name in ("site", "change", "move", "photo"):
        answer = foreign.get(reverse(f"sites:{name}", args=[town.code]))
        assert answer.status_code == 404
        assert "江边集镇" not in answer.content.decode()
    leader = client_for("leader")
    assert reverse("sites:change", args=[town.code]) not in shown(leader, "site", town.code)
    assert leader.get(reverse("sites:change", args=[town.code])).status_code == 403
    assert client_for("sysadmin").get(reverse("sites:index")).status_code == 403


def facts(**more: object) -> dict[str, object]:
    works = {f"works_{name}": "none" for name in SERVICES}
    people = {"plan_households": 10, "plan_people": 36, "moved_households": 0, "moved_people": 0}
    units = {"competent_dept": "元谋县搬迁安置办", "owner_unit": "某村委会"}
    return (
        works
        | people
        | units
        | {
            "name": "新安置点",
            "kind": "rural",
            "lon": YUANMOU[0],
            "lat": YUANMOU[1],
            "region_code": "532328",
        }
        | more
    )


def test_a_site_is_registered_from_its_project_and_changed(officer: Client) -> None:
    with system_scope():
        dam = project()
    where = reverse("sites:new", args=[dam.code])
    assert officer.get(where).status_code == 200
    answer = officer.post(where, facts())
    assert answer.status_code == 302
    with system_scope():
        made = ResettlementSite.objects.get()
        assert (made.code, made.region_code) == (f"{dam.code}-S01", code12("532328"))
    assert "新安置点" in shown(officer, "change", made.code)
    answer = officer.post(reverse("sites:change", args=[made.code]), facts(plan_people=40, works_road="done"))
    assert answer.status_code == 302
    with system_scope():
        made.refresh_from_db()
        assert (made.plan_people, made.infrastructure["road"]) == (40, "done")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"lon": 102.41, "lat": 25.53}, "武定县"),
        ({"owner_unit": ""}, "owner_unit"),
        ({"region_code": "云南"}, "不是行政区划代码"),
        ({"region_code": "532328999000"}, "没有代码为"),
    ],
)
def test_a_mistake_comes_back_in_words(officer: Client, wrong: dict[str, object], says: str) -> None:
    with system_scope():
        dam = project()
    answer = officer.post(reverse("sites:new", args=[dam.code]), facts(**wrong))
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_the_next_state_must_be_earned(town: ResettlementSite, officer: Client) -> None:
    where = reverse("sites:move", args=[town.code])
    assert officer.get(where).status_code == 200
    assert officer.post(where, {"to": "planned", "on": "2026-05-06"}).status_code == 422
    assert officer.post(where, {"to": "accepted", "on": "2026-05-06"}).status_code == 302
    assert "已验收" in shown(officer, "site", town.code)


def test_a_photo_is_added_from_a_viewpoint(town: ResettlementSite, officer: Client) -> None:
    where = reverse("sites:photo", args=[town.code])
    assert officer.get(where).status_code == 200
    picture = SimpleUploadedFile("a.jpg", pictures.photo())
    assert officer.post(where, {"photo": picture, "viewpoint": "N"}).status_code == 302
    assert "北侧" in shown(officer, "site", town.code)
