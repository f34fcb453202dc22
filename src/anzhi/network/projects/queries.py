"""Reads of projects."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Case, Count, DecimalField, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.context import Scope
from anzhi.foundation.files import queries as files
from anzhi.foundation.files.models import FileLink, Sort
from anzhi.foundation.regions import queries as regions
from anzhi.foundation.search.registry import Found
from anzhi.network.projects.models import Milestone, Project
from anzhi.network.projects.states import Build, Kind

SEARCH_KIND = "project"
# what a complete record knows (article of the acceptance facts: place, department, owner), and when it does not
FACTS: dict[str, tuple[Promise, Q]] = {
    "owner": (_("Owner"), Q(owner_org="")),
    "dept": (_("Competent department"), Q(competent_dept="")),
    "point": (_("Position"), Q(point=None)),
    "river": (_("River"), Q(river="")),
    "level": (_("Normal level"), Q(normal_level_m=None)),
    "capacity": (_("Installed capacity"), Q(installed_mw=None, kind__in=[Kind.HYDROPOWER, Kind.PUMPED_STORAGE])),
    "year": (_("Year in service"), Q(in_service_year=None, build=Build.BUILT)),
    "people": (_("Planned resettlers"), Q(plan_people=None)),
    "stage": (_("Stage"), Q(stage="")),
}


def touching(scope: Scope | str) -> Q:
    """Projects whose works or any touched county lie in the scope."""
    low, high = (scope if isinstance(scope, Scope) else Scope(scope)).bounds
    return Q(counties__region_code__gte=low, counties__region_code__lt=high)


def projects(scope: Scope | None) -> QuerySet[Project]:
    """Every project that touches the scope, with what its record lacks counted."""
    if scope is None:
        return Project.objects.none()
    missing = sum((_one(lacks) for _label, lacks in FACTS.values()), start=Value(0))
    return mine(scope).annotate(missing=missing, size=Coalesce("installed_mw", Value(0), output_field=DecimalField()))


def gapped(scope: Scope | None) -> QuerySet[Project]:
    """Projects whose record lacks a fact, with each fact flagged."""
    flags = {f"lacks_{key}": _one(q) for key, (_label, q) in FACTS.items()}
    return projects(scope).annotate(**flags).filter(Q(missing__gt=0))


def mine(scope: Scope) -> QuerySet[Project]:
    """Every project that touches the scope, as it is stored."""
    touched = Project.objects.filter(touching(scope)).values("pk")
    return Project.objects.filter(pk__in=touched)


def _one(lacks: Q) -> Case:
    return Case(When(lacks, then=1), default=0, output_field=IntegerField())


def project(scope: Scope | None, code: str) -> Project | None:
    """One project by its code."""
    return projects(scope).filter(code=code).prefetch_related("counties").first()


def count(scope: Scope | None) -> int:
    """How many there are."""
    return mine(scope).count() if scope else 0


def sums(scope: Scope | None) -> dict[str, Any]:
    """How many are planned, going on, built or suspended (each counted once), capacity, records with gaps."""
    going = Q(suspended=False)
    return projects(scope).aggregate(
        all=Count("pk"),
        mw=Sum("installed_mw"),
        waiting=Count("pk", filter=going & Q(build=Build.PLANNED)),
        going=Count("pk", filter=going & Q(build=Build.CONSTRUCTION)),
        built=Count("pk", filter=going & Q(build=Build.BUILT)),
        suspended_now=Count("pk", filter=~going),
        gaps=Count("pk", filter=Q(missing__gt=0)),
    )


def gaps(scope: Scope | None) -> list[tuple[str, Promise, int]]:
    """Each fact with how many records lack it."""
    found = projects(scope).aggregate(**{f"n_{key}": Count("pk", filter=lacks) for key, (_l, lacks) in FACTS.items()})
    return [(key, label, found[f"n_{key}"]) for key, (label, _lacks) in FACTS.items()]


def lacking(project: Project) -> list[Promise]:
    """What the record of one project does not know, in words."""
    row = Project.objects.filter(pk=project.pk)
    found = row.aggregate(**{key: Count("pk", filter=lacks) for key, (_l, lacks) in FACTS.items()})
    return [label for key, (label, _lacks) in FACTS.items() if found[key]]


def milestones(project: Project) -> list[Milestone]:
    """Its milestones in time."""
    return list(Milestone.objects.filter(project=project))


def milestone(scope: Scope | None, code: str, step: str) -> Milestone | None:
    """One milestone of a project that touches the scope."""
    found = project(scope, code)
    return Milestone.objects.filter(project=found, step=step).select_related("project").first() if found else None


def days_of(project: Project) -> dict[str, date]:
    """The day of each milestone that is set."""
    return dict(Milestone.objects.filter(project=project).values_list("step", "on"))


def papers(project: Project) -> dict[str, list[FileLink]]:
    """Documents by the key of their milestone, in one query."""
    keys = [str(pk) for pk in Milestone.objects.filter(project=project).values_list("pk", flat=True)]
    links = FileLink.objects.filter(owner_type=Milestone._meta.label_lower, owner_id__in=keys).select_related("file")
    found: dict[str, list[FileLink]] = {}
    for link in links:
        found.setdefault(link.owner_id, []).append(link)
    return found


def photos(project: Project) -> list[FileLink]:
    """Its pictures, newest first."""
    rows = files.links_of(project, Sort.PHOTO)
    return sorted(rows, key=lambda link: link.taken_at or link.at, reverse=True)


def place_of(project: Project) -> tuple[float, float] | None:
    """Longitude and latitude."""
    return (project.point.x, project.point.y) if project.point else None


def regions_of(project: Project) -> dict[str, str]:
    """Counties it touches besides that of the works, with their roles."""
    return {row.region_code: row.role for row in project.counties.all() if row.region_code != project.region_code}


def choices(scope: Scope | None) -> list[tuple[str, str]]:
    """Code and name, for forms of things that belong to a project."""
    rows = projects(scope).order_by("name").values_list("code", "name")
    return list(rows)


def river_choices() -> list[tuple[str, str]]:
    """Rivers that occur."""
    rows = Project.objects.exclude(river="").order_by("river").values_list("river", flat=True).distinct()
    return [(river, river) for river in rows]


def builders(since_year: int) -> set[str]:
    """12-digit codes of counties with works planned, going on, or in service since a year; for money plans."""
    live = ~Q(build=Build.BUILT) | Q(in_service_year__gte=since_year)
    rows = Project.objects.filter(live, suspended=False).annotate(touched=F("counties__region_code"))
    return set(rows.values_list("touched", flat=True))


def findable() -> Iterator[Found]:
    """Everything there is, for the index of search."""
    for row in Project.objects.iterator():
        yield as_found(row)


def as_found(row: Project) -> Found:
    """A project as search knows it."""
    where = regions.label(row.region_code)
    return Found(
        object_id=str(row.pk),
        region_code=row.region_code,
        title=row.name,
        url=reverse("projects:project", args=[row.code]),
        note=f"{where} {row.river}".strip(),
        text=f"{row.code} {row.name_en} {row.owner_org}",
    )
