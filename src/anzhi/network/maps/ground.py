"""Layers of what stands on the ground: projects and resettlement sites."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.network.maps import versions
from anzhi.network.maps.registry import Layer, register
from anzhi.network.projects.states import Build

PROJECTS = """
    SELECT code, name, CASE WHEN suspended THEN 'suspended' ELSE build END AS kind, installed_mw::float8 AS size,
           river AS note, region_code, point_3857 AS shape
    FROM projects_project AS project WHERE point_3857 IS NOT NULL AND EXISTS ({touched})
"""
LOST = "SELECT count(*) FROM projects_project AS project WHERE point_3857 IS NULL AND EXISTS ({touched})"
TOUCHED = """
    SELECT FROM projects_projectregion AS touched WHERE touched.project_id = project.id
    AND touched.region_code >= %(low)s AND touched.region_code < %(high)s
"""
SITES = """
    SELECT code, name, 'site' AS kind, plan_people AS size, owner_unit AS note, region_code, point_3857 AS shape
    FROM sites_resettlementsite WHERE region_code >= %(low)s AND region_code < %(high)s
"""


def define() -> None:
    """Hand them in."""
    register(
        Layer(
            "projects",
            _("Projects"),
            Permission.PROJECT_VIEW,
            PROJECTS.format(touched=TOUCHED),
            ("code", "name", "kind", "size", "note"),
            versions.by_rows("projects_project"),
            url=lambda row: reverse("projects:project", args=[row["code"]]),
            lost=LOST.format(touched=TOUCHED),
            legend=(
                *((kind, label, kind) for kind, label in reversed(Build.choices)),
                ("suspended", _("Suspended, projects"), "suspended"),
            ),
            order=10,
        )
    )
    register(
        Layer(
            "sites",
            _("Resettlement sites"),
            Permission.SITE_VIEW,
            SITES,
            ("code", "name", "kind", "size", "note"),
            versions.by_rows("sites_resettlementsite"),
            exact_from=9,
            url=lambda row: reverse("sites:site", args=[row["code"]]),
            legend=(("site", _("Resettlement site"), "site"),),
            order=20,
        )
    )
