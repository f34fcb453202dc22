"""Writes: sites on the register, their works, states and pictures."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from anzhi.foundation.access import gate
from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.files import services as files
from anzhi.foundation.files.models import FileLink
from anzhi.foundation.regions import queries as regions
from anzhi.foundation.search import services as search
from anzhi.network.projects import numbers, points
from anzhi.network.projects.drafts import adopted, drafted
from anzhi.network.projects.models import Project
from anzhi.network.sites import guards, queries
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.rules import complete, site_code
from anzhi.network.sites.states import MOVES, State, View

PARAMETER = "site.point_tolerance"
BATCH = 500


def register(
    *,
    by: Actor,
    project: Project,
    region_code: str,
    place: tuple[float, float],
    reason: str = "",
    infrastructure: Mapping[str, str] | None = None,
    **facts: Any,
) -> ResettlementSite:
    """Put a site on the register of a project, as planned or as it already stands. Raises ValidationError."""
    site = ResettlementSite(
        project=project, region_code=region_code, infrastructure=complete(infrastructure or {}), **facts
    )
    gate.demand(by, Permission.SITE_EDIT, on=site)
    _judge(site)
    found = points.checked(*place, region_code=region_code, parameter=PARAMETER, reason=reason)
    site.point, site.point_reason = found.point, found.reason
    with transaction.atomic(), audit.action("site.registered", by=by, on=site, project=project.name) as known:
        site.code = site_code(project.code, numbers.take(f"{project.code}-S"))
        site.save(force_insert=True)
        known["code"] = site.code
    search.index(queries.SEARCH_KIND, [queries.as_found(site)])
    return site


def register_many(*, by: Actor, project: Project, rows: Iterable[Mapping[str, Any]]) -> list[ResettlementSite]:
    """The sites of one project from a list: all or none; each is on record. Raises ValidationError.

    Rows hold the arguments of `register`; places are checked in one question, and no reason stands in for one.
    """
    gate.demand(by, Permission.SITE_EDIT)
    sites = [_made(project, row) for row in rows]
    for site in sites:
        gate.demand(by, Permission.SITE_EDIT, on=site)
        _judge(site)
    strays = guards.strays(sites)
    if strays:
        raise ValidationError(_("%(name)s does not lie in its county."), params={"name": strays[0].name})
    with transaction.atomic(), audit.action("site.listed", by=by, on=project, sites=len(sites)) as known:
        first = numbers.take(f"{project.code}-S", len(sites))
        for number, site in enumerate(sites, first):
            site.code = site_code(project.code, number)
        ResettlementSite.objects.bulk_create(sites, batch_size=BATCH)
        for site in sites:
            with audit.action("site.registered", by=by, on=site, project=project.name, code=site.code):
                pass  # the row stands already; each site has its own beginning on record
        known["codes"] = [site.code for site in sites]
        search.index(queries.SEARCH_KIND, [queries.as_found(site) for site in sites])
    return sites


def change(
    *,
    by: Actor,
    site: ResettlementSite,
    place: tuple[float, float] | None = None,
    reason: str = "",
    infrastructure: Mapping[str, str] | None = None,
    **facts: Any,
) -> ResettlementSite:
    """Correct facts of a site; what its state demands must stay true. A ValidationError leaves it as it was."""
    gate.demand(by, Permission.SITE_EDIT, on=site)
    wanted = dict(facts)
    if infrastructure is not None:
        wanted["infrastructure"] = complete(infrastructure)
    _judge(drafted(site, wanted))
    if place and place != (site.point.x, site.point.y):
        found = points.checked(*place, region_code=site.region_code, parameter=PARAMETER, reason=reason)
        wanted |= {"point": found.point, "point_reason": found.reason}
    changed = sorted(name for name, value in facts.items() if value != getattr(site, name))
    made = drafted(site, wanted)
    with audit.action("site.changed", by=by, on=made, fields=changed):
        made.save()
        search.index(queries.SEARCH_KIND, [queries.as_found(made)])
    return adopted(site, wanted)


def move(*, by: Actor, site: ResettlementSite, to: str, on: date) -> ResettlementSite:
    """To the next state of its life, on a day. Raises ValidationError where something is lacking."""
    gate.demand(by, Permission.SITE_EDIT, on=site)
    if State(to) not in MOVES[State(site.state)]:
        facts = {"before": site.get_state_display(), "after": State(to).label}
        raise ValidationError(_("From “%(before)s” there is no way to “%(after)s”."), params=facts)
    wanted = {"state": State(to)} | _dated(site, State(to), on)
    made = drafted(site, wanted)
    _judge(made)
    with audit.action("site.moved", by=by, on=made, before=site.state, after=to, day=on):
        made.save()
    return adopted(site, wanted)


def add_photo(*, by: Actor, site: ResettlementSite, view: str, name: str, chunks: Iterable[bytes]) -> FileLink:
    """A picture from one of the viewpoints. Leaves `file.added`."""
    gate.demand(by, Permission.SITE_EDIT, on=site)
    return files.store_photo(
        by=by, owner=site, permission=Permission.SITE_VIEW, name=name, chunks=chunks, viewpoint=View(view).value
    )


def _made(project: Project, row: Mapping[str, Any]) -> ResettlementSite:
    facts = dict(row)
    lon, lat = facts.pop("place")
    services = complete(facts.pop("infrastructure", {}))
    return ResettlementSite(project=project, point=points.rounded(lon, lat), infrastructure=services, **facts)


def _judge(site: ResettlementSite) -> None:
    if not regions.exists(site.region_code):
        raise ValidationError(_("There is no region %(code)s."), params={"code": site.region_code})
    lacking = guards.lacking(site)
    if lacking:
        raise ValidationError(lacking)


def _dated(site: ResettlementSite, to: State, on: date) -> dict[str, Any]:
    """The day that a state brings with it; one that is known stays."""
    if to == State.CONSTRUCTION:
        return {"started_on": site.started_on or on}
    if to == State.OCCUPIED:
        return {"finished_on": site.finished_on or on}
    return {"accepted_on": on} if to == State.ACCEPTED else {}
