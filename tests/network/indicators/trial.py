"""A figure of the tests' own, over a table that lives as long as the transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from anzhi.foundation.access.permissions import Permission
from anzhi.network.indicators import units
from anzhi.network.indicators.registry import Indicator

ROWS = "SELECT region_code, part, day, value FROM trial"
SHARED = "SELECT key, region_code, part, NULL::date AS day, value FROM trial_shared"
TABLES = (
    "CREATE TEMP TABLE trial (region_code text, part text, day date, value bigint) ON COMMIT DROP",
    "CREATE TEMP TABLE trial_shared (key int, region_code text, part text, value bigint) ON COMMIT DROP",
)
Row = tuple[str, str, date | None, int]


def made(code: str = "trial", **more: Any) -> Indicator:
    """An indicator over `trial`; everything can be said otherwise."""
    given: dict[str, Any] = {
        "code": code,
        "name": code,
        "unit": units.ROWS,
        "formula": "sum",
        "source": "the tests",
        "permission": Permission.INDICATOR_VIEW,
        "rows": ROWS,
        "url": lambda area, part, period: "",
        "kept": True,
    }
    return Indicator(**given | more)


def fill(rows: Iterable[Row]) -> None:
    """Exactly these rows."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trial")
        cursor.executemany("INSERT INTO trial VALUES (%s, %s, %s, %s)", list(rows))


def share(rows: Iterable[tuple[int, str, str, int]]) -> None:
    """Exactly these rows of keys that lie in several regions."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trial_shared")
        cursor.executemany("INSERT INTO trial_shared VALUES (%s, %s, %s, %s)", list(rows))
