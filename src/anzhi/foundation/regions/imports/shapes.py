"""From rings of coordinates to polygons, saying what was wrong with them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon

from anzhi.foundation.regions.imports.findings import Finding, error, note

Ring = Sequence[Sequence[float]]
CORNERS = 4  # of the smallest closed ring
FARTHEST = 1e8  # metres with a zone before them; beyond is neither metres nor degrees


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
    elif problem := next(filter(None, map(unsound, rings)), ""):
        feature.findings.append(error(problem, number))
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


def unsound(ring: Ring) -> str:
    """What keeps a ring from being one, as a kind of finding; "" for a sound one."""
    if any(len(point) < 2 for point in ring):
        return "not_a_number"
    if problem := unplaced(value for point in ring for value in point[:2]):
        return problem
    if len(ring) < CORNERS:
        return "zero_area"
    return "unclosed_ring" if tuple(ring[0][:2]) != tuple(ring[-1][:2]) else ""


def unplaced(values: Iterable[object]) -> str:
    """Why some of these are no coordinates, as a kind of finding; "" when all are."""
    for value in values:
        if not isinstance(value, (int, float)) or isinstance(value, bool) or value != value:
            return "not_a_number"
        if abs(value) > FARTHEST:
            return "not_a_number" if value in (math.inf, -math.inf) else "off_the_earth"
    return ""
