"""How new a layer is, kept in the process for seconds: an unchanged tile is answered without asking its rows."""

import time
from collections.abc import Callable

from django.db import connection

from anzhi.foundation.access.scope import current
from anzhi.network.maps.registry import Layer

FRESH_FOR = 2.0  # seconds
FULL = 10_000
_kept: dict[tuple[str, str], tuple[float, str]] = {}


def of(layer: Layer) -> str:
    """The version of what the current scope sees of a layer."""
    scope = current()
    key = (layer.name, "" if layer.public or scope is None else scope.prefix)
    at, known = _kept.get(key, (float("-inf"), ""))
    if time.monotonic() - at < FRESH_FOR:
        return known
    if len(_kept) >= FULL:
        _kept.clear()
    began = time.monotonic()  # before the question: a change in between is seen next time
    _kept[key] = (began, layer.version())
    return _kept[key][1]


def forget() -> None:
    """Ask anew at the next question."""
    _kept.clear()


def by_rows(table: str, condition: str = "true") -> Callable[[], str]:
    """The version of a table of some thousand rows: any insert, update or delete changes it."""
    statement = f"""
        SELECT count(*), coalesce(sum(hashtextextended(ctid::text || xmin::text, 0)), 0) FROM {table} WHERE {condition}
    """  # noqa: S608 — names from our own registrations

    def ask() -> str:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return "-".join(str(part) for part in cursor.fetchone())

    return ask
