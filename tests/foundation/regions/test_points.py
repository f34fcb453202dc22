"""A point and the county it claims to lie in."""

import pytest
from django.db import connection

from anzhi.foundation.regions import queries, rules
from anzhi.foundation.regions.models import Band, Boundary, Level
from anzhi.foundation.regions.points import Kind

pytestmark = pytest.mark.django_db
WUHUA, YUANMOU, WUDING = "530102000000", "532328000000", "532329000000"


def centre(code: str) -> tuple[float, float]:
    return Boundary.objects.get(region=code, band=Band.EXACT).label_point.coords


def sql(statement: str, *values: object) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()


def just_outside(code: str, metres: float) -> tuple[float, float]:
    """The first point east of the county's centre that lies `metres` beyond its border."""
    lon, lat = centre(code)
    while (queries.check_point(lon, lat, code).distance_m or 0) < metres:
        lon += 0.002
    return lon, lat


def test_every_countys_label_point_lies_in_the_county() -> None:
    for code, point in Boundary.objects.filter(level=Level.COUNTY, band=24).values_list("region_id", "label_point"):
        assert queries.at(point.x, point.y) == code


def test_a_point_inside() -> None:
    verdict = queries.check_point(*centre(YUANMOU), YUANMOU)
    assert (verdict.kind, verdict.ok, verdict.found) == (Kind.INSIDE, True, YUANMOU)
    assert "县" in verdict.sentence() or "county" in verdict.sentence()


def test_a_town_or_village_code_is_checked_against_its_county() -> None:
    assert queries.check_point(*centre(YUANMOU), "532328100201").kind == Kind.INSIDE


def test_a_dam_on_the_border_is_near_and_3_km_beyond_is_outside() -> None:
    near = queries.check_point(*just_outside(YUANMOU, 1500), YUANMOU)
    assert (near.kind, near.ok) == (Kind.NEAR, True)
    assert near.distance_m == pytest.approx(1500, abs=350)
    far = queries.check_point(*just_outside(YUANMOU, 4000), YUANMOU)
    assert (far.kind, far.ok, far.overridable) == (Kind.OUTSIDE_COUNTY, False, True)
    assert far.found is not None
    assert far.found_label in far.sentence()


def test_exactly_on_a_border_both_counties_agree() -> None:
    lon, lat = sql(
        """SELECT ST_X(p), ST_Y(p) FROM (SELECT ST_PointN(ST_ExteriorRing(ST_GeometryN(geometry, 1)), 1) p
             FROM regions_boundary WHERE region_id = %s AND band = 24) corner""",
        YUANMOU,
    )
    touching = [code for (code,) in _holders(lon, lat)]
    assert YUANMOU in touching
    assert queries.at(lon, lat) == min(touching)
    assert all(queries.check_point(lon, lat, code).kind == Kind.INSIDE for code in touching)


def _holders(lon: float, lat: float) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT region_id FROM regions_boundary WHERE band = 24 AND level = 'county'"
            " AND ST_Intersects(geometry, ST_SetSRID(ST_MakePoint(%s, %s), 4326))",
            [lon, lat],
        )
        return cursor.fetchall()


def test_longitude_and_latitude_swapped() -> None:
    lon, lat = centre(YUANMOU)
    verdict = queries.check_point(lat, lon, YUANMOU)
    assert (verdict.kind, verdict.suggested) == (Kind.SWAPPED, (lon, lat))
    assert not verdict.overridable


@pytest.mark.parametrize(
    ("lon", "lat", "kind"),
    [
        (0, 0, Kind.NULL_ISLAND),
        (0.004, -0.003, Kind.NULL_ISLAND),
        (float("nan"), 25, Kind.IMPOSSIBLE),
        (102, float("inf"), Kind.IMPOSSIBLE),
        (500000, 2770000, Kind.IMPOSSIBLE),
        (34500000, 2770000, Kind.IMPOSSIBLE),
        (116.4, 39.9, Kind.OUTSIDE_PROVINCE),
        (180, 90, Kind.OUTSIDE_PROVINCE),
    ],
)
def test_positions_that_are_none(lon: float, lat: float, kind: Kind) -> None:
    verdict = queries.check_point(lon, lat, YUANMOU)
    assert verdict.kind == kind
    assert not verdict.ok
    assert verdict.sentence()


def test_a_county_without_boundary_cannot_be_checked() -> None:
    assert queries.check_point(102, 25, "539999000000").kind == Kind.NO_BOUNDARY


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_a_point_of_a_commercial_map_is_recognised_when_the_shift_carries_it_out(system: str) -> None:
    there, _back = rules.SHIFTS[system]
    shifted = _carried_out(there)
    verdict = queries.check_point(*shifted, WUHUA, tolerance_m=0)
    assert verdict.kind == Kind.OUTSIDE_COUNTY
    assert verdict.shift
    assert queries.at(*verdict.suggested) == WUHUA
    assert {"gcj02": "GCJ-02", "bd09": "BD-09"}[verdict.shift] in verdict.sentence()


def _carried_out(there: object) -> tuple[float, float]:
    """A place of 五华区 that the shift carries over the border."""
    ring = Boundary.objects.get(region=WUHUA, band=Band.EXACT).geometry[0][0]
    for lon, lat in ring:
        for step in (0.0005, -0.0005):
            place = lon + step, lat - step
            moved = tuple(map(float, there(*place)))
            if queries.at(*place) == WUHUA and queries.at(*moved) not in (WUHUA, None):
                return moved
    raise AssertionError("no such place")


@pytest.mark.parametrize("text", ["北纬25°42′11″，东经101°51′40″", "25°42'11\"N 101°51'40\"E"])
def test_degrees_minutes_seconds_as_text(text: str) -> None:
    assert queries.check_point(*rules.position(text), YUANMOU).kind == Kind.INSIDE
