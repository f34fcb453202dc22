"""The 83 real projects, as the sheet tells them and no further."""

from decimal import Decimal

import pytest
from django.core.management import call_command

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.context import Scope
from anzhi.network.projects import queries
from anzhi.network.projects.loading import load
from anzhi.network.projects.models import Milestone, Project
from harness.people import code12

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]
ALL = Scope("")


@pytest.fixture
def loaded(system: None) -> None:
    load(by=SYSTEM)


def named(name: str) -> Project:
    return Project.objects.get(name=name)


@pytest.mark.usefixtures("loaded")
def test_all_are_there_once() -> None:
    sums = queries.sums(ALL)
    assert [sums[key] for key in ("all", "waiting", "going", "built", "suspended_now")] == [83, 5, 1, 72, 5]
    assert load(by=SYSTEM) == 0
    call_command("load_projects", verbosity=0)
    assert Project.objects.count() == 83


@pytest.mark.usefixtures("loaded")
def test_what_nobody_knows_stays_unknown_and_is_counted() -> None:
    gaps = {key: n for key, _label, n in queries.gaps(ALL)}
    assert (gaps["owner"], gaps["point"]) == (46, 28)
    assert Milestone.objects.count() == 0
    assert set(Project.objects.values_list("competent_dept", "stage")) == {("", "")}
    assert [str(label) for label in queries.lacking(named("南沙水电站"))][:3] == [
        "Owner",
        "Competent department",
        "Position",
    ]


@pytest.mark.usefixtures("loaded")
def test_a_line_arrives_whole() -> None:
    ahai = named("阿海水电站")
    assert (ahai.region_code, ahai.basin, ahai.kind, ahai.build) == (code12("530721"), "JS", "hydropower", "built")
    assert (ahai.installed_mw, ahai.normal_level_m, ahai.in_service_year) == (Decimal(2000), Decimal(1504), 2014)
    assert (ahai.plan_people, ahai.plan_people_whole, ahai.plan_production, ahai.plan_production_whole) == (
        2310,
        2538,
        2966,
        3018,
    )
    assert (ahai.basis, ahai.note[:5]) == ("W,S", "左岸宁蒗县")
    assert queries.regions_of(ahai) == {code12("530724"): "involved"}
    assert named("戛洒江一级水电站").suspended
    assert named("暮底河水库").installed_mw is None


@pytest.mark.usefixtures("loaded")
def test_an_uncertain_position_is_kept_with_its_reason() -> None:
    strays = Project.objects.exclude(point_reason="")
    assert {row.name for row in strays} == {"乌弄龙水电站", "里底水电站"}
    assert all("坐标±" in row.point_reason and row.point_outside_m > 3000 for row in strays)


@pytest.mark.usefixtures("loaded")
def test_counties_where_something_is_built() -> None:
    found = queries.builders(2015)
    assert code12("533422") in found
    assert all(len(code) == 12 for code in found)
    assert found < queries.builders(1900)


@pytest.mark.usefixtures("loaded")
def test_search_knows_every_project() -> None:
    assert len(list(queries.findable())) == 83
