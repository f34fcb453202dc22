"""The ground of the sample: real projects, invented sites in true counties, the same each time."""

import io
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from PIL import Image

from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.network.projects.models import Milestone, ProjectRegion
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.services import guards
from anzhi.sample import ground
from anzhi.sample.chance import stream
from anzhi.sample.ground import projects, sites
from anzhi.sample.ground.scene import draw

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 11, 22)


def quiet(_said: str) -> None:
    """Nothing."""


@pytest.fixture
def built(system: None) -> set[str]:
    """Projects and sites, without pictures."""
    found = projects.build(AS_OF, quiet)
    sites.build(AS_OF, quiet)
    return found


def test_about_six_hundred_sites_each_where_it_belongs(built: set[str]) -> None:
    rows = list(ResettlementSite.objects.select_related("project"))
    assert 560 <= len(rows) <= 640
    assert guards.strays(rows) == []
    assert all(row.sample and not guards.lacking(row) for row in rows)
    assert len({row.region_code for row in rows}) == len(rows)
    touched = set(ProjectRegion.objects.values_list("project_id", "region_code"))
    assert all((row.project_id, row.region_code[:6] + "000000") in touched for row in rows)
    assert not any(row.project.suspended for row in rows)
    assert {row.state for row in rows if row.project.build == "planned"} == {"planned"}
    assert not Milestone.objects.exists(), "no milestone of a real project is invented"
    assert len(built) > 10
    assert all(len(code) == 12 and code.endswith("000000") for code in built)
    assert built <= {code for _project, code in touched}


def facts() -> list[tuple[object, ...]]:
    fields = ("code", "name", "region_code", "point", "state", "plan_people", "moved_people", "accepted_on")
    return list(ResettlementSite.objects.order_by("code").values_list(*fields))


def test_it_is_the_same_each_time_and_safe_to_repeat(built: set[str]) -> None:
    first = facts()
    sites.build(AS_OF, quiet)
    assert facts() == first
    ResettlementSite.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM projects_numbering WHERE prefix LIKE '%-S'")
    sites.build(AS_OF, quiet)
    assert facts() == first


@pytest.mark.parametrize("thing", ["dam", "village"])
def test_a_scene_is_a_small_picture_with_its_time(thing: str) -> None:
    data = draw(thing, stream("a"), datetime(2026, 11, 2, 9, 20, tzinfo=UTC))
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (800, 600)
        assert image.getexif().get_ifd(0x8769)[0x9003] == "2026:11:02 09:20:00"
    assert len(data) < 120_000
    assert data == draw(thing, stream("a"), datetime(2026, 11, 2, 9, 20, tzinfo=UTC))
    assert data != draw(thing, stream("b"), datetime(2026, 11, 2, 9, 20, tzinfo=UTC))


def test_all_of_it(system: None, settings: object, tmp_path: object) -> None:
    settings.FILES_ROOT = tmp_path  # type: ignore[attr-defined]
    said: list[str] = []
    ground.build(AS_OF, said.append)
    assert [line.split()[1] for line in said] == ["projects", "sites", "pictures"]
    assert said[2] == "42 pictures"
    with region_scope("532328"):
        assert ResettlementSite.objects.count() < 60
    with system_scope():
        assert ResettlementSite.objects.count() > 500
