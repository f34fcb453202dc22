"""Coordinate systems that may come: WGS-84, CGCS2000 in degrees, CGCS2000 in Gauss-Krüger metres. No other is taken.

Xi'an 1980 and Beijing 1954 lie on another ellipsoid: only the survey office's own parameters lead from there to here.
"""

import re
from dataclasses import dataclass
from statistics import median

import shapely
from django.db import connection

from anzhi.foundation.regions.imports.findings import Finding, error, note
from anzhi.foundation.regions.imports.shapes import Layer

DEGREES = {4326: "WGS 84", 4490: "CGCS2000"}
# EPSG numbers run with the zones: with the zone number before the easting, and without
ZONES_6, MERIDIANS_6, ZONES_3, MERIDIANS_3 = 4491, 4502, 4513, 4534
FIRST_ZONE = {3: 25, 6: 13}
FIRST_EPSG = {(3, True): ZONES_3, (3, False): MERIDIANS_3, (6, True): ZONES_6, (6, False): MERIDIANS_6}
COUNT = {3: 21, 6: 11}
MILLION = 1_000_000
TRANSFORM = "SELECT ST_AsBinary(ST_Transform(ST_GeomFromWKB(%s, %s), 4326))"


@dataclass(frozen=True)
class Gauss:
    """One zone: 3 or 6 degrees wide, its number, and whether eastings start with that number."""

    width: int
    zone: int
    prefixed: bool

    @property
    def epsg(self) -> int:
        """4522 is zone 34 with its number in front, 4543 the same zone without."""
        return FIRST_EPSG[self.width, self.prefixed] + self.zone - FIRST_ZONE[self.width]

    @property
    def meridian(self) -> int:
        """The central meridian: 102 for zone 34."""
        return self.zone * 3 if self.width == 3 else self.zone * 6 - 3

    def __str__(self) -> str:
        return f"CGCS2000 {self.width}° GK {self.meridian}°E (EPSG:{self.epsg})"


def gauss(epsg: int) -> Gauss | None:
    """The zone of an EPSG number, or None."""
    for (width, prefixed), first in FIRST_EPSG.items():
        if first <= epsg < first + COUNT[width]:
            return Gauss(width, FIRST_ZONE[width] + epsg - first, prefixed)
    return None


def recognised(stated: str) -> int | None:
    """The EPSG number meant by a number, an authority clause or the usual names in WKT; None when not taken."""
    text = stated.strip()
    if text.upper().removeprefix("EPSG:").isdigit():
        epsg = int(text.upper().removeprefix("EPSG:"))
        return epsg if epsg in DEGREES or gauss(epsg) else None
    if not re.search("CGCS_?2000|China_(Geodetic|2000)|China Geodetic|WGS[_ ]?(19)?84", text, re.IGNORECASE):
        return None
    if not text.startswith(("PROJCS", "PROJCRS")):
        return 4326 if re.search(r"WGS[_ ]?(19)?84", text, re.IGNORECASE) else 4490
    return _projected(text)


def _projected(text: str) -> int | None:
    name = text.split(",", 1)[0].replace("_", " ")
    width = 3 if re.search("3[ -]?degree", name, re.IGNORECASE) else 6
    if zone := re.search(r"zone (\d+)", name, re.IGNORECASE):
        found = Gauss(width, int(zone[1]), prefixed=True)
    elif meridian := re.search(r"CM (\d+)", name, re.IGNORECASE):
        degrees = int(meridian[1])
        found = Gauss(width, degrees // 3 if width == 3 else (degrees + 3) // 6, prefixed=False)
    else:
        return None
    return found.epsg if gauss(found.epsg) == found else None


def choose(layer: Layer, demanded: str = "") -> tuple[int | None, list[Finding]]:
    """The system to read the layer in: the file's own, else the one demanded, held against the numbers themselves."""
    stated, size = demanded or layer.stated, _easting(layer)
    if not stated:
        return None, [error("system_missing", **_guess(size))]
    epsg = recognised(stated)
    if epsg is None:
        return None, [error("system_unknown", stated=stated[:120])]
    if layer.stated and demanded and (own := recognised(layer.stated)) != epsg:
        return None, [error("system_contradicted", stated=str(own or layer.stated[:60]), demanded=str(epsg))]
    if epsg in DEGREES:
        return (epsg, []) if size <= 360 else (None, [error("metres_not_degrees", **_guess(size))])
    return _fitting_zone(epsg, size)


def _fitting_zone(epsg: int, easting: float) -> tuple[int | None, list[Finding]]:
    """A zone stated with its number in front although the eastings have none, or the other way round, is mended."""
    zone = gauss(epsg)
    if zone is None or easting <= 360:
        return None, [error("degrees_not_metres", system=epsg)]
    leading = int(easting // MILLION)
    if leading and leading != zone.zone:
        return None, [error("other_zone", stated=str(zone), found=leading)]
    fitting = Gauss(zone.width, zone.zone, prefixed=bool(leading))
    return fitting.epsg, [] if fitting == zone else [note("zone_prefix", stated=str(zone), used=str(fitting))]


def _guess(easting: float) -> dict[str, str]:
    leading = int(easting // MILLION)
    for width in (3, 6):
        if FIRST_ZONE[width] <= leading < FIRST_ZONE[width] + COUNT[width]:
            return {"guess": str(Gauss(width, leading, prefixed=True))}
    return {"guess": ""}


def _easting(layer: Layer) -> float:
    """The easting in the middle: a province that reaches into the next zone still starts with its own number."""
    middles = [(feature.area.bounds[0] + feature.area.bounds[2]) / 2 for feature in layer.features if feature.area]
    return median(middles) if middles else 0.0


def to_degrees(layer: Layer, epsg: int) -> None:
    """Bring all areas to WGS-84 degrees. CGCS2000 differs from it by less than a boundary stone.

    An area that reaches where the system has no places loses its place here, with a finding.
    """
    reach = _reach(epsg)
    for feature in layer.features:
        if feature.area and not reach.covers(shapely.box(*feature.area.bounds)):
            feature.area = None
            feature.findings.append(error("off_the_earth", feature.number))
    if epsg in DEGREES:
        return
    with connection.cursor() as cursor:
        for feature in layer.features:
            if feature.area:
                cursor.execute(TRANSFORM, [shapely.to_wkb(feature.area), epsg])
                feature.area = shapely.from_wkb(bytes(cursor.fetchone()[0]))


def _reach(epsg: int) -> shapely.Polygon:
    """Where coordinates of a system can lie: far beyond the province, not off the earth. Axes may be swapped."""
    zone = gauss(epsg)
    if zone is None:
        return shapely.box(-180, -180, 180, 180)
    middle = 500_000 + (zone.zone * MILLION if zone.prefixed else 0)
    return shapely.box(middle - 2 * MILLION, 0, middle + 2 * MILLION, 10 * MILLION)
