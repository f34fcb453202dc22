"""GeoPackage: an SQLite file. Opened read-only and untrusted; only plain tables are read."""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon

from anzhi.foundation.regions.imports.findings import Unreadable, error, note
from anzhi.foundation.regions.imports.shapes import Feature, Layer, settle, unplaced

LAYERS = """
SELECT g.table_name, g.column_name, s.organization, s.organization_coordsys_id
  FROM gpkg_geometry_columns g JOIN sqlite_master m ON m.name = g.table_name AND m.type = 'table'
  LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
"""
ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}  # bytes by the indicator in the flags
EMPTY = 0b0001_0000


def read(path: Path) -> Layer:
    """The features of the only layer with polygons. Raises Unreadable."""
    try:
        with _opened(path) as database:
            layers = database.execute(LAYERS).fetchall()
            if len(layers) != 1:
                raise Unreadable("layers", count=len(layers))
            table, column, organization, number = layers[0]
            stated = str(number) if str(organization).upper() == "EPSG" else "?"
            rows = database.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608 — a quoted identifier
            names = [item[0] for item in rows.description]
            return Layer(
                [_feature(n, dict(zip(names, row, strict=True)), column) for n, row in enumerate(rows, 1)], stated
            )
    except sqlite3.Error as wrong:
        raise Unreadable("not_geopackage", reason=str(wrong)) from wrong


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA query_only = ON")
        yield database


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _feature(number: int, row: dict[str, Any], column: str) -> Feature:
    blob = row.pop(column, None)
    feature = Feature(number, row)
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP" or blob[3] & EMPTY:
        feature.findings.append(error("empty_geometry", number))
        return feature
    start = 8 + ENVELOPES.get(blob[3] >> 1 & 0b111, 0)
    try:
        shape = shapely.from_wkb(blob[start:])
    except (shapely.GEOSException, struct.error) as wrong:
        kind = "unclosed_ring" if "closed" in str(wrong) else "broken_geometry"
        feature.findings.append(error(kind, number))
        return feature
    _settle(feature, shape)
    return feature


def _settle(feature: Feature, shape: shapely.Geometry) -> None:
    if not isinstance(shape, (Polygon, MultiPolygon)):
        feature.findings.append(error("wrong_geometry", feature.number, geometry=shape.geom_type))
        return
    if shape.has_z:
        feature.findings.append(note("height_dropped", feature.number))
        shape = shapely.force_2d(shape)
    if problem := unplaced(shapely.get_coordinates(shape).ravel()):
        feature.findings.append(error(problem, feature.number))
        return
    settle(feature, shape if isinstance(shape, MultiPolygon) else MultiPolygon([shape]))
