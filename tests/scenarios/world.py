"""One of everything that a list can show, planted in two prefectures; every name begins like a formula."""

from datetime import timedelta
from typing import Any

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.parameters import clock
from anzhi.foundation.regions.models import BoundaryImport
from anzhi.management.plans.models import PlanFile
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.funds.models import SupervisedAccount
from anzhi.supervision.funds.services import receiving
from anzhi.supervision.funds.states import Source
from harness.acting import acting
from harness.people import FOREIGN, PREFECTURE, client_of, code12, user_at
from management.annual import factories as annual
from management.budgets.factories import asked, in_force
from management.plans.factories import line as plan_line
from network.projects.factories import YUANMOU, project
from network.sites.factories import site
from supervision.alerts.factories import TODAY, Office, allocation, gets, pays

EVIL = '=HYPERLINK("http://evil.example","看")'
FOREIGN_SIGN = "巧家哨兵"
PLACES = {"532328": YUANMOU, FOREIGN: (102.93, 26.91)}  # two county towns

REPORT = {"file": EVIL, "system": "EPSG:4490", "units": 129, "acceptable": True, "counts": {}, "findings": []}


def role_with(permission: Permission) -> str:
    """A role that may open a page, the plainest first."""
    return next(
        code
        for code in ("finance", "auditor_ro", "leader", "sysadmin", "secadmin")
        if permission in ROLES[code].permissions
    )


def plant() -> dict[str, Any]:
    """Money, alerts, people, files, projects and sites here; the same under another name elsewhere."""
    for region, name in (("532328", EVIL), (FOREIGN, FOREIGN_SIGN)):
        plan_line(region, purpose=name, document=name)
        budget = in_force(region, **{name: "100000"})
        asked(budget, "30000", purpose=name)
        with acting():
            PlanFile.objects.create(
                name=name, sha256="0" * 64, kind="lines", region_code=code12(region), by_label=name, accepted=False
            )
    world = _money(PREFECTURE, "532328", EVIL)
    _money("5306", FOREIGN, FOREIGN_SIGN)
    engine.run(as_of=TODAY)
    for region, name in (("532328", EVIL), (FOREIGN, FOREIGN_SIGN)):
        user_at("officer", region=region, name=name)
        works = project(region=region, name=name)
        site(of=works, region=region, name=name, place=PLACES[region])
        annual.told(annual.only_line(annual.issued(region, of=works, year=2025, content=name)).task)
    BoundaryImport.objects.create(
        file_name=EVIL, sha256="0" * 64, level="county", report=REPORT, reported_by="系统管理员"
    )
    return world


def _money(above: str, county: str, name: str) -> dict[str, Any]:
    upper, lower = Office(above), Office(county)
    SupervisedAccount.objects.filter(pk=lower.account.pk).update(name=name)
    due = TODAY - timedelta(days=43)
    allocation(upper, lower, "860000000", issued=due - timedelta(days=30), due=due, document=name)
    with clock.turned_to(due):
        lower.tells(gets(upper, "560000000", due)._replace(counter_name=name), until=TODAY)
        upper.tells(pays(lower, "560000000", due)._replace(counter_name=name), until=TODAY)
    receiving.receive([name.encode()], name=name, source=Source.UPLOAD, by=SYSTEM)
    return {"account": lower.account.pk}


def reader(permission: Permission, region: str = PREFECTURE) -> Any:
    """A client of somebody who may open a page."""
    return client_of(user_at(role_with(permission), region=region))
