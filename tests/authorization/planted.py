"""A county full of unmistakable names, amounts and counts: wherever one shows, it came from here."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Max

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import current
from anzhi.foundation.accounts.models import Grant
from anzhi.foundation.audit.queries import events
from anzhi.foundation.files import services as files
from anzhi.foundation.live.services import publish
from anzhi.foundation.parameters import clock
from anzhi.management.plans.models import PlanFile, PlanLine
from anzhi.network.projects.models import Milestone
from anzhi.network.sites import services as sites
from anzhi.network.sites.states import View
from anzhi.supervision.alerts.models import Alert
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.funds.models import StatementFile, Transaction
from foundation.workflow.drawings import chain
from foundation.workflow.offices import begin, somebody
from foundation.workflow.offices import in_force as procedure
from foundation.workflow.offices import task as open_task
from harness import pictures
from harness.acting import acting
from harness.people import user_at
from management.annual import factories as annual
from management.budgets.factories import asked, in_force
from network.projects.factories import project
from network.sites.factories import site
from supervision.alerts.factories import TODAY, Office, allocation, gets

OWNER, STRANGER = "532328", "530622"
DAY = date(2026, 11, 22)
NAME, AMOUNT, PEOPLE, PLACES = "哨兵", "48151623.42", 73939, 68917
DOCUMENT = "云搬发〔2024〕哨兵48151号"
SENTINELS = (
    NAME,
    *("48,151,623.42", AMOUNT, "4815162342", "4,815.16", "4815.16"),
    *(f"{PEOPLE:,}", str(PEOPLE), f"{PLACES:,}", str(PLACES)),
)


def seen(text: str) -> list[str]:
    """The sentinels in a text."""
    return [sentinel for sentinel in SENTINELS if sentinel in text]


@dataclass
class World:
    """What was planted, by the words the addresses use."""

    rows: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return self.rows[name]


def plant() -> World:
    """Build it through the services, in system scope, in the transaction of the test."""
    person = user_at("officer", region=OWNER, username="sentinel-person", name=f"{NAME}人员")
    works = project(region=OWNER, name=f"{NAME}水电站", plan_people=PEOPLE, note=f"{NAME}备注")
    place = site(of=works, region=OWNER, name=f"{NAME}安置点", plan_people=PLACES)
    photo = sites.add_photo(
        by=SYSTEM, site=place, view=next(iter(View)), name=f"{NAME}照片.jpg", chunks=[pictures.photo()]
    )
    paper = files.store_document(
        by=SYSTEM, owner=place, permission=Permission.SITE_VIEW, name=f"{NAME}文件.pdf", chunks=[b"%PDF-1.7\n"]
    )
    alert = _money()
    publish(topic="alert", region_code=OWNER.ljust(12, "0"), payload={"sentence": f"{NAME} {AMOUNT}"})
    last = events(current()).filter(subject_label__contains=NAME).aggregate(last=Max("id"))["last"]
    with acting():
        sheet = PlanFile.objects.create(
            region_code=place.region_code, name=f"{NAME}计划.xlsx", sha256="5" * 64, kind="lines", accepted=True
        )
        line = PlanLine.objects.create(
            region_code=place.region_code,
            number=f"{NAME}-1",
            year=2026,
            agency=alert.agency,
            fund_type="support_project",
            purpose=f"{NAME}用途",
            amount=Decimal(AMOUNT),
            document=DOCUMENT,
            approved_on=DAY,
            file=sheet,
        )
    year = annual.issued(OWNER, of=works, content=f"{NAME}搬迁", investment=Decimal(AMOUNT))
    month = annual.told(annual.only_line(year).task)
    budget = in_force(OWNER, **{f"{NAME}会议费": AMOUNT})
    request = asked(budget, AMOUNT, purpose=f"{NAME}材料印制")
    procedure(chain(key="sentinel"))
    case = begin(somebody("officer", region=OWNER, name=f"{NAME}经办"), "sentinel", title=f"{NAME}规划大纲")
    Milestone.objects.create(project=works, region_code=works.region_code, step="outline", on=DAY)
    return World(
        {
            "sheet": sheet,
            "line": line,
            "allocation": alert.allocation,
            "year": year,
            "year_line": annual.only_line(year),
            "task": month.task,
            "month": month,
            "budget": budget,
            "budget_line": request.line,
            "request": request,
            "person": person,
            "grant": Grant.objects.get(user=person),
            "case": case,
            "case_task": open_task(case),
            "project": works,
            "site": place,
            "photo": photo,
            "paper": paper,
            "alert": alert,
            "account": alert.account,
            "transaction": Transaction.objects.get(account=alert.account),
            "file": StatementFile.objects.get(),
            "event": last,
        }
    )


def _money() -> Alert:
    """An allocation that came two years ago and was never touched."""
    upper, county = Office("5323"), Office(OWNER)
    county.account.name = f"{NAME}后期扶持资金专户"
    county.account.save(update_fields=["name"])
    arrived = TODAY - timedelta(days=800)
    county.covered = arrived - timedelta(days=60)
    allocation(upper, county, AMOUNT, issued=arrived - timedelta(days=3), due=arrived, document=DOCUMENT)
    with clock.turned_to(arrived):
        county.tells(gets(upper, AMOUNT, arrived, f"{DOCUMENT} {NAME}用途"), until=TODAY)
    StatementFile.objects.update(name=f"{NAME}对账单.xml")
    engine.run(as_of=TODAY)
    return Alert.objects.get()
