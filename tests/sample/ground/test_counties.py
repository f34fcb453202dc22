"""Places and names of invented sites: truly inside, close to the water where that can be, called as people do."""

from random import Random

import pytest
from django.contrib.gis.geos import Point, Polygon

from anzhi.foundation.regions.models import Region
from anzhi.sample.ground.counties import NEAR, County
from anzhi.sample.ground.sites import committee, parent_of, plain

SQUARE = Polygon(((101, 25), (102, 25), (102, 26), (101, 26), (101, 25)), srid=4326)
# a ring with a hole: its middle is not inside it
RING = Polygon(
    ((101, 25), (102, 25), (102, 26), (101, 26), (101, 25)),
    ((101.1, 25.1), (101.9, 25.1), (101.9, 25.9), (101.1, 25.9), (101.1, 25.1)),
    srid=4326,
)
SLIVER = Polygon(((101, 25), (102, 26), (102, 26.000001), (101, 25)), srid=4326)


def village(name: str, number: int = 1) -> Region:
    return Region(code=f"532328100{number:03d}", name=name, short_name=name)


def county(shape: Polygon = SQUARE, villages: int = 5, seed: int = 1) -> County:
    return County("532328000000", shape, [village(f"村{at}", at) for at in range(villages)], Random(seed))


@pytest.mark.parametrize("shape", [SQUARE, RING, SLIVER], ids=["square", "ring", "sliver"])
@pytest.mark.parametrize("by", [None, Point(101.5, 25.5), Point(110, 40)], ids=["nowhere", "middle", "far away"])
def test_a_place_is_always_inside(shape: Polygon, by: Point | None) -> None:
    area, chance = county(shape), Random(3)
    for _ in range(40):
        lon, lat = area.place(chance, by)
        assert shape.buffer(1e-5).contains(Point(lon, lat, srid=4326))


def test_a_place_lies_near_the_water() -> None:
    area, chance, dam = county(), Random(5), Point(101.5, 25.5)
    near = [abs(lon - dam.x) < 3 * NEAR and abs(lat - dam.y) < 3 * NEAR for lon, lat in (
        area.place(chance, dam) for _ in range(200)
    )]  # fmt: skip
    assert sum(near) > 190


def test_places_are_spread_where_there_is_no_water() -> None:
    area, chance = county(), Random(5)
    halves = {(lon > 101.5, lat > 25.5) for lon, lat in (area.place(chance, None) for _ in range(60))}
    assert len(halves) == 4


def test_a_village_is_taken_once() -> None:
    area = county(villages=4)
    taken = [area.take().code for _ in range(4)]
    assert len(set(taken)) == 4
    with pytest.raises(IndexError):
        area.take()


def test_the_order_of_villages_is_chance_that_can_be_repeated() -> None:
    orders = [[area.take().code for _ in range(5)] for area in (county(seed=1), county(seed=1), county(seed=2))]
    assert orders[0] == orders[1] != orders[2]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("茂易村民委员会", "茂易"),
        ("元马社区居民委员会", "元马社区"),
        ("丙华村委会", "丙华"),
        ("新区居委会（筹）", "新区"),
        ("龙街(上)村民委员会", "龙街"),
        ("小村", "小村"),
    ],
)
def test_a_village_is_called_without_its_committee(name: str, called: str) -> None:
    assert plain(name) == called


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("茂易村民委员会", "茂易村民委员会"),
        ("茂易村", "茂易村民委员会"),
        ("元马社区居民委员会", "元马社区居民委员会"),
        ("元马社区", "元马社区居民委员会"),
    ],
)
def test_a_committee_is_of_villagers_or_of_residents(name: str, written: str) -> None:
    assert committee(village(name)) == written


def test_what_lies_in_nothing_is_an_error() -> None:
    town = Region(code="532328100000", name="元马镇", short_name="元马镇")
    inside = village("茂易")
    inside.parent = town
    assert parent_of(inside) is town
    with pytest.raises(LookupError, match="lies in nothing"):
        parent_of(town)
