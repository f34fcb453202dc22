"""What the sample's counties plan and do: last year adds up to what the province reported, this year is on its way.

The sums of the last whole year are the province's own: 51,800 people, 104 % of the plan; 13.15 billion yuan, 120 %
(`domain` §3.9). How they spread over projects is invented.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.roles import permissions_of
from anzhi.foundation.access.scope import prefix_of
from anzhi.foundation.parameters import clock
from anzhi.foundation.web import places
from anzhi.management.annual.models import AnnualPlan, AnnualTask
from anzhi.management.annual.services import planning, progress
from anzhi.network.projects.models import Project
from anzhi.sample.chance import stream

PEOPLE_PLANNED, PEOPLE_MOVED = 49_808, 51_800
YUAN_PLANNED, YUAN_DONE = 10_958_330_000, 13_150_000_000
MONTHS = (6, 9, 12)  # the sample reports three times a year
KINDS = (
    ("move", "移民搬迁安置", "人", 40),
    ("site", "集中安置点建设", "处", 35),
    ("facility", "交通电力等专项复建", "项", 25),
)
SHARES = (15, 30, 35, 20)  # per cent of a year by quarter
TOLD = (45, 35, 20)  # per cent of a year by report
STILL_MOVING = 8  # years after a plant went into service in which its people are still being settled
Where = tuple[Project, str]  # a project and a county it touches
ADJUSTED = 3  # every so-many-th plan of this year has a second edition


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole parts by weight; they add up to it."""
    parts = [total * weight // sum(weights) for weight in weights]
    parts[-1] += total - sum(parts)
    return parts


def build(as_of: date, say: Callable[[str], None]) -> None:
    """Plans of the last whole year and of this one, with what was confirmed until the day."""
    with transaction.atomic():
        works = _works(as_of)
        if not works:
            return
        weights = [stream("annual", one.code, region).randint(20, 100) for one, region in works]
        people, money = spread(PEOPLE_PLANNED, weights), spread(YUAN_PLANNED, weights)
        moved, done = spread(PEOPLE_MOVED, weights), spread(YUAN_DONE, weights)
        for at, where in enumerate(works):
            _year(where, as_of.year - 1, (people[at], money[at]), (moved[at], done[at]), as_of)
            _year(where, as_of.year, (people[at], money[at]), (people[at], money[at]), as_of)
        second = [_adjust(where, as_of) for where in works[::ADJUSTED]] if as_of.month > 8 else []
    say(f"{2 * len(works) + len(second)} 份年度计划")


def _works(as_of: date) -> list[Where]:
    """Projects whose people are still moved, in each county they touch: in building, or in service for few years."""
    late = Q(in_service_year__gt=as_of.year - STILL_MOVING)
    found = Project.objects.filter(late | Q(build="construction"), suspended=False).order_by("code")
    return [(one, region) for one in found for region in sorted({row.region_code for row in one.counties.all()})]


def _person(role: str, region: str) -> Actor:
    names = {"officer": "李树芬", "leader": "段云岫", "supervision_rep": "周立新"}
    return Actor(
        id=None,
        name=names[role],
        agency_name=f"{places.name_of(region)}搬迁安置办",
        region_code=region,
        prefix=prefix_of(region),
        roles=(role,),
        permissions=permissions_of([role]),
    )


def _year(where: Where, year: int, plan: tuple[int, int], done: tuple[int, int], as_of: date) -> None:
    project, region = where
    money, spent = (spread(sums[1], [kind[3] for kind in KINDS]) for sums in (plan, done))
    with clock.turned_to(date(year, 1, 15) if as_of >= date(year, 1, 15) else as_of):
        drafts = _person("officer", region)
        edition = planning.draft(by=drafts, project=project, year=year, region_code=region)
        for at, (kind, content, unit, _share) in enumerate(KINDS):
            quantity = plan[0] if kind == "move" else 4
            _line(edition, (kind, content, unit), quantity, money[at], drafts)
        planning.issue(by=_person("leader", region), plan=edition, document=f"云搬发〔{year}〕{6 + project.pk % 60}号")
    tasks = list(AnnualTask.objects.filter(lines__plan=edition).order_by("id"))
    for at, task in enumerate(tasks):
        _tell(task, done[0] if task.type == "move" else 4, spent[at], as_of)


def _line(edition: AnnualPlan, task: tuple[str, str, str], quantity: int, yuan: int, by: Actor) -> None:
    quarters = spread(quantity, SHARES)
    facts = {f"q{at}": Decimal(part) for at, part in enumerate(quarters, 1)}
    named = dict(zip(("type", "content", "unit"), task, strict=True))
    figures = {"total_task": Decimal(3 * quantity), "done_before": Decimal(quantity), "quantity": Decimal(quantity)}
    units = {"duty_unit": by.agency_name, "monitor_unit": "移民综合监理项目部", "source": "征地补偿和移民安置资金"}
    planning.put(by=by, plan=edition, facts={**named, **figures, **facts, **units, "investment": Decimal(yuan)})


def _tell(task: AnnualTask, quantity: int, yuan: int, as_of: date) -> None:
    amounts = zip(MONTHS, spread(quantity, TOLD), spread(yuan, TOLD), strict=True)
    for month, part, money in amounts:
        day = date(task.year, month, 28)
        if day > as_of:
            break
        with clock.turned_to(day):
            report = progress.report(
                by=_person("officer", task.region_code),
                task=task,
                month=month,
                quantity=Decimal(part),
                invested=Decimal(money),
            )
            if (as_of - day).days > 20:  # the latest still waits for the supervision unit
                progress.confirm(by=_person("supervision_rep", task.region_code), report=report)


def _adjust(where: Where, as_of: date) -> AnnualPlan:
    project, region = where
    drafts = _person("officer", region)
    year, why = as_of.year, "下闸蓄水时间提前，安置点建设资金相应增加"
    with clock.turned_to(date(as_of.year, 8, 20)):
        edition = planning.draft(by=drafts, project=project, year=year, region_code=region, reason=why)
        line = edition.lines.get(task__type="site")
        more = (line.investment / 10).quantize(Decimal(1))
        planning.put(by=drafts, plan=edition, facts={"investment": line.investment + more}, line=line)
        document = f"云搬发〔{as_of.year}〕{80 + project.pk % 60}号"
        return planning.issue(by=_person("leader", region), plan=edition, document=document)
