"""How units lie to each other and to the units above: overlaps, gaps, strays. Small slips are mended as a whole."""

from collections.abc import Iterator
from math import cos, radians

import shapely
from shapely import MultiPolygon, Polygon, STRtree

from anzhi.foundation.regions import codes
from anzhi.foundation.regions.imports.findings import Finding, error, note, warning
from anzhi.foundation.regions.reference import coverage

Areas = dict[str, MultiPolygon]
DEGREE_KM = 111.32
SLIP = 0.05  # km²: digitising slips up to this size are mended and noted
DUST = 1e-6  # km²: one square metre, arithmetic
STRAY, MUCH_STRAY = 0.02, 0.05  # share of a unit outside its parent: warned about, refused


def km2(shape: shapely.Geometry) -> float:
    """The area on the ground, near enough for a threshold."""
    return float(shape.area * DEGREE_KM**2 * cos(radians(shape.centroid.y))) if shape.area else 0.0


def overlaps(areas: Areas) -> Iterator[Finding]:
    """Land given to two units."""
    unit = list(areas)
    shapes = list(areas.values())
    left, right = STRtree(shapes).query(shapes, predicate="intersects")
    for one, other in zip(left, right, strict=True):
        if one < other and (size := km2(shapes[one].intersection(shapes[other]))) > DUST:
            make = note if size <= SLIP else error
            yield make("overlap", unit[one], other=unit[other], km2=round(size, 6))


def gaps(areas: Areas) -> Iterator[Finding]:
    """Land between units that is given to none."""
    for hole in _enclosed(areas):
        if (size := km2(hole)) > DUST:
            make = note if size <= SLIP else error
            lon, lat = hole.representative_point().coords[0]
            yield make("gap", lon=round(lon, 5), lat=round(lat, 5), km2=round(size, 6))


def _enclosed(areas: Areas) -> Iterator[Polygon]:
    """Holes between the units of one parent: a whole county without towns is no gap."""
    groups: dict[str | None, list[MultiPolygon]] = {}
    for code, area in areas.items():
        key = codes.parent(code) if codes.level(code) == "town" else None
        groups.setdefault(key, []).append(area)
    for parent, group in groups.items():
        own = coverage.holes(group)
        if parent is None:
            yield from own
        else:
            taken = shapely.union_all(list(areas.values()))
            yield from (part for hole in own for part in coverage.multi(hole.difference(taken)).geoms)


def strays(areas: Areas, above: Areas) -> Iterator[Finding]:
    """Units that lie outside the unit above them."""
    for code, area in areas.items():
        parent = above.get(codes.parent(code) or "")
        if parent is None:
            continue
        share = area.difference(parent).area / area.area
        if share > STRAY:
            make = warning if share <= MUCH_STRAY else error
            yield make("outside_parent", code, parent=codes.parent(code), percent=round(share * 100, 1))


def mended(areas: Areas) -> Areas:
    """The same land as a coverage without slips: all lines are cut at all crossings, each face goes to one unit."""
    if shapely.coverage_is_valid(list(areas.values())) and not coverage.holes(list(areas.values())):
        return areas
    lines = shapely.union_all([area.boundary for area in areas.values()])
    faces = list(shapely.polygonize([lines]).geoms)
    points = [face.representative_point() for face in faces]
    unit = list(areas)
    owned: dict[str, list[Polygon]] = {code: [] for code in areas}
    face_of, unit_of = STRtree(list(areas.values())).query(points, predicate="intersects")
    owners: dict[int, str] = {}
    for face, number in zip(face_of, unit_of, strict=True):
        owners[face] = min(owners.get(face, unit[number]), unit[number])
    for face, code in owners.items():
        owned[code].append(faces[face])
    whole = {code: coverage.multi(shapely.coverage_union_all(parts)) for code, parts in owned.items() if parts}
    return coverage.fill_slivers(whole)[0]
