"""The map on the record of a project or a site: itself, what belongs to it, the counties it touches."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from anzhi.foundation.access.context import Scope
from anzhi.foundation.money import formats
from anzhi.foundation.regions import queries as regions
from anzhi.network.projects import queries as projects
from anzhi.network.projects.models import Project
from anzhi.network.projects.panels import Panel
from anzhi.network.sites import queries as sites
from anzhi.network.sites.models import ResettlementSite

SCRIPTS = ("maps/js/record.js",)
STYLES = ("vendor/maplibre/maplibre-gl.css", "maps/css/marks.css", "maps/css/record.css")


def of_project(project: Project, scope: Scope | None) -> Panel:
    """The dam, its sites that lie in one's area, every county it touches."""
    counties = [project.region_code, *projects.regions_of(project)]
    dam = [_dam(project, own=True)] if project.point else []
    return _panel(counties, [*dam, *map(_site, sites.of_project(scope, project))])


def of_site(site: ResettlementSite, scope: Scope | None) -> Panel:
    """The site, its dam, and the other sites of that project in one's area."""
    others = sites.of_project(scope, site.project).exclude(pk=site.pk)
    dam = [_dam(site.project)] if site.project.point else []
    return _panel([_county(site.region_code)], [_site(site) | {"own": True}, *dam, *map(_site, others)])


def _panel(counties: list[str], spots: list[dict[str, Any]]) -> Panel:
    data = {
        "counties": counties,
        "shapes": [_shapes(code) for code in sorted({_prefecture(code) for code in counties})],
        "tiles": reverse("maps:tile", args=["LAYER", 0, 0, 0]).replace("/0/0/0", "/{z}/{x}/{y}"),
        "worker": static("vendor/maplibre/maplibre-gl-worker.mjs"),
        "spots": spots,
    }
    told = {
        "data": data,
        "names": _names(counties),
        "placed": any(spot.get("own") for spot in spots),
        "sites": sum(spot["mark"] == "site" for spot in spots),
        "approval": settings.MAP_APPROVAL,
    }
    return Panel("maps/_record.html", told, SCRIPTS, STYLES)


def _dam(project: Project, *, own: bool = False) -> dict[str, Any]:
    lon, lat = projects.place_of(project) or (0.0, 0.0)
    note = " ".join(filter(None, (project.river, project.owner_org)))
    url = "" if own else reverse("projects:project", args=[project.code])
    return {"mark": "dam", "name": project.name, "note": note, "lon": lon, "lat": lat, "url": url, "own": own}


def _site(site: ResettlementSite) -> dict[str, Any]:
    people = _("%(n)s people planned") % {"n": formats.figure(site.plan_people, 0)}
    spot = {"mark": "site", "name": site.name, "note": f"{people} {site.owner_unit}", "lon": site.point.x}
    return spot | {"lat": site.point.y, "url": reverse("sites:site", args=[site.code])}


def _names(counties: Iterable[str]) -> str:
    known = regions.labels(counties)
    return "、".join(known.get(code, code) for code in counties)


def _shapes(prefecture: str) -> str:
    return reverse("maps:shapes", args=[int(prefecture), "county"])


def _county(code: str) -> str:
    return code[:6].ljust(12, "0")


def _prefecture(code: str) -> str:
    return code[:4].ljust(12, "0")
