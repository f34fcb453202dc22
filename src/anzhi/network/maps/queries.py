"""Reads of layers: a tile, all features of an area, counts by region."""

import json
from typing import Any

from django.db import connection

from anzhi.foundation.access.context import Scope
from anzhi.network.maps.registry import Layer

EXTENT, CELLS, MARGIN = 4096, 64, 64
MOST = 3000  # features sent as one list; beyond it they are counted by area, and say so
CALM = """
SELECT set_config('jit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true),
       set_config('statement_timeout', '3000', true)
"""
# written out at each place, not named once in a CTE: as constants they open the index of `shape`
EDGE = "ST_TileEnvelope(%(z)s, %(x)s, %(y)s)"
WIDE = f"ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => {MARGIN / EXTENT})"
INSIDE = f"""
    shape && {EDGE} AND ST_X(shape) >= ST_XMin({EDGE}) AND ST_X(shape) < ST_XMax({EDGE})
    AND ST_Y(shape) >= ST_YMin({EDGE}) AND ST_Y(shape) < ST_YMax({EDGE})
"""
SIDE = f"((ST_XMax({EDGE}) - ST_XMin({EDGE})) / {CELLS})"
CELL = f"floor((ST_X(shape) - ST_XMin({EDGE})) / {SIDE}), floor((ST_Y(shape) - ST_YMin({EDGE})) / {SIDE})"
ENCODED = f"(drawn, %(name)s, {EXTENT}, 'geom') FROM drawn WHERE geom IS NOT NULL"


def tile(layer: Layer, scope: Scope, z: int, x: int, y: int) -> bytes:
    """The tile as Mapbox vector tile, in one question. Every row of the scope is in it, itself or counted."""
    exact = _points if z >= layer.exact_from else _grid
    statement = exact(layer) if layer.points else _areas(layer)
    low, high = scope.bounds
    with connection.cursor() as cursor:
        cursor.execute(CALM)
        cursor.execute(statement, {"z": z, "x": x, "y": y, "name": layer.name, "low": low, "high": high})
        return bytes(cursor.fetchone()[0] or b"")


def _drawn(layer: Layer, columns: str, where: str, margin: int) -> str:
    return f"""WITH drawn AS (
        SELECT {columns}, ST_AsMVTGeom(shape, {EDGE}, {EXTENT}, {margin}, true) AS geom
        FROM ({layer.rows}) AS source WHERE {where}) SELECT ST_AsMVT{ENCODED}
    """  # noqa: S608 — names from our own registrations


def _areas(layer: Layer) -> str:
    return _drawn(layer, ", ".join(layer.fields), f"shape && {WIDE}", MARGIN)


def _points(layer: Layer) -> str:
    return _drawn(layer, ", ".join((*layer.fields, "false AS aggregated")), INSIDE, 0)


def _grid(layer: Layer) -> str:
    """Cells hold the middle of their points, not their own: no lattice, and tiles add up to the count."""
    source, n = (layer.cells, "n") if layer.cells else (layer.rows, "1")
    return f"""WITH cells AS (
        SELECT sum({n})::bigint AS n, sum(ST_X(shape) * {n}) / sum({n}) AS x, sum(ST_Y(shape) * {n}) / sum({n}) AS y
        FROM ({source}) AS source WHERE {INSIDE} GROUP BY {CELL}
    ), drawn AS (
        SELECT n, true AS aggregated,
               ST_AsMVTGeom(ST_SetSRID(ST_MakePoint(x, y), 3857), {EDGE}, {EXTENT}, 0, true) AS geom
        FROM cells) SELECT ST_AsMVT{ENCODED}
    """  # noqa: S608 — names from our own registrations


def features(layer: Layer, area: Scope) -> dict[str, Any]:
    """All rows of an area with their place in degrees; too many are counted by county instead, and say so."""
    low, high = area.bounds
    asked: dict[str, Any] = {"low": low, "high": high, "z": 12}
    with connection.cursor() as cursor:
        cursor.execute(CALM)
        cursor.execute(f"SELECT count(*) FROM ({layer.rows}) AS source", asked)  # noqa: S608
        total = cursor.fetchone()[0]
        columns = [*layer.fields, "region_code"] if total <= MOST else ["n", "region_code"]
        cursor.execute(_listed(layer) if total <= MOST else _counted(layer), asked)
        found = [dict(zip([*columns, "lon", "lat"], row, strict=True)) for row in cursor.fetchall()]
    return {"layer": layer.name, "total": total, "aggregated": total > MOST, "features": found}


def _listed(layer: Layer) -> str:
    return f"""
        SELECT {", ".join(layer.fields)}, region_code, round(ST_X(at)::numeric, 5)::float8,
               round(ST_Y(at)::numeric, 5)::float8
        FROM ({layer.rows}) AS source, ST_Transform(shape, 4326) AS at
        ORDER BY region_code, {layer.fields[0]}
    """  # noqa: S608 — names from our own registrations


def _counted(layer: Layer) -> str:
    return f"""
        SELECT count(*), rpad(left(region_code, 6), 12, '0'), avg(ST_X(at)), avg(ST_Y(at))
        FROM ({layer.rows}) AS source, ST_Transform(shape, 4326) AS at GROUP BY 2 ORDER BY 2
    """  # noqa: S608 — names from our own registrations


def kinds(layer: Layer, area: Scope) -> dict[str, int]:
    """Rows of an area by the `kind` that the legend explains."""
    low, high = area.bounds
    statement = f"""
        SELECT kind, {"sum(n)::bigint" if layer.signs else "count(*)"} FROM ({layer.rows}) AS source GROUP BY kind
    """  # noqa: S608 — names from our own registrations
    with connection.cursor() as cursor:
        cursor.execute(statement, {"low": low, "high": high, "z": 12})
        return dict(cursor.fetchall())


def lost(layer: Layer, area: Scope) -> int:
    """Rows of an area that no map can show, because nobody knows their place."""
    if not layer.lost:
        return 0
    low, high = area.bounds
    with connection.cursor() as cursor:
        cursor.execute(layer.lost, {"low": low, "high": high})
        return cursor.fetchone()[0]


def plain(found: dict[str, Any]) -> str:
    """As JSON, dates and decimals as text."""
    return json.dumps(found, default=str, ensure_ascii=False)
