"""Coverages on small squares: what simplifying, dissolving and mending may and may not do."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from anzhi.foundation.regions.imports import topology
from anzhi.foundation.regions.reference import coverage

A, B, C, D = "530102000000", "530103000000", "530302000000", "530303000000"


def square(x: float, y: float, side: float = 1.0) -> MultiPolygon:
    return MultiPolygon([shapely.box(x, y, x + side, y + side)])


def grid() -> dict[str, MultiPolygon]:
    """Four squares that touch: A B above C D, the left two in one prefecture, the right two in another."""
    return {A: square(0, 1), B: square(0, 0), C: square(1, 1), D: square(1, 0)}


def wavy(steps: int) -> dict[str, MultiPolygon]:
    """Two areas with a long crooked edge between them."""
    edge = [(1 + (0.01 if n % 2 else -0.01), n / steps) for n in range(steps + 1)]
    left = Polygon([(0, 0), *edge, (0, 1)])
    right = Polygon([(2, 0), (2, 1), *reversed(edge)])
    return {A: MultiPolygon([left]), B: MultiPolygon([right])}


def corners(areas: dict[str, MultiPolygon]) -> int:
    return sum(shapely.get_num_coordinates(area) for area in areas.values())


def test_dissolving_makes_every_tier_up_to_the_province() -> None:
    tiers = coverage.dissolved(grid())
    assert set(tiers) == {A, B, C, D, "530100000000", "530300000000", "530000000000"}
    assert tiers["530100000000"].equals(shapely.box(0, 0, 1, 2))
    assert tiers["530000000000"].equals(shapely.box(0, 0, 2, 2))


@given(st.integers(3, 60))
def test_a_shared_edge_stays_shared_when_it_loses_corners(steps: int) -> None:
    before = wavy(steps)
    after = coverage.simplified(before, 0.2)
    assert shapely.coverage_is_valid(list(after.values()))
    assert sum(map(shapely.get_num_coordinates, after.values())) <= sum(
        map(shapely.get_num_coordinates, before.values())
    )
    assert shapely.union_all(list(after.values())).area == pytest.approx(2, abs=0.05)


def test_without_a_tolerance_nothing_changes() -> None:
    areas = wavy(9)
    assert coverage.simplified(areas, None) is areas


def test_a_sliver_goes_to_the_longer_neighbour_and_is_told() -> None:
    areas = grid()
    sliver = shapely.box(0.999, 0.2, 1.0, 0.205)  # inside B, along its edge with D
    areas[B] = coverage.multi(areas[B].difference(sliver))
    filled, told = coverage.fill_slivers(areas)
    assert [item.code for item in told] == [B]
    assert not coverage.holes(list(filled.values()))
    assert shapely.union_all(list(filled.values())).equals(shapely.box(0, 0, 2, 2))


def test_a_lake_that_belongs_to_nobody_is_no_sliver() -> None:
    areas = grid()
    areas[B] = coverage.multi(areas[B].difference(shapely.box(0.2, 0.2, 0.6, 0.6)))
    same, told = coverage.fill_slivers(areas)
    assert not told
    assert same == areas
    assert len(coverage.holes(list(areas.values()))) == 1


def test_the_label_of_a_crescent_lies_in_it() -> None:
    crescent = shapely.Point(0, 0).buffer(2).difference(shapely.Point(0.8, 0).buffer(1.9))
    area = coverage.multi(crescent)
    assert area.contains(coverage.label_point(area))
    assert not area.contains(area.centroid)


def test_the_label_of_scattered_land_lies_in_its_largest_part() -> None:
    area = MultiPolygon([shapely.box(0, 0, 0.1, 0.1), shapely.box(5, 5, 9, 9)])
    assert area.geoms[1].contains(coverage.label_point(area))


def test_lines_and_points_are_no_land() -> None:
    mixed = shapely.GeometryCollection(
        [shapely.box(0, 0, 1, 1), shapely.LineString([(0, 0), (5, 5)]), shapely.Point(9, 9)]
    )
    assert coverage.multi(mixed).equals(shapely.box(0, 0, 1, 1))
    assert coverage.multi(shapely.Polygon()).is_empty


def test_overlaps_are_told_once_with_their_size() -> None:
    areas = grid() | {A: MultiPolygon([shapely.box(0, 1, 1.1, 2)])}
    (finding,) = topology.overlaps(areas)
    assert (finding.severity, {finding.where, finding.facts["other"]}) == ("error", {A, C})
    assert finding.facts["km2"] == pytest.approx(0.1 * 111.32**2, rel=0.01)


def test_neighbours_that_only_touch_do_not_overlap() -> None:
    assert not list(topology.overlaps(grid()))
    assert not list(topology.gaps(grid()))


def test_a_gap_is_told_with_a_place_inside_it() -> None:
    areas = grid()
    areas[D] = coverage.multi(areas[D].difference(shapely.box(1.4, 0.4, 1.6, 0.6)))
    (finding,) = topology.gaps(areas)
    assert finding.severity == "error"
    assert 1.4 < finding.facts["lon"] < 1.6
    assert 0.4 < finding.facts["lat"] < 0.6


@pytest.mark.parametrize(("out", "severity"), [(0.01, None), (0.03, "warning"), (0.2, "error"), (1.0, "error")])
def test_a_stray_is_judged_by_its_share_outside(out: float, severity: str | None) -> None:
    found = list(topology.strays({A: square(out, 0)}, {"530100000000": square(0, 0)}))
    assert [finding.severity for finding in found] == ([severity] if severity else [])
    assert not list(topology.strays({C: square(9, 9)}, {"530100000000": square(0, 0)}))


def test_mending_gives_each_slip_to_one_unit() -> None:
    areas = grid()
    areas[A] = MultiPolygon([shapely.box(0, 1, 1.0005, 2)])  # over C by a hair
    areas[D] = coverage.multi(areas[D].difference(shapely.box(1.5, 0.5, 1.5005, 0.5005)))  # and a pin-hole
    mended = topology.mended(areas)
    assert shapely.coverage_is_valid(list(mended.values()))
    assert not coverage.holes(list(mended.values()))
    assert sum(area.area for area in mended.values()) == pytest.approx(4)
    assert mended[A].equals(areas[A])
    assert set(mended) == set(areas)


def test_a_sound_coverage_is_left_as_it_is() -> None:
    areas = grid()
    assert topology.mended(areas) is areas


def test_a_county_without_towns_is_no_gap_between_towns() -> None:
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    towns = {"530102001000": coverage.multi(ring)}
    assert [finding.kind for finding in topology.gaps(towns)] == ["gap"]
    neighbour = {"530103001000": square(1, 1)}
    assert not list(topology.gaps(towns | neighbour))
