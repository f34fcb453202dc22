"""What sites add to the page of a project."""

from typing import Any

from anzhi.foundation.access.context import Scope
from anzhi.network.projects.models import Project
from anzhi.network.projects.panels import Panel
from anzhi.network.sites import queries, tables

SHOWN = 6


def figure(project: Project, scope: Scope | None) -> Panel:
    """How many sites it has, in one's area."""
    return Panel("sites/_figure.html", {"sums": _sums(project, scope), "project": project})


def panel(project: Project, scope: Scope | None) -> Panel:
    """The largest sites and what all come to."""
    shown = list(queries.of_project(scope, project)[:SHOWN])
    for site in shown:
        vars(site).update(pill=tables.LIFE[site.state], county=tables.county(site))
    sums = _sums(project, scope)
    rest = {key: sums[key] - sum(getattr(s, f"plan_{key}") for s in shown) for key in ("households", "people")}
    found = {"sites": shown, "sums": sums, "rest": rest, "more": sums["all"] - len(shown), "project": project}
    return Panel("sites/_of_project.html", found)


def _sums(project: Project, scope: Scope | None) -> dict[str, Any]:
    return queries.sums(queries.of_project(scope, project))
