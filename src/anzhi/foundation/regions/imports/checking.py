"""From a file to a report and, where nothing forbids it, to areas ready to be stored."""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import shapely
from shapely import MultiPolygon

from anzhi.foundation.regions import codes, queries
from anzhi.foundation.regions.imports import identity, shifts, systems, topology
from anzhi.foundation.regions.imports.findings import Report, Severity, Unreadable, error, note, storable
from anzhi.foundation.regions.imports.reading import opening
from anzhi.foundation.regions.imports.shapes import Layer
from anzhi.foundation.regions.models import Band, Boundary, Level

Areas = dict[str, MultiPolygon]
MISPLACED = {"swapped", "shifted", "shift_unknown"}  # then nothing lies where it should, and every unit strays
ABOVE = {Level.COUNTY: Level.PREFECTURE, Level.TOWN: Level.COUNTY}


@dataclass(frozen=True)
class Wishes:
    """What the person says about the file."""

    level: str
    system: str = ""  # needed where the file states none
    convert: bool = False  # mend what can be mended with certainty, and keep a record


@dataclass
class Checked:
    """The report, and the areas when it is acceptable."""

    report: Report
    areas: Areas


def check(path: Path, wishes: Wishes, name: str = "") -> Checked:
    """Read and check a file. Writes nothing."""
    report = Report(storable(name or path.name), hashlib.sha256(path.read_bytes()).hexdigest(), wishes.level)
    try:
        layer = opening.read(path)
        report.add(layer.findings)
        areas = _placed(layer, wishes, report)
    except Unreadable as wrong:
        report.add([error(wrong.kind, **wrong.facts)])
        areas = {}
    report.units = len(areas)
    if areas:
        areas = _true(areas, wishes, report)
    lost = any(finding.kind in MISPLACED and finding.severity == Severity.ERROR for finding in report.findings)
    if areas and not lost:
        areas = _coverage(areas, wishes.level, report)
    return Checked(report, areas if report.acceptable else {})


def _placed(layer: Layer, wishes: Wishes, report: Report) -> Areas:
    """Areas in degrees, by code."""
    features, found = identity.identify(layer, wishes.level, convert=wishes.convert)
    report.add(found)
    epsg, found = systems.choose(layer, wishes.system)
    report.add(found)
    if epsg is not None:
        report.system = f"EPSG:{epsg}"
        systems.to_degrees(layer, epsg)
    for code, feature in features.items():
        report.add(replace(item, where=code) for item in feature.findings)
    if epsg is None:
        return {}
    return {code: feature.area for code, feature in sorted(features.items()) if feature.area}


def _true(areas: Areas, wishes: Wishes, report: Report) -> Areas:
    """Areas where they are on the ground: axes in order, no shift of a commercial map."""
    known = boundaries(Level.COUNTY)
    if known and shifts.swapped(areas, known):
        report.add([(note if wishes.convert else error)("swapped")])
        if not wishes.convert:
            return areas
        areas = shifts.turn(areas)
    comparable = areas if wishes.level == Level.COUNTY else _whole_counties(areas)
    estimate = shifts.estimate(comparable, known)
    finding = shifts.judge(estimate, convert=wishes.convert)
    if finding:
        report.add([finding])
        if finding.kind == "shift_converted" and estimate:
            return shifts.back(areas, estimate.system)
    return areas


def _coverage(areas: Areas, level: str, report: Report) -> Areas:
    """Areas without overlaps and gaps."""
    report.add(topology.overlaps(areas))
    report.add(topology.gaps(areas))
    report.add(topology.strays(areas, boundaries(ABOVE[Level(level)])))
    if not report.acceptable:
        return areas
    areas = topology.mended(areas)
    if not shapely.coverage_is_valid(list(areas.values())):
        edges = shapely.coverage_invalid_edges(list(areas.values()))
        broken = [code for code, edge in zip(areas, edges, strict=True) if not edge.is_empty]
        report.add(error("edges_differ", code) for code in broken)
    return areas


def _whole_counties(towns: Areas) -> Areas:
    """Counties put together from their towns; one that lacks a town has another centre and proves nothing."""
    counties: dict[str, list[MultiPolygon]] = {}
    for code, area in towns.items():
        counties.setdefault(codes.parent(code) or "", []).append(area)
    register = Counter(queries.inside("53", Level.TOWN).values_list("parent", flat=True))
    return {code: shapely.union_all(parts) for code, parts in counties.items() if len(parts) == register[code]}


def boundaries(level: str) -> Areas:
    """The exact boundaries of a tier that are in force."""
    rows = Boundary.objects.valid().filter(level=level, band=Band.EXACT).values_list("region_id", "geometry")
    return {code: shapely.from_wkb(bytes(geometry.wkb)) for code, geometry in rows}
