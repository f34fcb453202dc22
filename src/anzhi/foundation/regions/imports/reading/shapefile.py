"""Shapefiles: polygons (plain, with heights, with measures) from .shp, rows from .dbf, the text encoding from .cpg."""

import codecs
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from shapely import LinearRing, Polygon

from anzhi.foundation.regions.imports.findings import Unreadable, error, note
from anzhi.foundation.regions.imports.shapes import Feature, Layer, Ring, build, unsound

MAGIC, HEADER = 9994, 100
NOTHING, POLYGONS = 0, {5: False, 15: True, 25: False}  # kinds, and whether they carry heights
DBF_GBK = 0x4D
TEXT = {"utf-8": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030", "big5": "big5"}
END_OF_FIELDS, DELETED = 0x0D, b"*"


def read(parts: dict[str, bytes]) -> Layer:
    """A layer from the members of a zip. Raises Unreadable."""
    if ".dbf" not in parts:
        raise Unreadable("no_dbf")
    try:
        rows, encoding = _rows(parts[".dbf"], parts.get(".cpg", b"").decode("ascii", "replace").strip())
        shapes = list(_shapes(parts[".shp"]))
    except (struct.error, IndexError) as wrong:
        raise Unreadable("broken_shapefile") from wrong
    if len(rows) != len(shapes):
        raise Unreadable("rows_and_shapes", rows=len(rows), shapes=len(shapes))
    pairs = enumerate(zip(rows, shapes, strict=True), 1)
    features = [_feature(number, row, shape) for number, (row, shape) in pairs if row is not None]
    found = [] if ".cpg" in parts else [note("encoding_guessed", encoding=encoding)]
    return Layer(features, parts.get(".prj", b"").decode("utf-8", "replace").strip(), found)


def _feature(number: int, row: dict[str, Any], shape: tuple[int, list[Ring]]) -> Feature:
    kind, rings = shape
    if kind == NOTHING:
        return Feature(number, row, findings=[error("empty_geometry", number)])
    if kind not in POLYGONS:
        return Feature(number, row, findings=[error("wrong_geometry", number, geometry=f"shape {kind}")])
    feature = build(number, row, _grouped(rings))
    if POLYGONS[kind] and feature.area:
        feature.findings.append(note("height_dropped", number))
    return feature


def _shapes(data: bytes) -> Iterator[tuple[int, list[Ring]]]:
    if struct.unpack_from(">i", data)[0] != MAGIC:
        raise Unreadable("broken_shapefile")
    at = HEADER
    while at < len(data):
        words = struct.unpack_from(">i", data, at + 4)[0]
        body = data[at + 8 : at + 8 + 2 * words]
        if len(body) < 2 * words or words < 2:
            raise Unreadable("broken_shapefile")
        at += 8 + 2 * words
        (kind,) = struct.unpack_from("<i", body)
        yield kind, list(_rings(body)) if kind in POLYGONS else []


def _rings(body: bytes) -> Iterator[Ring]:
    parts, points = struct.unpack_from("<2i", body, 36)
    starts = [*struct.unpack_from(f"<{parts}i", body, 44), points]
    values = struct.unpack_from(f"<{2 * points}d", body, 44 + 4 * parts)
    corners = list(zip(values[::2], values[1::2], strict=True))
    for start, end in pairwise(starts):
        yield corners[start:end]


def _grouped(rings: list[Ring]) -> list[list[Ring]]:
    """Shells turn clockwise; a hole belongs to the smallest shell around it. One ring is a shell, however it turns."""
    if len(rings) == 1 or any(unsound(ring) for ring in rings):
        return [[ring] for ring in rings]  # unsound rings are named by the checks
    shells = [[ring] for ring in rings if not LinearRing(ring).is_ccw]
    outlines = [Polygon(shell[0]) for shell in shells]
    for ring in rings:
        if LinearRing(ring).is_ccw:
            hole = Polygon(ring)
            around = [n for n, outline in enumerate(outlines) if outline.contains(hole.representative_point())]
            if around:
                shells[min(around, key=lambda n: outlines[n].area)].append(ring)
            else:
                shells.append([ring])
    return shells


def _rows(data: bytes, stated: str) -> tuple[list[dict[str, Any] | None], str]:
    """The rows, None for one marked as deleted, and the encoding of their text."""
    count, header, size = struct.unpack_from("<IHH", data, 4)
    if size < 1 or header + count * size > len(data):
        raise Unreadable("broken_shapefile")
    fields = list(_fields(data))
    records = [data[header + n * size : header + (n + 1) * size] for n in range(count)]
    encoding = _encoding(stated, data[29], b"".join(records))
    return [None if record[:1] == DELETED else _row(record, fields, encoding) for record in records], encoding


def _fields(data: bytes) -> Iterator[tuple[bytes, int]]:
    at = 32
    while data[at] != END_OF_FIELDS:
        yield data[at : at + 11].split(b"\0")[0], data[at + 16]
        at += 32


def _encoding(stated: str, language: int, sample: bytes) -> str:
    """The stated one, else what the header says, else UTF-8 where it fits, else the Chinese national set."""
    for name in (stated, f"cp{stated}", "gb18030" if language == DBF_GBK else ""):
        try:
            if (found := codecs.lookup(name).name) in TEXT:
                return TEXT[found]
        except LookupError:
            continue
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _row(record: bytes, fields: list[tuple[bytes, int]], encoding: str) -> dict[str, Any]:
    row, at = {}, 1
    for name, size in fields:
        row[name.decode(encoding, "replace")] = record[at : at + size].decode(encoding, "replace").strip(" \0")
        at += size
    return row
