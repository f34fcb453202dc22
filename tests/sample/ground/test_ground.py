"""The ground of the sample as one step: projects, sites, pictures, the same each time and safe to repeat."""

from pathlib import Path
from typing import Any

import pytest

from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.network.projects.models import Milestone, ProjectRegion
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.services import guards
from anzhi.sample import ground
from sample.ground.building import AS_OF, built

pytestmark = pytest.mark.usefixtures("system")
FIELDS = ("code", "name", "region_code", "point", "state", "plan_people", "moved_people", "accepted_on")


def facts() -> list[tuple[object, ...]]:
    return list(ResettlementSite.objects.order_by("code").values_list(*FIELDS))


def test_all_of_it(settings: Any, tmp_path: Path) -> None:
    before = [tuple(getattr(row, name) for name in FIELDS) for row in built()]
    ResettlementSite.objects.all().delete()
    settings.FILES_ROOT = tmp_path
    said: list[str] = []
    builders = ground.build(AS_OF, said.append)
    assert [line.split()[1] for line in said] == ["projects", "sites", "pictures"]
    assert said[2] == "42 pictures"
    assert [row[1:] for row in facts()] == [row[1:] for row in before], "the same each time"
    with region_scope("532328"):
        assert ResettlementSite.objects.count() < 60
    with system_scope():
        assert ResettlementSite.objects.count() > 500
    assert not Milestone.objects.exists(), "no milestone of a real project is invented"
    touched = {code for (code,) in ProjectRegion.objects.values_list("region_code")}
    assert len(builders) > 10
    assert all(len(code) == 12 and code.endswith("000000") for code in builders)
    assert builders <= touched


def test_every_site_keeps_the_rules_of_its_app() -> None:
    rows = built()
    assert 560 <= len(rows) <= 640
    assert all(row.sample and not guards.lacking(row) for row in rows)
    assert len({row.region_code for row in rows}) == len(rows)
    assert not any(row.project.suspended for row in rows)
    assert {row.state for row in rows if row.project.build == "planned"} == {"planned"}
