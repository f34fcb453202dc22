"""From rings of coordinates to polygons, saying what was wrong with them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon

from anzhi.foundation.regions.imports.findings import Finding, error, note

Ring = Sequence[Sequence[float]]
CORNERS = 4  # of the smallest closed ring


@dataclass
class Feature:
    """One row of a file: what it says, its area when it has a sound one, and what was found."""

    number: int
    properties: dict[str, Any]
    area: MultiPolygon | None = None
    findings: list[Finding] = field(default_factory=list)


@dataclass
class Layer:
    """What a reader hands over: features, and the coordinate system as the file states it."""

    features: list[Feature]
    stated: str = ""  # the file's own words: an EPSG number, WKT, or nothing
    findings: list[Finding] = field(default_factory=list)


def build(number: int, properties: dict[str, Any], polygons: Sequence[Sequence[Ring]]) -> Feature:
    """A feature from its polygons, each a shell and holes."""
    feature = Feature(number, properties)
    rings = [ring for polygon in polygons for ring in polygon]
    if not rings or not any(len(ring) for ring in rings):
        feature.findings.append(error("empty_geometry", number))
    elif problems := _problems(number, rings):
        feature.findings.extend(problems)
    else:
        if any(len(point) > 2 for ring in rings for point in ring):
            feature.findings.append(note("height_dropped", number))
        flat = [[[point[:2] for point in ring] for ring in polygon] for polygon in polygons if polygon]
        settle(feature, MultiPolygon([Polygon(shell, holes) for shell, *holes in flat]))
    return feature


def settle(feature: Feature, area: MultiPolygon) -> None:
    """Give a feature its area, unless the area is no sound one."""
    clean = shapely.remove_repeated_points(area)
    if clean.is_empty:
        feature.findings.append(error("empty_geometry", feature.number))
    elif any(part.convex_hull.area == 0 for part in clean.geoms):
        feature.findings.append(error("zero_area", feature.number))
    elif not clean.is_valid:
        reason, _bracket, place = shapely.is_valid_reason(clean).partition("[")
        feature.findings.append(error("self_crossing", feature.number, reason=reason, place=place.rstrip("]")))
    else:
        feature.area = clean
        if shapely.get_num_coordinates(clean) < shapely.get_num_coordinates(area):
            feature.findings.append(note("repeated_points", feature.number))


def _problems(number: int, rings: Sequence[Ring]) -> list[Finding]:
    for ring in rings:
        if any(len(point) < 2 or not all(map(_finite, point[:2])) for point in ring):
            return [error("not_a_number", number)]
        if len(ring) < CORNERS:
            return [error("zero_area", number)]
        if tuple(ring[0][:2]) != tuple(ring[-1][:2]):
            return [error("unclosed_ring", number)]
    return []


def _finite(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
