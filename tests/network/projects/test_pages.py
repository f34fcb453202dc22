"""Pages of projects: what they show, to whom, and that what is entered is kept."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anzhi.foundation.access.scope import system_scope
from anzhi.network.projects.models import Milestone, Project
from anzhi.network.projects.services.milestones import set_milestone
from harness import pictures
from harness.people import actor, client_for, code12
from network.projects.factories import YUANMOU, project
from network.sites.factories import site

pytestmark = pytest.mark.django_db
YONGREN = "532327"
MOST_QUERIES = 14


@pytest.fixture
def dam() -> Project:
    """A dam in 元谋 with a milestone, a site, plan and done; it floods land in 永仁."""
    with system_scope():
        made = project(
            name="龙川江一级水电站",
            place=YUANMOU,
            counties={code12(YONGREN): "flooded"},
            installed_mw=2400,
            plan_people=1200,
            moved_people=900,
            build="planned",
            basis="W,K",
            note="坐标±0.05°",
        )
        set_milestone(by=actor("officer"), project=made, step="notice", on=date(2015, 1, 1), document="云府〔2015〕1号")
        site(of=made, name="江边集镇安置点", lived_in=True, sample=True)
        return made


@pytest.fixture
def elsewhere() -> Project:
    """A dam in another prefecture."""
    with system_scope():
        return project(name="远方水电站", region="530622", installed_mw=777)


@pytest.fixture
def officer() -> Client:
    return client_for("officer")


def shown(client: Client, name: str, *args: object, **params: object) -> str:
    response = client.get(reverse(f"projects:{name}", args=args), params)
    assert response.status_code == 200, response.content.decode()[:2000]
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_list_sums_what_it_shows_of_one_s_area(dam: Project, elsewhere: Project, officer: Client) -> None:
    with system_scope():
        project(name="小水电站", installed_mw=100)
        project(name="示例水库", kind="reservoir", regime="water")
    page = shown(officer, "index")
    assert "龙川江一级水电站" in page
    assert "250.0" in page, "240 + 10, in 万千瓦"
    assert "远方水电站" not in page


@pytest.mark.parametrize(
    ("params", "there"),
    [
        ({"works": "planned"}, True),
        ({"works": "built"}, False),
        ({"works": "suspended"}, False),
        ({"kind": "hydropower"}, True),
        ({"basin": "LC"}, False),
        ({"river": "金沙江"}, True),
        ({"size": "large"}, True),
        ({"size": "small"}, False),
        ({"area": "532328000000"}, True),
        ({"q": "龙川江"}, True),
        ({"q": "小湾"}, False),
    ],
)
def test_filters(dam: Project, officer: Client, params: dict[str, str], there: bool) -> None:
    assert ("龙川江一级水电站" in shown(officer, "index", **params)) is there


def test_an_area_filter_finds_a_project_by_any_county_it_touches(dam: Project) -> None:
    client = client_for("officer", region="5323")
    assert "龙川江一级水电站" in shown(client, "index", area=code12(YONGREN))
    assert "龙川江一级水电站" not in shown(client, "index", area=code12("532329"))


def test_the_record_shows_all_there_is(dam: Project, officer: Client) -> None:
    page = shown(officer, "project", dam.code)
    for words in (
        "1,200",
        "停建通告",
        "2015-01-01",
        "云府〔2015〕1号",
        "江边集镇安置点",
        "示例",
        "75%",
        "待核实",
        "元谋县、永仁县",
    ):
        assert words in page
    for words in ("实物调查", "坐标±0.05°", "101.8700°E", "公开的电站数据库"):
        assert words in page


def test_every_county_it_touches_reads_and_only_its_own_writes(dam: Project) -> None:
    ours, theirs, foreign = (
        client_for("officer"),
        client_for("officer", region=YONGREN),
        client_for("officer", region="530622"),
    )
    assert reverse("projects:change", args=[dam.code]) in shown(ours, "project", dam.code)
    page = shown(theirs, "project", dam.code)
    assert "龙川江一级水电站" in page
    assert reverse("projects:change", args=[dam.code]) not in page
    assert "江边集镇安置点" not in page, "a site is its own county's"
    assert theirs.get(reverse("projects:change", args=[dam.code])).status_code == 404
    for name in ("project", "change", "milestone", "photo"):
        answer = foreign.get(reverse(f"projects:{name}", args=[dam.code]))
        assert answer.status_code == 404
        assert "龙川江" not in answer.content.decode()
    assert client_for("sysadmin").get(reverse("projects:index")).status_code == 403
    assert client_for("leader").get(reverse("projects:new")).status_code == 403


def facts(**more: object) -> dict[str, object]:
    given = {"name": "新水电站", "kind": "hydropower", "regime": "hydropower", "build": "planned", "basin": "JS"}
    units = {"owner_org": "某公司", "competent_dept": "某办", "lon": YUANMOU[0], "lat": YUANMOU[1]}
    return given | units | {"region_code": code12("532328"), "counties": [code12(YONGREN)]} | more


def test_a_project_is_registered_and_changed_by_its_forms(officer: Client) -> None:
    answer = officer.post(reverse("projects:new"), facts(plan_investment="8,640,000,000.00"))
    assert answer.status_code == 302
    with system_scope():
        made = Project.objects.get(name="新水电站")
        assert (made.point.x, made.counties.count(), str(made.plan_investment)) == (YUANMOU[0], 2, "8640000000.00")
    assert answer["Location"] == reverse("projects:project", args=[made.code])
    assert "新水电站" in shown(officer, "change", made.code)
    officer.post(reverse("projects:change", args=[made.code]), facts(river="龙川江", counties=[], lon="", lat=""))
    with system_scope():
        made.refresh_from_db()
        assert (made.river, made.point, made.counties.count()) == ("龙川江", None, 1)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"lon": 102.41, "lat": 25.53}, "武定县"),
        ({"lon": YUANMOU[1], "lat": YUANMOU[0]}, "颠倒"),
        ({"lat": ""}, "经度和纬度应同时填写"),
        ({"owner_org": ""}, "id_owner_org_error"),
        ({"region_code": code12("530622")}, "region_code"),
    ],
)
def test_a_mistake_comes_back_in_words_with_the_input(officer: Client, wrong: dict[str, object], says: str) -> None:
    answer = officer.post(reverse("projects:new"), facts(**wrong))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert "新水电站" in page
    with system_scope():
        assert not Project.objects.exists()


def test_a_milestone_goes_through_the_guards_and_can_be_taken_back(dam: Project, officer: Client) -> None:
    where = reverse("projects:milestone", args=[dam.code])
    refused = officer.post(where, {"step": "outline", "on": "2016-01-01"})
    assert refused.status_code == 422
    assert "第7条" in refused.content.decode()
    assert officer.get(where, {"step": "inventory"}).status_code == 200
    assert officer.post(where, {"step": "inventory", "on": "2015-12-01"}).status_code == 302
    paper = SimpleUploadedFile("公示.pdf", b"%PDF-1.4\n%%EOF\n")
    upload = reverse("projects:document", args=[dam.code, "inventory"])
    assert officer.get(upload).status_code == 200
    assert officer.post(upload, {"document": paper}).status_code == 302
    assert "公示.pdf" in shown(officer, "project", dam.code)
    answer = officer.post(
        reverse("projects:milestone_remove", args=[dam.code, "inventory"]), {"reason": "录入错误，应为十一月"}
    )
    assert answer.status_code == 302
    with system_scope():
        assert list(Milestone.objects.values_list("step", flat=True)) == ["notice"]


def test_a_photo_is_added_from_a_viewpoint(dam: Project, officer: Client) -> None:
    where = reverse("projects:photo", args=[dam.code])
    assert officer.get(where).status_code == 200
    picture = SimpleUploadedFile("a.jpg", pictures.photo())
    assert officer.post(where, {"photo": picture, "viewpoint": "upstream"}).status_code == 302
    assert "坝址上游" in shown(officer, "project", dam.code)


def test_gaps_are_counted_listed_and_exported(dam: Project, officer: Client) -> None:
    page = shown(officer, "gaps")
    assert "龙川江一级水电站" in page
    assert "正常蓄水位" in page
    assert "龙川江一级水电站" not in shown(officer, "gaps", fact="owner")
    sheet = b"".join(officer.get(reverse("projects:gaps"), {"export": "csv"})).decode("utf-8-sig")
    assert "龙川江一级水电站" in sheet


@pytest.mark.parametrize("name", ["index", "gaps", "project"])
def test_few_questions_whatever_the_length(dam: Project, officer: Client, name: str) -> None:
    arguments = [dam.code] if name == "project" else []
    shown(officer, name, *arguments)
    with CaptureQueriesContext(connection) as asked:
        shown(officer, name, *arguments)
    few = len([one for one in asked if one["sql"].startswith("SELECT")])
    with system_scope():
        for _number in range(5):
            project()
    with CaptureQueriesContext(connection) as asked:
        shown(officer, name, *arguments)
    assert len([one for one in asked if one["sql"].startswith("SELECT")]) == few
