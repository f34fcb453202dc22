"""Bringing a project into the register and keeping it true."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anzhi.foundation.access import gate
from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.regions import queries as regions
from anzhi.foundation.search import services as search
from anzhi.network.projects import numbers, points, queries
from anzhi.network.projects.drafts import adopted, drafted
from anzhi.network.projects.models import Project, ProjectRegion
from anzhi.network.projects.rules import code_prefix, levels_agree
from anzhi.network.projects.states import Build, Role, Stage

PARAMETER = "project.point_tolerance"
REQUIRED = ("owner_org", "competent_dept")
Place = tuple[float, float]


def register(
    *,
    by: Actor,
    region_code: str,
    name: str,
    kind: str,
    place: Place | None = None,
    reason: str = "",
    counties: Mapping[str, str] | None = None,
    **facts: Any,
) -> Project:
    """Put a project on the register. `place` is longitude and latitude; `counties` are the others, with roles.

    Owner and competent department are demanded unless `basis` names a source that does not know them.
    Raises ValidationError in words.
    """
    project = Project(region_code=region_code, name=name.strip(), kind=kind, **facts)
    project.stage = project.stage or ("" if project.basis else Stage.REGISTERED)
    gate.demand(by, Permission.PROJECT_EDIT, on=project)
    _judge(project)
    adopted(project, _stand(region_code, place, reason))
    with _no_doubles(), audit.action("project.registered", by=by, on=project) as known:
        prefix = code_prefix(project.kind, project.basin)
        project.code = f"{prefix}{numbers.take(prefix):04}"
        project.save(force_insert=True)
        _involve(project, counties or {})
        known["code"] = project.code
    _index(project)
    return project


def change(
    *,
    by: Actor,
    project: Project,
    place: Place | None = None,
    reason: str = "",
    counties: Mapping[str, str] | None = None,
    **facts: Any,
) -> Project:
    """Correct facts of a project; the event says which, before and after. Code and county stay.

    `counties=None` leaves them as they are. Raises ValidationError in words; then nothing is altered.
    """
    gate.demand(by, Permission.PROJECT_EDIT, on=project)
    _judge(drafted(project, facts))
    moved = place != queries.place_of(project) or reason
    wanted = facts | (_stand(project.region_code, place, reason) if moved else {})
    made = drafted(project, wanted)
    before = {name: getattr(project, name) for name in facts}
    changed = {name: [_plain(before[name]), _plain(value)] for name, value in facts.items() if before[name] != value}
    with _no_doubles(), audit.action("project.changed", by=by, on=made, fields=sorted(changed), changes=changed):
        made.save()
        if counties is not None:
            made.counties.all().delete()
            _involve(made, counties)
    _index(made)
    return adopted(project, wanted)


def _judge(project: Project) -> None:
    missing = {} if project.basis else {name: _("State it.") for name in REQUIRED if not getattr(project, name).strip()}
    if missing:
        raise ValidationError(missing)
    if not levels_agree(project.dead_level_m, project.normal_level_m, project.check_level_m):
        raise ValidationError(_("Dead, normal and check flood level must rise in this order."))
    if project.installed_mw is not None and project.installed_mw < 0:
        raise ValidationError(_("Installed capacity is not negative."))
    if not regions.exists(project.region_code):
        raise ValidationError(_("There is no region %(code)s."), params={"code": project.region_code})
    if project.build not in Build.values:
        raise ValidationError(_("Say whether it is planned, under construction or built."))


def _stand(region_code: str, place: Place | None, reason: str) -> dict[str, Any]:
    if not place:
        return {"point": None, "point_reason": "", "point_outside_m": None}
    found = points.checked(*place, region_code=region_code, parameter=PARAMETER, reason=reason)
    return {"point": found.point, "point_reason": found.reason, "point_outside_m": found.outside_m}


def _involve(project: Project, counties: Mapping[str, str]) -> None:
    rows = {(project.region_code, Role.HUB.value)} | set(counties.items())
    unknown = [code for code, _role in rows if not regions.exists(code)]
    if unknown:
        raise ValidationError(_("There is no region %(code)s."), params={"code": unknown[0]})
    ProjectRegion.objects.bulk_create(
        ProjectRegion(project=project, region_code=code, role=role) for code, role in sorted(rows)
    )


def _index(project: Project) -> None:
    search.index(queries.SEARCH_KIND, [queries.as_found(project)])


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | bool) else str(value)


@contextmanager
def _no_doubles() -> Iterator[None]:
    """A transaction in which a second project of one name in one county is an error in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "project_name_in_county" not in str(error):
            raise
        raise ValidationError(_("This county already has a project of this name.")) from error
