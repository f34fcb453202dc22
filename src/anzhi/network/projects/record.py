"""What a project's page shows, prepared: milestones on a line, plan against done, facts of duty, source."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from anzhi.foundation.money import formats
from anzhi.foundation.web import places
from anzhi.network.projects import queries
from anzhi.network.projects.models import Milestone, Project
from anzhi.network.projects.rules import percent
from anzhi.network.projects.states import GUARDS, ORDER, Kind, Step, View
from anzhi.network.projects.tables import to_verify


@dataclass(frozen=True)
class Stop:
    """One milestone on the line."""

    step: str
    label: str
    on: date | None
    document: str
    reason: str
    papers: list[Any]
    kind: str  # done, next, open
    article: int | None


def line(project: Project) -> list[Stop]:
    """What was reached, the next step, and how the line ends. Nothing where no milestone is on record."""
    rows = {row.step: row for row in queries.milestones(project)}
    if not rows:
        return []
    papers = queries.papers(project)
    last = max(ORDER.index(step) for step in rows)
    shown = [step for step in ORDER if step in rows or ORDER.index(step) == last + 1]
    return [_stop(Step(step), rows.get(step), papers) for step in shown]


def _stop(step: Step, row: Milestone | None, papers: dict[str, list[Any]]) -> Stop:
    guard = GUARDS.get(step)
    kept = papers.get(str(row.pk), []) if row else []
    return Stop(
        step.value,
        str(step.label),
        row.on if row else None,
        row.document if row else "",
        row.reason if row else "",
        kept,
        "done" if row else "next",
        guard.article if guard else None,
    )


def bars(project: Project) -> list[dict[str, Any]]:
    """Plan against done, where both are known."""
    people, fund = _("people"), _("yuan")
    pairs = [
        (_("Resettlers moved"), project.moved_people, project.plan_people, people),
        (_("Production resettlement"), project.done_production, project.plan_production, people),
        (_("Estimate paid"), project.paid_investment, project.plan_investment, fund),
    ]
    return [
        {"label": label, "done": f"{_round(done)} / {_round(plan)} {unit}", "percent": percent(done, plan)}
        for label, done, plan, unit in pairs
        if percent(done, plan) is not None
    ]


def _round(value: Any) -> str:
    return formats.figure(value, 0)


def duty(project: Project) -> list[tuple[str, Any]]:
    """Who is responsible, and what it is; what is not known says so."""
    known = [
        (_("Competent department"), project.competent_dept or to_verify()),
        (_("Owner"), project.owner_org or to_verify()),
        (_("Supervising unit"), project.supervisor_org),
        (_("Standards"), project.get_regime_display()),
        (_("Basin"), project.get_basin_display() or to_verify()),
        (_("Normal level"), _metres(project.normal_level_m) or to_verify()),
        (_("Dead level"), _metres(project.dead_level_m)),
        (_("Check flood level"), _metres(project.check_level_m)),
        (_("Position"), position(project) or to_verify()),
        (_("Counties touched"), "、".join(counties(project))),
    ]
    if project.kind in (Kind.HYDROPOWER, Kind.PUMPED_STORAGE):
        known.insert(5, (_("Installed"), _power(project) or to_verify()))
    return known


def counties(project: Project) -> list[str]:
    """Counties it touches, that of the works first."""
    codes = {row.region_code for row in project.counties.all()} - {project.region_code}
    return [places.name_of(code) for code in [project.region_code, *sorted(codes)]]


def position(project: Project) -> str:
    """Degrees, and how far outside the county where it is."""
    if project.point is None:
        return ""
    degrees = f"{project.point.x:.4f}°E {project.point.y:.4f}°N"
    if not project.point_outside_m:
        return degrees
    km = f"{project.point_outside_m / 1000:.1f}"
    return _("%(degrees)s, %(km)s km outside the county") % {"degrees": degrees, "km": km}


def pictures(links: list[Any], views: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Photos for the component: viewpoint and day on each."""
    named = views or dict(View.choices)
    return [
        {"link": link, "view": named.get(link.viewpoint, link.viewpoint), "on": link.taken_at or link.at}
        for link in links
    ]


def level_of(level: Any) -> str:
    """Metres with decimals only where there are any."""
    return formats.figure(level, 0 if level == level.to_integral() else 2)


def _metres(level: Any) -> str:
    return "" if level is None else f"{level_of(level)} m"


def _power(project: Project) -> str:
    if project.installed_mw is None:
        return ""
    return _("%(n)s 10 MW") % {"n": formats.figure(project.installed_mw / 10, 1)}
