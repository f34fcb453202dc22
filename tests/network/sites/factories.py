"""Sites for tests."""

from datetime import date
from typing import Any

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.network.projects.models import Project
from anzhi.network.sites import services
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.rules import SERVICES
from anzhi.network.sites.states import Kind
from harness.people import COUNTY, code12
from network.projects.factories import YUANMOU, project

DONE = dict.fromkeys(SERVICES, "done")
FACTS: dict[str, Any] = {
    "name": "江边集镇安置点",
    "kind": Kind.TOWN,
    "competent_dept": "元谋县搬迁安置办",
    "owner_unit": "江边乡人民政府",
    "plan_households": 120,
    "plan_people": 430,
}
LIVED_IN: dict[str, Any] = {
    "state": "occupied",
    "infrastructure": DONE,
    "assessed_on": date(2024, 3, 1),
    "moved_households": 118,
    "moved_people": 422,
}


def site(
    *, by: Actor = SYSTEM, of: Project | None = None, region: str = COUNTY, lived_in: bool = False, **facts: Any
) -> ResettlementSite:
    """A registered site; `lived_in=True`: built, and people moved in."""
    given = {"place": YUANMOU} | FACTS | (LIVED_IN if lived_in else {}) | facts
    return services.register(by=by, project=of or project(region=region), region_code=code12(region), **given)
