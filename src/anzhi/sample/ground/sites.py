"""Six hundred invented sites, each in a real village of a county its project touches."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.regions.models import Region
from anzhi.network.projects.models import Project
from anzhi.network.projects.states import Build
from anzhi.network.sites import services
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.rules import LIVABLE, SERVICES
from anzhi.network.sites.states import Kind, State
from anzhi.sample.chance import stream
from anzhi.sample.ground.counties import County, counties

BASE = {Build.PLANNED: 2, Build.CONSTRUCTION: 14, Build.BUILT: 6}
MOST_BY_SIZE, MW_A_SITE = 12, 500
KINDS = [Kind.RURAL] * 7 + [Kind.TOWN] * 2 + [Kind.SCATTERED]
LIFE = {
    Build.PLANNED: [State.PLANNED],
    Build.CONSTRUCTION: [State.PLANNED, *[State.CONSTRUCTION] * 3, *[State.OCCUPIED] * 3],
    Build.BUILT: [State.OCCUPIED, *[State.ACCEPTED] * 4],
}
COMMITTEE = re.compile(r"（.*?）|\(.*?\)|村民委员会|居民委员会|村委会|居委会|委员会")
YEAR = timedelta(days=365)


def build(as_of: date, say: Callable[[str], None]) -> None:
    """Register the sites of every project that has none yet."""
    rows = list(Project.objects.prefetch_related("counties").order_by("code"))
    known = set(ResettlementSite.objects.values_list("project_id", flat=True))
    areas = counties({row.region_code for p in rows for row in p.counties.all()}, stream("villages"))
    made, names = 0, Counter[tuple[str, str]]()
    for project in rows:
        chance = stream("sites", project.name)
        wanted = [_site(project, areas, chance, as_of) for _number in range(_many(project))]
        for one in wanted:
            one["name"] = told_apart(one["name"], one["region_code"][:6], names)
        if project.pk not in known and wanted:
            made += len(services.register_many(by=SYSTEM, project=project, rows=wanted))
    say(f"{made} sites")


def told_apart(name: str, county: str, times: Counter[tuple[str, str]]) -> str:
    """康平镇安置区, then 康平镇2号安置区: in a county a name means one site."""
    times[county, name] += 1
    number = times[county, name]
    return name if number == 1 else f"{name[:-3]}{number}号{name[-3:]}"


def parent_of(place: Region) -> Region:
    """The unit above; a village and a town always lie in one."""
    if place.parent is None:
        raise LookupError(f"{place} lies in nothing")
    return place.parent


def plain(name: str) -> str:
    """A village as people call it: without committee and brackets."""
    return COMMITTEE.sub("", name)


def committee(village: Region) -> str:
    """The committee of a village or of an urban community."""
    name = plain(village.short_name)
    if name.endswith("社区"):
        return f"{name}居民委员会"
    return f"{name.removesuffix('村')}村民委员会"


def _many(project: Project) -> int:
    if project.suspended:
        return 0
    by_size = min(MOST_BY_SIZE, int(project.installed_mw or 0) // MW_A_SITE)
    return BASE[Build(project.build)] + (by_size if project.build != Build.PLANNED else 0)


def _site(project: Project, areas: Mapping[str, County], chance: Random, as_of: date) -> dict[str, Any]:
    touched = [row.region_code for row in project.counties.all()]
    area = areas[chance.choice([project.region_code, *touched])]
    village = area.take()
    town = parent_of(village)
    kind = chance.choice(KINDS)
    state = chance.choice(LIFE[Build(project.build)])
    households = int(min(620, max(18, chance.lognormvariate(4.6, 0.7))))
    if kind == Kind.SCATTERED:
        households = max(8, households // 6)  # homes here and there, no settlement
    people = int(households * chance.uniform(3.3, 4.1))
    return {
        "region_code": village.code,
        "name": f"{plain(town.short_name)}安置区" if kind == Kind.TOWN else f"{plain(village.short_name)}安置点",
        "place": area.place(chance, project.point),
        "kind": kind,
        "state": state,
        "competent_dept": f"{parent_of(town).short_name}搬迁安置办公室",
        "owner_unit": f"{town.name}人民政府" if kind == Kind.TOWN else committee(village),
        "plan_households": households,
        "plan_people": people,
        "land_mu": round(households * chance.uniform(0.6, 1.4), 2),
        "risks": ["landslide"] if chance.random() < 0.04 else ["bank"] if chance.random() < 0.04 else [],
        "sample": True,
    } | _progress(project, state, households, people, chance, as_of)


def _progress(
    project: Project, state: State, households: int, people: int, chance: Random, as_of: date
) -> dict[str, Any]:
    if state == State.PLANNED:
        return {}
    begun = _begun(project, chance, as_of)
    facts: dict[str, Any] = {"assessed_on": begun - timedelta(days=200), "started_on": begun}
    if state == State.CONSTRUCTION:
        built = chance.randrange(1, len(SERVICES))
        return facts | {"infrastructure": dict.fromkeys(SERVICES[:built], "done") | {SERVICES[built]: "building"}}
    whole = state == State.ACCEPTED
    share = 1.0 if whole else chance.uniform(0.55, 0.98)
    done = SERVICES if whole or chance.random() < 0.5 else (*LIVABLE, "drainage", "telecom")
    finished = min(begun + YEAR + timedelta(days=chance.randrange(300)), as_of - timedelta(days=40))
    return facts | {
        "infrastructure": {name: "done" if name in done else "building" for name in SERVICES},
        "moved_households": int(households * share),
        "moved_people": int(people * share),
        "reported_on": as_of - timedelta(days=chance.randrange(20, 80)),
        "finished_on": finished,
        "accepted_on": min(finished + YEAR, as_of - timedelta(days=20)) if whole else None,
        "transferred": whole and chance.random() < 0.8,
    }


def _begun(project: Project, chance: Random, as_of: date) -> date:
    """When its works began: before the dam was in service, in the last three years, or long ago."""
    if project.build == Build.CONSTRUCTION:
        return as_of - timedelta(days=chance.randrange(500, 1100))
    year = project.in_service_year or chance.randrange(2006, 2014)
    return date(min(year, as_of.year - 3) - chance.randrange(1, 4), chance.randrange(1, 13), chance.randrange(1, 28))
