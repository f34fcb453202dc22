"""A coverage: areas that touch without overlap or gap. Simplified and dissolved as a whole, never one by one."""

from dataclasses import dataclass

import shapely
from shapely import MultiPolygon, Point, Polygon

from anzhi.foundation.regions import codes
from anzhi.foundation.regions.models import Band

# side, in degrees, of the square that a dropped corner may cover: about a pixel at the band's last zoom
TOLERANCE = {Band.FAR: 0.03, Band.MIDDLE: 0.012, Band.NEAR: 0.004}
SLIVER = 1e-5  # square degrees (0.1 km²): a hole between areas that is smaller is a slip of the pen


@dataclass(frozen=True)
class Filled:
    """A hole between areas that was given to the neighbour with the longest shared edge."""

    code: str
    lon: float
    lat: float
    square_degrees: float


def fill_slivers(areas: dict[str, MultiPolygon]) -> tuple[dict[str, MultiPolygon], list[Filled]]:
    """Close the small holes between areas; what was done is returned for the record."""
    areas, filled = dict(areas), []
    for hole in holes(list(areas.values())):
        if hole.area > SLIVER:
            continue
        code = max(areas, key=lambda code: areas[code].intersection(hole.boundary).length)
        areas[code] = multi(shapely.coverage_union_all([areas[code], hole]))
        filled.append(Filled(code, round(hole.centroid.x, 6), round(hole.centroid.y, 6), hole.area))
    return areas, filled


def holes(areas: list[MultiPolygon]) -> list[Polygon]:
    """What the union of the areas leaves open inside."""
    union = multi(shapely.union_all(areas))
    return [Polygon(ring) for part in union.geoms for ring in part.interiors]


def bands(areas: dict[str, MultiPolygon]) -> dict[Band, dict[str, MultiPolygon]]:
    """The coverage of one tier, and all tiers dissolved from it, for each band."""
    return {band: dissolved(simplified(areas, TOLERANCE.get(band))) for band in Band}


def simplified(areas: dict[str, MultiPolygon], tolerance: float | None) -> dict[str, MultiPolygon]:
    """The coverage with fewer corners; shared edges stay shared. No tolerance: as it is."""
    if tolerance is None:
        return areas
    shapes = shapely.coverage_simplify(list(areas.values()), tolerance)
    return dict(zip(areas, map(multi, shapes), strict=True))


def dissolved(areas: dict[str, MultiPolygon]) -> dict[str, MultiPolygon]:
    """The areas and every area above them, so that edges of all tiers coincide."""
    result, tier = dict(areas), areas
    while above := {parent for code in tier if (parent := codes.parent(code))}:
        tier = {code: _union(code, tier) for code in sorted(above)}
        result |= tier
    return result


def _union(code: str, tier: dict[str, MultiPolygon]) -> MultiPolygon:
    return multi(shapely.coverage_union_all([area for child, area in tier.items() if codes.parent(child) == code]))


def label_point(area: MultiPolygon) -> Point:
    """Where a label sits best: the centre of the largest circle inside the largest part."""
    largest = max(area.geoms, key=lambda part: part.area)
    return Point(shapely.maximum_inscribed_circle(largest, 0.001).coords[0])


def multi(shape: shapely.Geometry) -> MultiPolygon:
    """Polygons as a multipolygon; what has no area is dropped."""
    parts = [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon) and not part.is_empty]
    return MultiPolygon(parts)
