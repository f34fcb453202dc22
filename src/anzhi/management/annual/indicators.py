"""The figures of annual plans: people and investment, planned and done, this year."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.network.indicators import units
from anzhi.network.indicators.links import rows
from anzhi.network.indicators.registry import Indicator, register
from anzhi.network.indicators.rules import Period, year_of

PEOPLE, INVESTMENT = "annual_people", "annual_investment"
ROWS = """
    SELECT plan.region_code, 'plan' AS part, make_date(plan.year, 1, 1) AS day, {planned} AS value
    FROM annual_annualplanline AS line JOIN annual_annualplan AS plan ON plan.id = line.plan_id
    JOIN annual_annualtask AS task ON task.id = line.task_id
    WHERE plan.state = 'in_force' {only}
    UNION ALL
    SELECT task.region_code, 'done', make_date(task.year, 1, 1), {done}
    FROM annual_progressreport AS report JOIN annual_annualtask AS task ON task.id = report.task_id
    WHERE report.state = 'confirmed' {only}
"""


def listed(area: str, part: str, period: Period) -> str:
    """The plans in force of the year; below them stand both sums."""
    return rows("annual:plans", area, year=period.first.year if period.first else "", state="in_force")


def define() -> None:
    """Hand them in."""
    shared: dict[str, Any] = {
        "permission": Permission.WORK_VIEW,
        "url": listed,
        "parts": {"plan": _("planned for the year"), "done": _("confirmed as done")},
        "better": "more",
        "period": year_of,
        "source": _("Annual plans in force; progress confirmed by supervision units"),
    }
    register(
        Indicator(
            code=PEOPLE,
            name=_("People to be moved this year: planned and moved"),
            unit=units.PEOPLE,
            formula=_("Lines of kind “people to be moved” of plans in force; confirmed reports of the same tasks"),
            rows=ROWS.format(
                planned="line.quantity::bigint", done="report.quantity::bigint", only="AND task.type = 'move'"
            ),
            order=30,
            **shared,
        )
    )
    register(
        Indicator(
            code=INVESTMENT,
            name=_("Investment this year: planned and done"),
            unit=units.YUAN,
            formula=_("Investment of all lines of plans in force; investment of confirmed reports"),
            rows=ROWS.format(planned="line.investment", done="report.invested", only=""),
            order=31,
            **shared,
        )
    )
