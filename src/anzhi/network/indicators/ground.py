"""Figures of what stands on the ground: projects and resettlement sites, which lie below and know no indicators."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.network.indicators import units
from anzhi.network.indicators.links import rows
from anzhi.network.indicators.registry import Indicator, register
from anzhi.network.projects.states import Build
from anzhi.network.sites.states import State

PROJECTS = """
    SELECT project.id AS key, touched.region_code, NULL::date AS day, {value} AS value,
           CASE WHEN project.suspended THEN 'suspended' ELSE project.build END AS part
    FROM projects_project AS project JOIN projects_projectregion AS touched ON touched.project_id = project.id
"""
SITES = """
    SELECT region_code, state AS part, NULL::date AS day, 1 AS value FROM sites_resettlementsite
"""
PEOPLE = """
    SELECT region_code, told.part, NULL::date AS day, told.value
    FROM sites_resettlementsite, LATERAL (VALUES ('plan', plan_people), ('moved', moved_people)) AS told(part, value)
"""


def define() -> None:
    """Hand them in."""
    _projects()
    _sites()


def _projects() -> None:
    """How many there are and what they can yield; one that touches two counties counts in both, and once above."""
    shared: dict[str, Any] = {
        "source": _("Register of projects"),
        "permission": Permission.PROJECT_VIEW,
        "url": lambda area, part, period: rows("projects:index", area, works=part),
        "parts": dict(Build.choices) | {"suspended": _("Suspended, projects")},
        "shared": True,
    }
    register(
        Indicator(
            code="projects",
            name=_("Projects"),
            unit=units.PROJECTS,
            formula=_("Number of projects whose works, flooded or receiving counties lie in the area, by state"),
            rows=PROJECTS.format(value=1),
            order=10,
            **shared,
        )
    )
    register(
        Indicator(
            code="capacity",
            name=_("Installed capacity"),
            unit=units.CAPACITY,
            formula=_(
                "Sum of the installed capacity of these projects; those whose capacity is not known are left out"
            ),
            rows=PROJECTS.format(value="round(project.installed_mw * 1000)::bigint") + "WHERE installed_mw IS NOT NULL",
            order=11,
            **shared,
        )
    )


def _sites() -> None:
    """How many there are, and the people of them."""
    shared: dict[str, Any] = {"source": _("Register of resettlement sites"), "permission": Permission.SITE_VIEW}
    register(
        Indicator(
            code="sites",
            name=_("Resettlement sites"),
            unit=units.SITES,
            formula=_("Number of resettlement sites in the area, by state"),
            rows=SITES,
            url=lambda area, part, period: rows("sites:index", area, state=part),
            parts=dict(State.choices),
            order=20,
            **shared,
        )
    )
    register(
        Indicator(
            code="people",
            name=_("People in resettlement sites"),
            unit=units.PEOPLE,
            formula=_("Sum of the people planned, and of the people reported as moved in, over the sites of the area"),
            rows=PEOPLE,
            url=lambda area, part, period: rows("sites:index", area),
            parts={"plan": _("planned"), "moved": _("moved in")},
            better="more",
            order=21,
            **shared,
        )
    )
