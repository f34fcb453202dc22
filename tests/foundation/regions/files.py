"""Boundary files for tests: the shipped counties, spoiled on purpose, in three formats."""

import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from anzhi.foundation.regions.reference import coverage, tianditu

Areas = dict[str, MultiPolygon]
CGCS_PRJ = (
    'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",'
    'SPHEROID["CGCS2000",6378137.0,298.257222101]]]'
)


@cache
def _counties() -> tuple[tuple[str, str, MultiPolygon], ...]:
    areas = {area.code: area.geometry for area in tianditu.areas()}
    called = {area.code: area.name for area in tianditu.areas()}
    return tuple((code, called[code], area) for code, area in coverage.fill_slivers(areas)[0].items())


def counties() -> Areas:
    """A fresh copy of the shipped counties, without the slip in the source."""
    return {code: area for code, _name, area in _counties()}


def called(code: str) -> str:
    """The name of a county."""
    return next(name for one, name, _area in _counties() if one == code)


def moved(areas: Areas, move: Callable[[Any, Any], tuple[Any, Any]]) -> Areas:
    """The areas with every corner sent through `move(lon, lat)`."""
    return {
        code: shapely.transform(area, lambda points: np.column_stack(move(points[:, 0], points[:, 1])))
        for code, area in areas.items()
    }


def feature(code: Any, geometry: Any, **more: Any) -> dict[str, Any]:
    """A GeoJSON feature."""
    if isinstance(geometry, shapely.Geometry):
        geometry = json.loads(shapely.to_geojson(geometry))
    return {"type": "Feature", "properties": {"XZQDM": code, **more}, "geometry": geometry}


def features(areas: Areas) -> list[dict[str, Any]]:
    """Features with 6-digit codes and names."""
    return [feature(code[:6], area, XZQMC=called(code)) for code, area in areas.items()]


def geojson(path: Path, rows: Iterable[dict[str, Any]], **members: Any) -> Path:
    """Write a FeatureCollection."""
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": list(rows)}, ensure_ascii=False))
    return path


def geopackage(path: Path, areas: Areas, epsg: int = 4490, raw: dict[str, bytes] | None = None) -> Path:
    """Write a GeoPackage with one layer; `raw` replaces the geometry of a code."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        database.executescript("""
            CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
                                               organization_coordsys_id INTEGER, definition TEXT);
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
                                                srs_id INTEGER, z INTEGER, m INTEGER);
            CREATE TABLE "县界" (fid INTEGER PRIMARY KEY, geom BLOB, adcode TEXT, name TEXT);
        """)
        database.execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('s', ?, 'EPSG', ?, '')", [epsg, epsg])
        database.execute("INSERT INTO gpkg_geometry_columns VALUES ('县界', 'geom', 'MULTIPOLYGON', ?, 0, 0)", [epsg])
        head = struct.pack("<2sBBi", b"GP", 0, 1, epsg)
        for code, area in areas.items():
            blob = (raw or {}).get(code, head + shapely.to_wkb(area))
            database.execute('INSERT INTO "县界" (geom, adcode, name) VALUES (?, ?, ?)', [blob, code, called(code)])
    database.close()
    return path


def shapefile(
    path: Path, areas: Areas, *, prj: str = CGCS_PRJ, encoding: str = "gbk", cpg: str = "", **members: bytes
) -> Path:
    """Write a zipped shapefile with field names cut at ten bytes."""
    shapes, rows = [], []
    for number, (code, area) in enumerate(areas.items(), 1):
        body = _polygon(area)
        shapes.append(struct.pack(">2i", number, len(body) // 2) + body)
        rows.append(b" " + code[:6].ljust(12).encode() + called(code).encode(encoding).ljust(60)[:60])
    fields = _field("county_cod", 12) + _field("name", 60)
    dbf = struct.pack("<4BIHH20x", 3, 126, 1, 1, len(rows), 33 + len(fields), 73) + fields + b"\r" + b"".join(rows)
    shp = (
        struct.pack(">i20x", 9994) + struct.pack(">i", 50) + struct.pack("<2i", 1000, 5) + bytes(64) + b"".join(shapes)
    )
    parts = {"shp": shp, "dbf": dbf, "prj": prj.encode(), "cpg": cpg.encode()} | members
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix, data in parts.items():
            if data:
                archive.writestr(f"行政区/county.{suffix}", data)
    return path


def _field(name: str, size: int) -> bytes:
    return name.encode().ljust(11, b"\0") + b"C" + bytes(4) + bytes([size]) + bytes(15)


def _polygon(area: MultiPolygon) -> bytes:
    rings = [ring for part in area.geoms for ring in _turned(part)]
    starts = np.cumsum([0, *[len(ring) for ring in rings[:-1]]])
    points = [value for ring in rings for point in ring for value in point]
    head = struct.pack("<i4d2i", 5, *area.bounds, len(rings), len(points) // 2)
    return head + struct.pack(f"<{len(rings)}i", *starts) + struct.pack(f"<{len(points)}d", *points)


def _turned(part: Polygon) -> list[list[tuple[float, float]]]:
    """Shell clockwise, holes the other way."""
    part = shapely.orient_polygons(part, exterior_cw=True)
    return [list(part.exterior.coords), *[list(ring.coords) for ring in part.interiors]]


def archive(members: dict[str, bytes]) -> bytes:
    """A zip with these members."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)
    return memory.getvalue()
