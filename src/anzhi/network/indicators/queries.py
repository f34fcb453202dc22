"""Reads of figures: for an area, by the areas below it, by month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Sum

from anzhi.foundation.access.context import Scope
from anzhi.foundation.parameters import clock
from anzhi.foundation.regions import codes
from anzhi.network.indicators.models import Rollup
from anzhi.network.indicators.registry import Indicator
from anzhi.network.indicators.rules import ALWAYS, Period, below

KEPT = "SELECT region_code, part, day, value FROM indicators_rollup WHERE indicator = %(code)s"
WITHIN = """
    region_code >= %(low)s AND region_code < %(high)s
    AND (day IS NULL OR ((%(first)s::date IS NULL OR day >= %(first)s) AND (%(last)s::date IS NULL OR day <= %(last)s)))
"""


@dataclass(frozen=True)
class Figure:
    """A value with its parts; `parts` adds up to `total`."""

    parts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Of all parts."""
        return sum(self.parts.values())

    def of(self, part: str) -> int:
        """One part; none is zero, for the rows were counted."""
        return self.parts.get(part, 0)


def total(indicator: Indicator, area: str, period: Period = ALWAYS) -> Figure:
    """The figure of an area (12-digit code)."""
    return by_key(indicator, area, "''", period).get("", Figure())


def children(indicator: Indicator, area: str, period: Period = ALWAYS) -> dict[str, Figure]:
    """The figures of the areas one tier down; rows of the area's own office stand under its own code."""
    length = below(len(codes.prefix(area)))
    return by_key(indicator, area, f"rpad(left(region_code, {length}), 12, '0')", period)


def months(indicator: Indicator, area: str, period: Period) -> dict[date, Figure]:
    """The figure by month (its first day)."""
    return by_key(indicator, area, "date_trunc('month', day)::date", period)


def by_key(indicator: Indicator, area: str, key: str, period: Period) -> dict[Any, Figure]:
    """Parts by an SQL expression over a row."""
    low, high = Scope(codes.prefix(area)).bounds
    asked = {"low": low, "high": high, "first": period.first, "last": period.last, "code": indicator.code}
    with connection.cursor() as cursor:
        cursor.execute(statement(indicator, key), asked | {"today": clock.today()})
        rows = cursor.fetchall()
    found: dict[Any, dict[str, int]] = {}
    for name, part, value in rows:
        found.setdefault(name, {})[part] = int(value)
    return {name: Figure(parts) for name, parts in found.items()}


def kept_sums(codes: Iterable[str], scope: Scope, period: Period = ALWAYS) -> dict[tuple[str, str], int]:
    """Sums of kept figures of an area over whole months, by indicator and part, in one query."""
    rows = Rollup.objects.within(scope).filter(indicator__in=list(codes))
    rows = rows.filter(day__gte=period.first) if period.first else rows
    rows = rows.filter(day__lte=period.last) if period.last else rows
    return {(code, part): value for code, part, value in rows.values_list("indicator", "part").annotate(Sum("value"))}


def statement(indicator: Indicator, key: str) -> str:
    """The question: from the roll-up where the figure is kept, else from the rows."""
    source = KEPT if indicator.kept else indicator.rows
    if indicator.shared:
        counted = f"SELECT DISTINCT key, {key} AS name, part, value FROM ({source}) AS rows WHERE {WITHIN}"  # noqa: S608
    else:
        counted = f"SELECT {key} AS name, part, value FROM ({source}) AS rows WHERE {WITHIN}"  # noqa: S608
    return f"SELECT name, part, sum(value) FROM ({counted}) AS counted GROUP BY 1, 2"  # noqa: S608 — our own text
