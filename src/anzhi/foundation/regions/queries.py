"""Reads: the register, the tree, and where a point lies."""

import contextlib
import json
import math
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.gis.geos import Point
from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL

from anzhi.foundation.regions import codes, names, rules
from anzhi.foundation.regions.models import Band, Boundary, BoundaryImport, Edition, Level, Region
from anzhi.foundation.regions.names import Name
from anzhi.foundation.regions.points import Kind, Verdict

PROVINCE = "530000000000"
ORDER = {level: number for number, level in enumerate(Level.values)}
DECIMALS = {Band.FAR: 3, Band.MIDDLE: 4, Band.NEAR: 5, Band.EXACT: 6}
NOWHERE = 0.01  # degrees round 0, 0
LARGEST_SHIFT = 2000  # metres; commercial maps move a point of Yunnan by less


def exists(code: str, on: date | None = None) -> bool:
    """Whether the code is in force on a day (today: never closed). Cheap: asks the names kept in the process."""
    unit = names.one(code)
    return unit is not None and unit.valid(on)


def label(code: str) -> str:
    """The short name in the reader's language; the code itself where it is unknown."""
    unit = names.one(code)
    return unit.label if unit else code


def labels(wanted: Iterable[str]) -> dict[str, str]:
    """Short names for a list of codes, in one go."""
    return {code: unit.label for code, unit in names.many(wanted).items()}


def path(code: str) -> list[Name]:
    """The unit and all above it, the province first."""
    return _chain([*codes.ancestors(code), code])


def ancestors(code: str) -> list[Name]:
    """All units above, the province first; asks nothing of the database, not even for a village."""
    return _chain(codes.ancestors(code))


def _chain(steps: list[str]) -> list[Name]:
    found = names.many(steps)
    return [found[step] for step in steps if step in found]


def children(code: str, on: date | None = None) -> QuerySet[Region]:
    """Units one tier down that are in force, by code."""
    return Region.objects.valid(on).filter(parent=code)


def inside(prefix: str, level: str | None = None, on: date | None = None) -> QuerySet[Region]:
    """All units in force whose code starts with `prefix` ("" is all), perhaps of one tier."""
    rows = Region.objects.valid(on).filter(code__gte=prefix, code__lt=prefix + ":")
    return rows.filter(level=level) if level else rows


def listed() -> QuerySet[Region]:
    """All units, closed ones too, with how many units in force they have below them, and their area."""
    below = Region.objects.valid().filter(parent=OuterRef("pk")).order_by().values("parent").annotate(n=Count("pk"))
    area = Boundary.objects.valid().filter(region=OuterRef("pk"), band=Band.EXACT).values("area_km2")
    return Region.objects.select_related("parent", "successor").annotate(
        below=Subquery(below.values("n")), area_km2=Subquery(area)
    )


def counts() -> dict[str, int]:
    """Units in force by tier, and how many are closed."""
    rows = Region.objects.values("level").order_by().annotate(n=Count("pk"), open=Count("pk", filter=Q(valid_to=None)))
    found = {row["level"]: row for row in rows}
    tiers = {level: found.get(level, {"open": 0})["open"] for level in Level.values}
    return tiers | {"closed": sum(row["n"] - row["open"] for row in rows)}


def edition_of(code: str) -> Edition | None:
    """Where the boundary of a unit that is in force comes from."""
    return Edition.objects.filter(boundaries__region=code, boundaries__valid_to=None).first()


def offered(prefix: str) -> list[tuple[str, str]]:
    """The tier below an area, for filters: prefectures of the province, counties of a prefecture, towns of a county."""
    code = (prefix or codes.prefix(PROVINCE)).ljust(codes.FULL, "0")
    return [(unit.code, unit.label) for unit in names.below(code)]


def search(text: str, prefix: str = "", limit: int = 20) -> QuerySet[Region]:
    """Units whose name, English name or code matches; whole names first, then higher tiers."""
    text = text.strip()
    if not text:
        return Region.objects.none()
    match = Q(name__icontains=text) | Q(short_name__icontains=text) | Q(name_en__icontains=text)
    with contextlib.suppress(codes.BadCode):
        match |= Q(code__startswith=codes.prefix(codes.normalise(text)))
    exact = Case(When(Q(name=text) | Q(short_name=text), then=Value(0)), default=Value(1))
    tier = Case(*[When(level=level, then=Value(n)) for level, n in ORDER.items()], output_field=IntegerField())
    rows = Region.objects.filter(match, code__gte=prefix, code__lt=prefix + ":").select_related("parent", "successor")
    return rows.order_by(exact, tier, "code")[:limit]


def resolve(code: str, on: date | None = None) -> Name | None:
    """The unit that stands for a code on a day (today: in the end): itself, or its successor's successor.

    A town of a closed county is looked for under the county's successor. None where nothing is known.
    """
    unit = names.one(code)
    if unit is None:
        county = names.one(code[:6] + "000000")
        moved = county.successor[:6] + code[6:] if county and county.successor and not county.valid(on) else None
        return resolve(moved, on) if moved else None
    while not unit.valid(on) and unit.successor:
        following = names.one(unit.successor)
        if following is None:
            break
        unit = following
    return unit


def at(lon: float, lat: float, level: str = Level.COUNTY) -> str | None:
    """The code of the unit that holds a point; on a shared border, the smaller code. None outside."""
    holders = Boundary.objects.valid().filter(
        band=Band.EXACT, level=level, geometry__intersects=Point(lon, lat, srid=4326)
    )
    return holders.order_by("region_id").values_list("region_id", flat=True).first()


def geojson(code: str = PROVINCE, level: str = Level.PREFECTURE, band: int = Band.MIDDLE) -> dict[str, Any]:
    """The boundaries of a tier inside a region, for maps without WebGL. ECharts: nameProperty is "code"."""
    low, high = codes.bounds(code)
    found = (
        Boundary.objects.valid()
        .filter(band=band, level=level, region_id__gte=low, region_id__lt=high)
        .annotate(shape=RawSQL("ST_AsGeoJSON(geometry, %s)", [DECIMALS[Band(band)]]))
        .order_by("region_id")
        .values_list("region_id", "shape", "label_point")
    )
    rows = list(found)
    called = labels(row[0] for row in rows)
    features = [
        {
            "type": "Feature",
            "properties": {"code": unit, "name": called.get(unit, unit), "cp": [round(v, 4) for v in spot.coords]},
            "geometry": json.loads(shape),
        }
        for unit, shape, spot in rows
    ]
    return {"type": "FeatureCollection", "features": features}


def check_point(lon: float, lat: float, county_code: str, tolerance_m: float = 3000) -> Verdict:
    """Whether a point may belong to a county, and if not, what is the likely slip."""
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return Verdict(Kind.IMPOSSIBLE)
    if abs(lon) < NOWHERE and abs(lat) < NOWHERE:
        return Verdict(Kind.NULL_ISLAND)
    if _in_province(lat, lon) and not _in_province(lon, lat):
        return Verdict(Kind.SWAPPED, suggested=(lat, lon))
    if abs(lon) > 180 or abs(lat) > 90:
        return Verdict(Kind.IMPOSSIBLE)
    return _against_county(lon, lat, county_code, tolerance_m)


def _against_county(lon: float, lat: float, code: str, tolerance_m: float) -> Verdict:
    county = code[:6].ljust(codes.FULL, "0")
    distance = _distance(lon, lat, county)
    if distance is None:
        return Verdict(Kind.NO_BOUNDARY)
    if distance == 0:
        return Verdict(Kind.INSIDE, 0.0, county, label(county))
    found = at(lon, lat)
    kind = Kind.NEAR if distance <= tolerance_m else Kind.OUTSIDE_COUNTY if found else Kind.OUTSIDE_PROVINCE
    shift, suggested = _unshifted(lon, lat, county) if distance < LARGEST_SHIFT else ("", None)
    return Verdict(kind, distance, found, label(found) if found else "", shift, suggested)


def _unshifted(lon: float, lat: float, county: str) -> tuple[str, tuple[float, float] | None]:
    """Whether the point, taken as GCJ-02 or BD-09, would lie in the county."""
    for system, (_forward, back) in rules.SHIFTS.items():
        x, y = (float(value) for value in back(lon, lat))
        if _distance(x, y, county) == 0:
            return system, (round(x, 6), round(y, 6))
    return "", None


def _in_province(lon: float, lat: float) -> bool:
    return abs(lon) <= 180 and abs(lat) <= 90 and at(lon, lat, Level.PROVINCE) is not None


def _distance(lon: float, lat: float, code: str) -> float | None:
    """Metres from a point to a region, 0 inside, None without a boundary."""
    metres = RawSQL("ST_Distance(geometry::geography, ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography)", [lon, lat])
    rows = Boundary.objects.valid().filter(region=code, band=Band.EXACT).annotate(metres=metres)
    return rows.values_list("metres", flat=True).first()


def imports() -> QuerySet[BoundaryImport]:
    """Official files that were checked, the latest first."""
    return BoundaryImport.objects.select_related("edition")
