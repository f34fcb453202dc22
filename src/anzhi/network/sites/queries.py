"""Reads of resettlement sites."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from anzhi.foundation.access.context import Scope
from anzhi.foundation.files import queries as files
from anzhi.foundation.files.models import FileLink, Sort
from anzhi.foundation.regions import queries as regions
from anzhi.foundation.search.registry import Found
from anzhi.network.projects.models import Project
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.states import State

SEARCH_KIND = "site"


def sites(scope: Scope | None) -> QuerySet[ResettlementSite]:
    """Every site of the scope, with its project."""
    rows = ResettlementSite.objects.within(scope) if scope else ResettlementSite.objects.none()
    return rows.select_related("project")


def site(scope: Scope | None, code: str) -> ResettlementSite | None:
    """One site by its code."""
    return sites(scope).filter(code=code).first()


def of_project(scope: Scope | None, project: Project) -> QuerySet[ResettlementSite]:
    """The sites of a project that lie in the scope, the largest first."""
    return sites(scope).filter(project=project).order_by("-plan_people", "code")


def count(scope: Scope | None) -> int:
    """How many there are."""
    return sites(scope).count()


def sums(rows: QuerySet[ResettlementSite]) -> dict[str, Any]:
    """How many in which state, households and people planned and moved."""
    tiers = {state: Count("pk", filter=Q(state=state)) for state in State.values}
    return rows.order_by().aggregate(
        all=Count("pk"),
        households=Sum("plan_households", default=0),
        people=Sum("plan_people", default=0),
        moved=Sum("moved_people", default=0),
        at_risk=Count("pk", filter=Q(risks__len__gt=0)),
        **tiers,
    )


def photos(site: ResettlementSite) -> list[FileLink]:
    """Its pictures, newest first."""
    rows = files.links_of(site, Sort.PHOTO)
    return sorted(rows, key=lambda link: link.taken_at or link.at, reverse=True)


def where(site: ResettlementSite) -> str:
    """County, town and village in one line."""
    return " ".join(unit.label for unit in regions.path(site.region_code)[2:])


def findable() -> Iterator[Found]:
    """Everything there is, for the index of search."""
    for row in ResettlementSite.objects.select_related("project").iterator():
        yield as_found(row)


def as_found(row: ResettlementSite) -> Found:
    """A site as search knows it."""
    return Found(
        object_id=str(row.pk),
        region_code=row.region_code,
        title=row.name,
        url=reverse("sites:site", args=[row.code]),
        note=f"{row.project.name} {regions.label(row.region_code[:6].ljust(12, '0'))}",
        text=f"{row.code} {row.owner_unit}",
    )
