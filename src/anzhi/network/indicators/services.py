"""Writes of roll-ups: follow the rows of some regions, or build all anew and prove them equal."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit import door as audit
from anzhi.foundation.parameters import clock
from anzhi.network.indicators import registry
from anzhi.network.indicators.models import Rollup
from anzhi.network.indicators.registry import Indicator

TAKEN = 5301  # advisory lock: two refreshes of the same regions wait for each other
SUMS = """
SELECT region_code, part, day, sum(value)::bigint AS value FROM ({rows}) AS rows
WHERE region_code = ANY(%(regions)s) GROUP BY 1, 2, 3
"""
REPLACE = """
WITH fresh AS ({sums}), gone AS (
    DELETE FROM indicators_rollup AS old WHERE indicator = %(code)s AND region_code = ANY(%(regions)s)
    AND NOT EXISTS (SELECT FROM fresh WHERE fresh.region_code = old.region_code AND fresh.part = old.part
                    AND fresh.day IS NOT DISTINCT FROM old.day))
INSERT INTO indicators_rollup (indicator, region_code, part, day, value)
SELECT %(code)s, region_code, part, day, value FROM fresh
ON CONFLICT (indicator, region_code, part, day) DO UPDATE SET value = excluded.value
WHERE indicators_rollup.value <> excluded.value
"""
COMPARE = """
SELECT count(*) FROM (
    SELECT region_code, part, day, sum(value)::bigint AS value FROM ({rows}) AS rows GROUP BY 1, 2, 3) AS fresh
FULL JOIN (SELECT region_code, part, day, value FROM indicators_rollup WHERE indicator = %(code)s) AS old
  ON old.region_code = fresh.region_code AND old.part = fresh.part AND old.day IS NOT DISTINCT FROM fresh.day
WHERE old.value IS DISTINCT FROM fresh.value
"""
KNOWN = """
SELECT array_agg(DISTINCT region_code) FROM (
    SELECT region_code FROM ({rows}) AS rows UNION SELECT region_code FROM indicators_rollup WHERE indicator = %(code)s
) AS known
"""


@dataclass(frozen=True)
class Proof:
    """What a rebuild found of one indicator: how many sums differed from the rows before it mended them."""

    code: str
    differing: int


_gathered: ContextVar[dict[str, set[str]] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathered(*, by: Actor) -> Iterator[None]:
    """Let many pieces of work follow one another, and bring what they touched to the rows once, at the end.

    For bulk deliveries: until then the figures are those of before. Nothing is refreshed when the work fails.
    """
    touched: dict[str, set[str]] = {}
    token = _gathered.set(touched)
    try:
        yield
    finally:
        _gathered.reset(token)
    with transaction.atomic():
        for code, regions in touched.items():
            refresh(indicators=[code], regions=regions, by=by)


def refresh(*, indicators: Iterable[str], regions: Iterable[str], by: Actor) -> None:
    """Bring the sums of these regions (12-digit codes of rows) to what the rows say, in the open transaction.

    In system scope: a sum never depends on who brought the rows.
    """
    demand(by, Permission.INDICATOR_VIEW)
    wanted = sorted(set(regions))
    if not wanted:
        return
    if (waiting := _gathered.get()) is not None:
        for code in indicators:
            waiting.setdefault(code, set()).update(wanted)
        return
    with transaction.atomic(), system_scope(f"figures:{by.name}"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TAKEN])
        for code in indicators:
            _replace(cursor, registry.get(code), wanted)


def rebuild(*, by: Actor) -> list[Proof]:
    """Compare every kept figure with its rows and replace what differs; each difference goes on record."""
    demand(by, Permission.INDICATOR_VIEW)
    return [_prove(indicator, by) for indicator in registry.kept()]


def _prove(indicator: Indicator, by: Actor) -> Proof:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TAKEN])
        asked = _asked(indicator)
        cursor.execute(COMPARE.format(rows=indicator.rows), asked)
        differing = cursor.fetchone()[0]
        if differing:
            cursor.execute(KNOWN.format(rows=indicator.rows), asked)
            with audit.action("indicator.mismatch", by=by, on=Rollup(indicator=indicator.code), differing=differing):
                _replace(cursor, indicator, cursor.fetchone()[0])
    return Proof(indicator.code, differing)


def _asked(indicator: Indicator) -> dict[str, Any]:
    return {"low": "0", "high": ":", "today": clock.today(), "code": indicator.code}


def _replace(cursor: Any, indicator: Indicator, regions: list[str]) -> None:
    text = REPLACE.format(sums=SUMS.format(rows=indicator.rows))
    cursor.execute(text, _asked(indicator) | {"regions": regions})
