"""The figure of money on its way: what was due to counties, and what arrived."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.network.indicators import units
from anzhi.network.indicators.links import rows
from anzhi.network.indicators.registry import Indicator, register
from anzhi.network.indicators.rules import Period, year_until

CODE = "allocations"
ROWS = """
    SELECT to_region AS region_code, told.part, due_on AS day, told.value
    FROM plans_allocation, LATERAL (VALUES ('due', amount), ('arrived', arrived)) AS told(part, value)
    WHERE state <> 'cancelled' AND NOT is_drill AND to_region LIKE '%%000000' AND to_region NOT LIKE '%%00000000'
"""


def listed(area: str, part: str, period: Period) -> str:
    """The list behind it: its totals are due and arrived."""
    return rows(
        "plans:allocations", area, tier="county", counted="yes", due_on_from=period.first, due_on_to=period.last
    )


def late(area: str, period: Period) -> str:
    """What is overdue and not whole."""
    return rows("plans:allocations", area, tier="county", counted="late", due_on_from=period.first)


def define() -> None:
    """Hand it in."""
    register(
        Indicator(
            code=CODE,
            name=_("Allocations to counties: due and arrived"),
            unit=units.YUAN,
            formula=_(
                "Allocations to county offices, due from 1 January to today, without cancelled ones and drills: "
                "their amounts, and what of them arrived by matched bank rows"
            ),
            source=_("Allocation sheets, matched with bank statements"),
            permission=Permission.ALLOCATION_VIEW,
            rows=ROWS,
            url=listed,
            parts={"due": _("due"), "arrived": _("arrived")},
            better="more",
            kept=True,
            period=year_until,
            order=40,
        )
    )
