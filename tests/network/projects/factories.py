"""Projects for tests."""

from itertools import count
from typing import Any

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.network.projects.models import Project
from anzhi.network.projects.services import register
from anzhi.network.projects.states import Kind, Regime
from harness.people import COUNTY, code12

numbers = count(1)
YUANMOU = (101.87, 25.7)  # the county town
FACTS: dict[str, Any] = {
    "kind": Kind.HYDROPOWER,
    "regime": Regime.HYDROPOWER,
    "river": "金沙江",
    "basin": "JS",
    "build": "construction",
    "owner_org": "云南禾顺水电开发有限公司",
    "competent_dept": "元谋县搬迁安置办",
}


def project(*, by: Actor = SYSTEM, region: str = COUNTY, name: str = "", **facts: Any) -> Project:
    """A registered project in a county; everything can be said otherwise."""
    given = FACTS | facts
    return register.register(by=by, region_code=code12(region), name=name or f"示例{next(numbers)}级水电站", **given)
