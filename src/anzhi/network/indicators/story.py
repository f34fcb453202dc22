"""Figures in words, for the page of indicators."""

from typing import Any

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.context import Scope
from anzhi.foundation.parameters import clock
from anzhi.foundation.regions import queries as regions
from anzhi.network.indicators import queries, registry
from anzhi.network.indicators.registry import Indicator


def figures(actor: Actor, scope: Scope | None) -> list[dict[str, Any]]:
    """Definition, value and rows of each figure, for the whole area of who asks."""
    area = (scope.prefix if scope and scope.prefix else regions.PROVINCE[:2]).ljust(12, "0")
    return [_told(one, area) for one in registry.open_to(actor)]


def _told(indicator: Indicator, area: str) -> dict[str, Any]:
    period = indicator.period(clock.today())
    found = queries.total(indicator, area, period)
    parts = [
        {
            "label": label,
            "value": indicator.unit.exact(found.of(part)),
            "shown": indicator.unit.show(found.of(part)),
            "url": indicator.url(area, part, period),
        }
        for part, label in indicator.parts.items()
    ]
    return {"it": indicator, "parts": parts, "period": period}
