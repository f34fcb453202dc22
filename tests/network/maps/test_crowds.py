"""A layer of very many points: counted beforehand far out, one by one near, and no point lost between."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.db import connection

from anzhi.foundation.access.permissions import Permission
from anzhi.network.maps import registry, rules
from anzhi.network.maps.registry import Layer
from harness.people import client_of, user_at
from network.maps.places import at
from network.maps.reading import rows

pytestmark = pytest.mark.usefixtures("system")
HERE, MANY = (101.87, 25.7), 400
POINTS = "SELECT 1 AS n, region_code, shape FROM crowd WHERE region_code >= %(low)s AND region_code < %(high)s"
CELLS = """
SELECT n, region_code, shape FROM crowd_cell
WHERE z = %(z)s AND region_code >= %(low)s AND region_code < %(high)s
"""
COUNT = """
INSERT INTO crowd_cell SELECT {z}, region_code, count(*), ST_Centroid(ST_Collect(shape)) FROM crowd
GROUP BY region_code, floor(ST_X(shape) * 64 * 2 ^ {z} / 40075016.685578488),
         floor(ST_Y(shape) * 64 * 2 ^ {z} / 40075016.685578488)
"""


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, float, float]]]:
    """Four hundred points of two counties round one place, counted beforehand for zooms 5 to 10."""
    dice = Random(5)
    rows = [
        (dice.choice(("532328000000", "532329000000")), *(HERE[i] + dice.uniform(-0.2, 0.2) for i in (0, 1)))
        for _ in range(MANY)
    ]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE crowd (region_code text, shape geometry(Point, 3857)) ON COMMIT DROP")
        cursor.execute(
            "CREATE TEMP TABLE crowd_cell (z int, region_code text, n bigint, shape geometry(Point, 3857)) "
            "ON COMMIT DROP"
        )
        cursor.executemany(
            "INSERT INTO crowd VALUES (%s, ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), 4326), 3857))", rows
        )
        for z in range(5, 11):
            cursor.execute(COUNT.format(z=z))
    layer = Layer(
        "crowd", "crowd", Permission.MAP_VIEW, POINTS, ("n",), lambda: "1", exact_from=11, cells=CELLS, low=5, high=14
    )
    monkeypatch.setitem(registry._layers, "crowd", layer)
    yield rows


def tiles(z: int, points: list[tuple[str, float, float]]) -> set[str]:
    return {at(z, lon, lat) for _code, lon, lat in points}


@pytest.mark.parametrize("z", range(5, 15))
def test_the_tiles_of_every_zoom_hold_every_point_once(crowd: list[Any], z: int) -> None:
    client = client_of(user_at("officer", region="53"))
    found = [row for path in tiles(z, crowd) for row in rows(client, "crowd", path)]
    assert sum(row["n"] for row in found) == MANY
    assert {row["aggregated"] for row in found} == {z < 11}


@pytest.mark.parametrize("z", [6, 10, 13])
def test_counted_beforehand_or_not_nobody_sees_points_of_others(crowd: list[Any], z: int) -> None:
    own = sum(code == "532328000000" for code, _lon, _lat in crowd)
    for region, seen in (("5323", MANY), ("532328", own), ("530622", 0)):
        client = client_of(user_at("officer", region=region))
        assert sum(row["n"] for path in tiles(z, crowd) for row in rows(client, "crowd", path)) == seen, region


def test_cells_of_two_counties_are_one_cell_on_the_map(crowd: list[Any]) -> None:
    """The officer of both sees one mark where their people live side by side, with the sum of both."""
    path = at(5, *HERE)
    both = rows(client_of(user_at("officer", region="5323")), "crowd", path)
    apart = [rows(client_of(user_at("officer", region=region)), "crowd", path) for region in ("532328", "532329")]
    assert len(both) < sum(len(one) for one in apart)
    assert sum(row["n"] for row in both) == sum(row["n"] for one in apart for row in one)


@pytest.mark.parametrize(
    ("z", "x", "y", "there"),
    [(0, 0, 0, True), (3, 7, 7, True), (3, 8, 7, False), (3, 7, 8, False), (22, 2**22 - 1, 0, True), (23, 0, 0, False)],
)
def test_there_are_four_times_as_many_tiles_each_zoom_down_to_the_deepest(z: int, x: int, y: int, there: bool) -> None:
    assert rules.exists(z, x, y) is there
