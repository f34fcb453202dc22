"""The figures of alerts, always asked from the rows: an alert counts the moment it is raised."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.network.indicators import units
from anzhi.network.indicators.links import rows
from anzhi.network.indicators.registry import Indicator, register
from anzhi.network.indicators.rules import Period, year_until
from anzhi.supervision.alerts.states import Level
from anzhi.supervision.alerts.types.catalogue import TYPES

OPEN = """
    SELECT region_code, level AS part, NULL::date AS day, 1 AS value
    FROM alerts_alert WHERE closed_at IS NULL AND NOT is_drill
"""
BY_TYPE = """
    SELECT region_code, type || '/' || level AS part, NULL::date AS day, 1 AS value
    FROM alerts_alert WHERE closed_at IS NULL AND NOT is_drill
"""
RAISED = "SELECT region_code, level AS part, raised_on AS day, 1 AS value FROM alerts_alert WHERE NOT is_drill"


def _open(area: str, part: str, period: Period) -> str:
    return rows("alerts:alerts", area, open="yes", level=part)


def _of_type(area: str, part: str, period: Period) -> str:
    code, _slash, level = part.partition("/")
    return rows("alerts:alerts", area, open="yes", type=code, level=level)


def _raised(area: str, part: str, period: Period) -> str:
    return rows("alerts:alerts", area, level=part, raised_on_from=period.first, raised_on_to=period.last)


def define() -> None:
    """Hand them in."""
    shared: dict[str, Any] = {
        "unit": units.ALERTS,
        "source": _("Alerts raised by the rules"),
        "permission": Permission.ALERT_VIEW,
        "better": "less",
    }
    levels = dict(Level.choices)
    register(
        Indicator(
            code="alerts",
            name=_("Open alerts"),
            formula=_("Alerts whose episode still runs, by level, drills left out"),
            rows=OPEN,
            url=_open,
            parts=levels,
            order=60,
            **shared,
        )
    )
    register(
        Indicator(
            code="alerts-by-type",
            name=_("Open alerts by type"),
            formula=_("The same, by type of rule and level"),
            rows=BY_TYPE,
            url=_of_type,
            parts={
                f"{code}/{level}": f"{rule.label} {label}"
                for code, rule in TYPES.items()
                for level, label in levels.items()
            },
            order=61,
            **shared,
        )
    )
    register(
        Indicator(
            code="alerts-raised",
            name=_("Alerts raised this year"),
            formula=_("Alerts raised from 1 January to today, by level, open or ended, drills left out"),
            rows=RAISED,
            url=_raised,
            parts=levels,
            period=year_until,
            order=62,
            **shared,
        )
    )
