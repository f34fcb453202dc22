"""Open alerts on the map: how many of each level a region has, at the middle of the region."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web import cells
from anzhi.network.indicators.links import rows
from anzhi.network.maps import versions
from anzhi.network.maps.registry import Layer, register
from anzhi.supervision.alerts.states import Level

OPEN = """
    SELECT alert.region_code AS code, region.short_name AS name, alert.level AS kind, alert.n, alert.region_code,
           ST_Transform(boundary.label_point, 3857) AS shape
    FROM (SELECT region_code, level, count(*) AS n FROM alerts_alert
          WHERE closed_at IS NULL AND NOT is_drill AND region_code >= %(low)s AND region_code < %(high)s
          GROUP BY 1, 2) AS alert
    JOIN regions_region AS region ON region.code = alert.region_code
    JOIN regions_boundary AS boundary ON boundary.region_id = region.code
     AND boundary.valid_to IS NULL AND boundary.band = 24
"""


def told(row: dict[str, Any]) -> dict[str, Any]:
    """What the sign says."""
    level = row["kind"]
    return {
        "level": level,
        "letter": cells.level_letter(level),
        "words": f"{row['name']} {cells.level_name(level)} {row['n']}",
    }


def define() -> None:
    """Hand it in."""
    register(
        Layer(
            "alerts",
            _("Open alerts"),
            Permission.ALERT_VIEW,
            OPEN,
            ("code", "name", "kind", "n"),
            versions.by_rows("alerts_alert", "closed_at IS NULL"),
            signs=True,
            url=lambda row: rows("alerts:alerts", row["code"], open="yes", level=row["kind"]),
            told=told,
            legend=tuple((level.value, level.label, level.value) for level in Level),
            order=30,
        )
    )
