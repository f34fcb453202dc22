"""Sites as people type them: codes of every length, degrees in every shape, and what comes back in words."""

import pytest
from django.test import Client
from django.urls import reverse

from anzhi.foundation.access.scope import system_scope
from anzhi.network.projects.models import Project
from anzhi.network.sites.forms import FactsForm, NewForm
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.rules import SERVICES
from harness.people import FOREIGN, client_for, code12
from network.projects.factories import YUANMOU, project

pytestmark = pytest.mark.django_db
VILLAGE = "532328101201"


@pytest.fixture
def officer() -> Client:
    return client_for("officer")


@pytest.fixture
def dam() -> Project:
    with system_scope():
        return project()


def given(**more: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "name": "新安置点",
        "kind": "rural",
        "region_code": "532328",
        "lon": YUANMOU[0],
        "lat": YUANMOU[1],
        "competent_dept": "元谋县搬迁安置办",
        "owner_unit": "某村委会",
        "plan_households": 10,
        "plan_people": 36,
        "moved_households": 0,
        "moved_people": 0,
    }
    return facts | {f"works_{name}": "none" for name in SERVICES} | more


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("532328", code12("532328")),
        (" 532328 ", code12("532328")),
        ("５３２３２８", code12("532328")),
        ("532328000000", code12("532328")),
        ("5323 2810 1201", VILLAGE),
        ("532328101", "532328101000"),
        ("532328.0", code12("532328")),
    ],
)
def test_a_code_is_read_as_people_write_it(typed: str, kept: str) -> None:
    form = NewForm(given(region_code=typed))
    assert form.is_valid(), form.errors
    assert form.facts()["region_code"] == kept


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("53232", "不是行政区划代码"),
        ("5323281012010", "不是行政区划代码"),
        ("元谋县", "不是行政区划代码"),
        ("53232a", "不是行政区划代码"),
        ("532331", "不在您的辖区内"),  # 禄丰县, dissolved in 2021: now 532302
        ("530622", "不在您的辖区内"),
        ("532328999", "没有代码为"),
        ("", "id_region_code_error"),
    ],
)
def test_a_code_that_is_none_is_refused_in_words(officer: Client, dam: Project, typed: str, says: str) -> None:
    answer = officer.post(reverse("sites:new", args=[dam.code]), given(region_code=typed))
    assert answer.status_code == 422
    assert says in answer.text
    with system_scope():
        assert not ResettlementSite.objects.exists()


def test_a_site_of_another_county_is_not_ones_to_register(officer: Client, dam: Project) -> None:
    answer = officer.post(reverse("sites:new", args=[dam.code]), given(region_code=FOREIGN, lon=103.0, lat=27.05))
    assert answer.status_code == 422
    assert "不在您的辖区内" in answer.text
    with system_scope():
        assert not ResettlementSite.objects.exists()


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ((YUANMOU[1], YUANMOU[0]), "颠倒"),
        ((0, 0), "都是零"),
        ((102.41, 25.53), "武定县"),
        ((104.1, 30.6), "省"),
        (("101°52′12″", "25°42′"), "id_lon_error"),
        (("nan", 25.7), "lon"),
        (("inf", 25.7), "lon"),
        ((34557000.5, 2843000.1), "id_lon"),
        ((557000.5, 2843000.1), "id_lon"),
        ((181, 25.7), "id_lon"),
        (("", ""), "id_lon_error"),
    ],
    ids=["swapped", "null island", "next county", "next province", "dms", "nan", "inf", "zone", "gauss", "181", "none"],
)
def test_a_place_that_is_none_is_refused_in_its_field(
    officer: Client, dam: Project, place: tuple[object, object], says: str
) -> None:
    answer = officer.post(reverse("sites:new", args=[dam.code]), given(lon=place[0], lat=place[1]))
    assert answer.status_code == 422
    assert says in answer.text
    assert "新安置点" in answer.text, "what was typed is still there"
    with system_scope():
        assert not ResettlementSite.objects.exists()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("plan_households", "-1"),
        ("plan_people", "3.5"),
        ("plan_people", "many"),
        ("moved_people", ""),
        ("kind", "castle"),
        ("works_road", "perhaps"),
        ("risks", ["flood"]),
        ("land_mu", "1e9"),
        ("land_mu", "-5"),
        ("assessed_on", "2026-02-30"),
        ("assessed_on", "昨天"),
        ("name", "长" * 81),
        ("name", " "),
    ],
)
def test_each_field_says_what_is_wrong_with_it(name: str, typed: object) -> None:
    form = NewForm(given(**{name: typed}))
    assert not form.is_valid()
    assert list(form.errors) == [name]


def test_works_and_place_come_together_as_the_services_take_them() -> None:
    form = FactsForm(given(works_road="done", works_school="na", risks=["landslide", "bank"], reported_on="2026-09-08"))
    assert form.is_valid(), form.errors
    facts = form.facts()
    assert facts["place"] == YUANMOU
    assert facts["infrastructure"] == dict.fromkeys(SERVICES, "none") | {"road": "done", "school": "na"}
    assert facts["risks"] == ["landslide", "bank"]
    assert not any(name.startswith("works_") for name in facts)


def test_a_reason_lets_a_site_stand_beyond_the_border(officer: Client, dam: Project) -> None:
    where = reverse("sites:new", args=[dam.code])
    far = given(lon=102.41, lat=25.53)
    assert officer.post(where, far | {"reason": "远"}).status_code == 422
    assert officer.post(where, far | {"reason": "外迁至武定县，由元谋县管理"}).status_code == 302
    with system_scope():
        assert ResettlementSite.objects.get().point_reason == "外迁至武定县，由元谋县管理"
    code = f"{dam.code}-S01"
    page = officer.get(reverse("sites:site", args=[code]))
    assert "外迁至武定县，由元谋县管理" in page.text
    assert "外迁至武定县" in officer.get(reverse("sites:change", args=[code])).text


def test_markup_in_a_name_is_text(officer: Client, dam: Project) -> None:
    answer = officer.post(
        reverse("sites:new", args=[dam.code]), given(name="<script>x</script>", owner_unit="a&b\"'<i>")
    )
    assert answer.status_code == 302
    for path in (answer["Location"], reverse("sites:index"), reverse("projects:project", args=[dam.code]), "/maps/"):
        text = officer.get(path).text
        assert "<script>x" not in text, path
        assert '<i>"' not in text, path


def test_a_dissolved_county_is_unknown_above_it_too(dam: Project) -> None:
    prefecture = client_for("officer", region="5323")
    answer = prefecture.post(reverse("sites:new", args=[dam.code]), given(region_code="532331"))
    assert answer.status_code == 422
    assert "没有代码为" in answer.text


def test_a_site_is_found_by_search_the_moment_it_is_there(officer: Client, dam: Project) -> None:
    where = officer.post(reverse("sites:new", args=[dam.code]), given(name="花同新村安置点"))["Location"]
    assert where in officer.get("/search/?q=花同").text
    assert where not in client_for("officer", region=FOREIGN).get("/search/?q=花同").text
