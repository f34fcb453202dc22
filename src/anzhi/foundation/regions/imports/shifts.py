"""Whether a file was drawn on a commercial map: its areas lie some hundred metres off, in a known direction."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon

from anzhi.foundation.regions import rules
from anzhi.foundation.regions.imports.findings import Finding, error, note, warning

TRUE, UNKNOWN = "", "unknown"
FAR = 150.0  # metres between centres, beyond what another digitising of the same border explains
ENOUGH = 3  # units; with fewer, a moved centre may be a moved border
Areas = dict[str, MultiPolygon]


@dataclass(frozen=True)
class Estimate:
    """The most likely system, how far centres lie off it, and how far off they lie as given."""

    system: str
    residual: float
    offset: float
    units: int


def estimate(areas: Areas, known: Areas) -> Estimate | None:
    """Compare centres of the same units; None when no unit is in both."""
    shared = sorted(areas.keys() & known.keys())
    if not shared:
        return None
    given, true = _centres([areas[code] for code in shared]), _centres([known[code] for code in shared])
    residuals = {TRUE: _off(given, true)}
    for system, (forward, _back) in rules.SHIFTS.items():
        residuals[system] = _off(given, np.column_stack(forward(true[:, 0], true[:, 1])))
    best = min(residuals, key=lambda system: residuals[system])
    system = best if residuals[best] <= FAR else UNKNOWN
    return Estimate(system, residuals[best], residuals[TRUE], len(shared))


def judge(found: Estimate | None, *, convert: bool) -> Finding | None:
    """What the estimate means for the file."""
    if found is None:
        return warning("shift_unchecked")
    if found.system == TRUE:
        return None
    facts = {"system": found.system, "metres": round(found.offset), "units": found.units}
    if found.system == UNKNOWN:
        return (warning if found.units < ENOUGH else error)("shift_unknown", **facts)
    return (note if convert else error)("shift_converted" if convert else "shifted", **facts)


def swapped(areas: Areas, known: Areas) -> bool:
    """Whether the areas only lie in the province when longitude and latitude change places."""
    box = shapely.box(*shapely.total_bounds(list(known.values())))
    centres = [area.centroid for area in areas.values()]
    inside = sum(box.contains(centre) for centre in centres)
    turned = sum(box.contains(shapely.Point(centre.y, centre.x)) for centre in centres)
    return turned > inside


def turn(areas: Areas) -> Areas:
    """Longitude and latitude exchanged."""
    return {code: shapely.transform(area, lambda points: points[:, ::-1]) for code, area in areas.items()}


def back(areas: Areas, system: str) -> Areas:
    """From the commercial system to WGS-84."""
    _forward, inverse = rules.SHIFTS[system]

    def move(points: np.ndarray) -> np.ndarray:
        return np.round(np.column_stack(inverse(points[:, 0], points[:, 1])), 9)

    return {code: shapely.transform(area, move) for code, area in areas.items()}


def _centres(areas: list[MultiPolygon]) -> np.ndarray:
    return shapely.get_coordinates(shapely.centroid(areas))


def _off(given: np.ndarray, true: np.ndarray) -> float:
    east, north = rules.metres(true[:, 0], true[:, 1], given[:, 0], given[:, 1])
    return float(np.median(np.hypot(east, north)))
