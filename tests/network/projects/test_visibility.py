"""A project is read by every county it touches and those above them, and by nobody else."""

from datetime import date

import pytest
from django.db import connection

from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.scope import no_scope, region_scope, system_scope
from anzhi.network.projects import queries
from anzhi.network.projects.models import Milestone, Project
from anzhi.network.projects.services.milestones import set_milestone
from harness.people import actor, code12
from network.projects.factories import project

pytestmark = pytest.mark.django_db
YONGREN = "532327"


@pytest.fixture
def shared() -> Project:
    """A dam in 元谋 that floods land in 永仁."""
    with system_scope():
        made = project(counties={code12(YONGREN): "flooded"}, build="planned")
        set_milestone(by=actor("officer"), project=made, step="notice", on=date(2015, 1, 1))
        return made


@pytest.mark.parametrize(
    ("prefix", "seen"),
    [("", True), ("53", True), ("5323", True), ("532328", True), (YONGREN, True), ("532329", False), ("5306", False)],
)
def test_who_sees_it(shared: Project, prefix: str, seen: bool) -> None:
    with region_scope(prefix):
        assert Project.objects.filter(pk=shared.pk).exists() is seen
        assert Milestone.objects.filter(project=shared).exists() is seen
        assert (queries.project(Scope(prefix), shared.code) is not None) is seen
        assert queries.count(Scope(prefix)) == seen
        assert (queries.sums(Scope(prefix))["all"] == 1) is seen


def test_without_a_scope_there_is_nothing(shared: Project) -> None:
    with no_scope():
        assert not Project.objects.exists()
        assert not Milestone.objects.exists()
    assert not queries.projects(None).exists()


def test_an_involved_county_reads_and_cannot_write(shared: Project) -> None:
    with region_scope(YONGREN), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_project SET name = 'x' WHERE id = %s", [shared.pk])
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM projects_milestone WHERE project_id = %s", [shared.pk])
        assert cursor.rowcount == 0
    with region_scope("532328"), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_project SET river = 'x' WHERE id = %s", [shared.pk])
        assert cursor.rowcount == 1


def test_a_project_counts_once_however_many_of_its_counties_are_mine(shared: Project) -> None:
    with region_scope("5323"):
        assert queries.sums(Scope("5323"))["all"] == 1
        assert len(queries.projects(Scope("5323"))) == 1
