"""Where tiles meet: no place is lost between two of them, none stands in both, whatever the zoom."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from anzhi.network.maps import queries, registry, rules, versions
from harness.people import client_of, user_at
from network.maps import reading
from network.maps.places import at
from network.projects.factories import project
from network.sites.factories import site

pytestmark = pytest.mark.usefixtures("system")
HERE = (101.87, 25.7)
WORLD = 40075016.685578488


@pytest.fixture(autouse=True)
def anew() -> None:
    versions.forget()


@pytest.fixture
def client(system: None) -> Client:
    return client_of(user_at("officer", region="53"))


def corner(z: int) -> tuple[float, float]:
    """Degrees of a corner where four tiles of a zoom meet, near 元谋."""
    _z, x, y = (int(part) for part in at(z, *HERE).split("/"))
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT ST_X(at), ST_Y(at) FROM ST_TileEnvelope(%s, %s, %s) AS edge,
               ST_Transform(ST_SetSRID(ST_MakePoint(ST_XMin(edge), ST_YMin(edge)), 3857), 4326) AS at""",
            [z, x, y],
        )
        return cursor.fetchone()


def around(z: int, lon: float, lat: float) -> list[str]:
    """The nine tiles round a place."""
    _z, x, y = (int(part) for part in at(z, lon, lat).split("/"))
    return [f"{z}/{x + dx}/{y + dy}" for dx in (-1, 0, 1) for dy in (-1, 0, 1)]


@pytest.mark.parametrize("z", [7, 8, 9, 11, 13, 14])
def test_a_place_on_a_corner_of_four_tiles_is_in_one(client: Client, z: int) -> None:
    place = corner(z)
    dam = project()
    site(of=dam, name="角上", place=place, reason="测试用的位置")
    found = [row for path in around(z, *place) for row in reading.rows(client, "sites", path)]
    assert sum(row.get("n", 1) for row in found) == 1, found


@pytest.mark.parametrize("z", [8, 9, 12])
def test_places_close_to_an_edge_stay_on_their_side(client: Client, z: int) -> None:
    lon, lat = corner(z)
    dam, step = project(), 0.00001
    for number, (dx, dy) in enumerate([(step, step), (step, -step), (-step, step), (-step, -step)]):
        site(of=dam, name=f"边{number}", place=(lon + dx, lat + dy), reason="测试用的位置")
    found = [sum(row.get("n", 1) for row in reading.rows(client, "sites", path)) for path in around(z, lon, lat)]
    assert sorted(found) == [0, 0, 0, 0, 0, 1, 1, 1, 1]


@pytest.mark.parametrize("z", [6, 8, 9, 10, 14])
def test_the_tiles_of_a_zoom_add_up_to_the_list(client: Client, z: int) -> None:
    dam = project()
    places = [(101.87 + 0.013 * n, 25.6 + 0.011 * n) for n in range(-6, 7)]
    for number, place in enumerate(places):
        site(of=dam, name=f"点{number}", place=place, reason="测试用的位置")
    paths = {at(z, *place) for place in places}
    found = [row for path in paths for row in reading.rows(client, "sites", path)]
    assert sum(row.get("n", 1) for row in found) == len(places)
    total = client.get("/maps/features/sites/530000000000.json").json()["total"]
    assert total == len(places)


def test_a_cell_stands_in_the_middle_of_its_points(client: Client) -> None:
    """Not on a lattice: two sites side by side give one cell between them."""
    dam = project()
    for number, lon in enumerate((101.870, 101.872)):
        site(of=dam, name=f"点{number}", place=(lon, 25.7))
    (cell,) = reading.features(client, "sites", at(6, *HERE))
    assert (cell["properties"]["n"], cell["properties"]["aggregated"]) == (2, True)
    x, _y = cell["geometry"]["coordinates"]
    tile_x = int(at(6, *HERE).split("/")[1])
    lon = ((tile_x + x / 4096) / 2**6) * 360 - 180
    assert lon == pytest.approx(101.871, abs=0.003)


def test_a_border_goes_over_the_edge_so_that_no_seam_is_seen(client: Client) -> None:
    found = reading.features(client, "county", at(10, *HERE))
    points = [
        point
        for one in found
        for ring in one["geometry"]["coordinates"]
        for point in (ring if isinstance(ring[0][0], int) else ring[0])
    ]
    assert min(x for x, _y in points) < 0
    assert max(x for x, _y in points) > 4096


def test_far_away_a_tile_is_empty_and_not_missing(client: Client) -> None:
    answer = client.get("/tiles/county/8/0/0.mvt")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"]


@given(st.integers(0, 22), st.data())
def test_every_number_inside_the_square_is_a_tile(z: int, data: Any) -> None:
    side = 2**z
    x, y = data.draw(st.integers(0, side - 1)), data.draw(st.integers(0, side - 1))
    assert rules.exists(z, x, y)
    for wrong in ((z, side, y), (z, x, side), (z, -1, y), (z, x, -1), (23, x, y), (-1, x, y)):
        assert not rules.exists(*wrong)


@pytest.mark.parametrize(
    "path",
    [
        "sites/8/256/0",
        "sites/8/0/256",
        "sites/23/0/0",
        "sites/8/1.5/0",
        "sites/8/1e2/0",
        "sites/８/1/1",
        "sites'--/8/1/1",
        "sites;drop/8/1/1",
        "Sites/8/1/1",
        "sites%00/8/1/1",
        "../8/1/1",
        "sites/99999999999999999999/1/1",
        "sites/8/99999999999999999999/1",
    ],
)
def test_what_is_no_tile_is_missing_whoever_asks(client: Client, path: str) -> None:
    assert client.get(f"/tiles/{path}.mvt").status_code == 404


@pytest.mark.parametrize(("z", "status"), [(0, 204), (2, 204), (4, 204), (5, 200), (14, 200), (15, 204), (22, 204)])
def test_outside_its_zooms_a_border_says_that_there_is_nothing(client: Client, z: int, status: int) -> None:
    assert client.get(f"/tiles/county/{z}/0/0.mvt").status_code == status


@pytest.mark.parametrize("layer", ["projects", "sites"])
def test_points_are_drawn_down_to_the_deepest_zoom(client: Client, layer: str) -> None:
    dam = project(place=HERE)
    site(of=dam, place=HERE)
    for z in (0, 3, 22):
        assert sum(row.get("n", 1) for row in reading.rows(client, layer, at(z, *HERE))) == 1, z


def test_the_same_question_gives_the_same_bytes(client: Client) -> None:
    dam = project(place=HERE)
    for number in range(4):
        site(of=dam, name=f"点{number}", place=(101.87 + number / 1000, 25.7))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 4")
    paths = [f"/tiles/{layer}/{at(9, *HERE)}.mvt" for layer in ("sites", "projects", "county")]
    assert [client.get(path).content for path in paths] == [client.get(path).content for path in paths]


def test_what_a_tile_asks_of_the_database_leaves_no_setting_behind(client: Client) -> None:
    client.get(f"/tiles/sites/{at(9, *HERE)}.mvt")
    layer = registry.known("sites")
    assert layer.points
    assert "statement_timeout" in queries.CALM
    assert queries.CALM.count("true)") == 3, "each holds for the transaction alone"
