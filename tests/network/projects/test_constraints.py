"""What the register's tables refuse by themselves, and that the services say it first, in words."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from anzhi.network.projects.models import Milestone, Project, ProjectRegion
from anzhi.network.projects.services import register
from harness.people import actor
from network.projects.factories import project

pytestmark = pytest.mark.usefixtures("system")
OFFICER = actor("officer")


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("project_capacity", {"installed_mw": -1}),
        ("project_dead_below_normal", {"dead_level_m": 100, "normal_level_m": 100}),
        ("project_dead_below_normal", {"dead_level_m": 101, "normal_level_m": 100}),
        ("project_normal_below_check", {"normal_level_m": 101, "check_level_m": 100}),
    ],
)
def test_figures_that_cannot_be_are_refused_twice(constraint: str, facts: dict[str, int]) -> None:
    made = project()
    with pytest.raises(ValidationError):
        register.change(by=OFFICER, project=made, **facts)
    with pytest.raises(ValidationError):
        project(**facts)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Project.objects.update(**facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"installed_mw": 0},
        {"normal_level_m": 100, "check_level_m": 100},
        {"dead_level_m": 99, "normal_level_m": 100},
        {"dead_level_m": 500, "check_level_m": 1},
    ],
)
def test_figures_at_their_edges_are_taken(facts: dict[str, int]) -> None:
    assert register.change(by=OFFICER, project=project(), **facts).pk


def test_a_county_stands_once_in_a_role() -> None:
    hub = ProjectRegion.objects.get(project=project())
    hub.pk = None
    with pytest.raises(IntegrityError, match="project_region_role"), transaction.atomic():
        hub.save(force_insert=True)


def test_a_milestone_stands_once() -> None:
    made = project()
    facts = {"project": made, "region_code": made.region_code, "step": "notice", "on": date(2020, 1, 1)}
    Milestone.objects.create(**facts)
    with pytest.raises(IntegrityError, match="milestone_once"), transaction.atomic():
        Milestone.objects.create(**facts)


@pytest.mark.parametrize("name", ["同名", " 同名 "])
def test_one_name_in_a_county_and_the_same_name_in_another(name: str) -> None:
    project(name="同名")
    with pytest.raises(ValidationError, match="already has a project"):
        project(name=name)
    assert project(name=name, region="530622").name == "同名"


def test_a_refused_change_leaves_the_record_as_it_was() -> None:
    made = project(installed_mw=100)
    with pytest.raises(ValidationError):
        register.change(by=OFFICER, project=made, installed_mw=-5, name="别名")
    made.refresh_from_db()
    assert (made.installed_mw, made.name != "别名") == (100, True)


@pytest.mark.parametrize("counties", [{"539999000000": "flooded"}, {"110101000000": "flooded"}, {"x": "hub"}])
def test_a_county_that_is_not_there_is_refused_and_nothing_is_stored(counties: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="no region"):
        project(counties=counties)
    assert not Project.objects.exists()
