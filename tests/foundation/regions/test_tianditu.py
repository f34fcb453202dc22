"""The packed areas, byte by byte, and the guess where a file was drawn."""

import struct
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.regions import rules
from anzhi.foundation.regions.imports import shifts
from anzhi.foundation.regions.reference import tianditu

STEPS = [(0, 0), (50, 0), (50, 50), (0, 50), (0, 0)]


def packed(parts: list[bytes]) -> bytes:
    return struct.pack(f"<I{len(parts)}I", len(parts), *map(len, parts)) + b"".join(parts)


def corner(lon: float, lat: float) -> tuple[int, int]:
    return round((lon + 180) / 2e-6), round((lat + 90) / 2e-6)


def plain(points: list[tuple[float, float]]) -> bytes:
    values = [value for point in points for value in corner(*point)]
    return struct.pack(f"<I{len(values)}I", 0, *values)


def stepped(lon: float, lat: float) -> bytes:
    deltas = [b - a for one, other in pairwise(STEPS) for a, b in zip(one, other, strict=True)]
    return struct.pack(f"<3I{len(deltas)}h", 1, *corner(lon, lat), *deltas)


def test_a_list_gives_back_its_parts() -> None:
    assert list(tianditu.split(packed([b"a", b"", b"ccc"]))) == [b"a", b"", b"ccc"]


@given(st.floats(97, 107), st.floats(21, 30))
def test_a_plain_ring_is_exact_to_its_unit(lon: float, lat: float) -> None:
    ((x, y), *_rest) = tianditu.ring(plain([(lon, lat)] * 4))
    assert (x, y) == pytest.approx((lon, lat), abs=1.5e-6)


def test_a_stepped_ring_adds_its_steps_and_closes() -> None:
    ring = tianditu.ring(stepped(102, 25))
    assert len(ring) == len(STEPS)
    assert ring[0] == ring[-1] == pytest.approx((102, 25))
    assert ring[2] == pytest.approx((102.0001, 25.0001))


def test_polygons_with_holes_and_several_parts() -> None:
    shell = plain([(100, 20), (110, 20), (110, 30), (100, 30), (100, 20)])
    hole = plain([(101, 21), (102, 21), (102, 22), (101, 22), (101, 21)])
    island = plain([(120, 20), (121, 20), (121, 21), (120, 20)])
    one = tianditu.geometry(struct.pack("<I", 5) + packed([shell, hole]))
    assert one.area == pytest.approx(99)
    two = tianditu.geometry(struct.pack("<I", 6) + packed([packed([shell, hole]), packed([island])]))
    assert len(two.geoms) == 2
    assert two.area == pytest.approx(99.5)


def test_all_counties_come_with_sound_areas() -> None:
    areas = list(tianditu.areas())
    assert len({area.code for area in areas}) == 129
    assert all(area.geometry.is_valid for area in areas)
    assert sum(shapely.get_num_coordinates(area.geometry) for area in areas) == 23_534


def boxes(move=None) -> dict[str, shapely.MultiPolygon]:
    made = {}
    for n in range(5):
        lons, lats = np.array([0, 0.3, 0.3, 0, 0]) + 99 + n, np.array([0, 0, 0.3, 0.3, 0]) + 22 + n
        corners = np.column_stack(move(lons, lats) if move else (lons, lats))
        made[f"{530102 + n}000000"] = shapely.MultiPolygon([shapely.Polygon(corners)])
    return made


@pytest.mark.parametrize(
    ("move", "system"),
    [
        (None, ""),
        (rules.wgs_to_gcj, "gcj02"),
        (rules.wgs_to_bd, "bd09"),
        (lambda lon, lat: (lon + 0.0005, lat), ""),  # 50 m: another digitising
        (lambda lon, lat: (lon + 0.02, lat), "unknown"),
        (rules.gcj_to_wgs, "unknown"),  # converted twice
    ],
)
def test_the_system_is_told_by_the_direction_of_the_shift(move: object, system: str) -> None:
    found = shifts.estimate(boxes(move), boxes())
    assert found.system == system
    assert found.units == 5


def test_one_moved_unit_does_not_outvote_the_others() -> None:
    moved = boxes() | {"530102000000": boxes(lambda lon, lat: (lon + 0.1, lat))["530102000000"]}
    assert shifts.estimate(moved, boxes()).system == ""


def test_few_units_are_a_warning_and_none_cannot_be_judged() -> None:
    far = boxes(lambda lon, lat: (lon + 0.02, lat))
    few = dict(list(far.items())[:2])
    assert shifts.judge(shifts.estimate(few, boxes()), convert=False).severity == "warning"
    assert shifts.judge(shifts.estimate(far, boxes()), convert=True).severity == "error"
    assert shifts.estimate({}, boxes()) is None
    assert shifts.judge(None, convert=False).kind == "shift_unchecked"


def test_a_conversion_is_asked_for_and_leads_back() -> None:
    shifted = boxes(rules.wgs_to_gcj)
    found = shifts.estimate(shifted, boxes())
    assert shifts.judge(found, convert=False).severity == "error"
    assert shifts.judge(found, convert=True).severity == "note"
    for code, area in shifts.back(shifted, found.system).items():
        assert area.hausdorff_distance(boxes()[code]) < 1e-8


def test_swapped_axes_are_seen_and_turned() -> None:
    turned = boxes(lambda lon, lat: (lat, lon))
    assert shifts.swapped(turned, boxes())
    assert not shifts.swapped(boxes(), boxes())
    assert all(area.equals(boxes()[code]) for code, area in shifts.turn(turned).items())
