"""A small drawing of boundaries: paths of an SVG, made on the server, good without any script."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from anzhi.foundation.regions import naming

WIDTH, HEIGHT = 640.0, 520.0  # the drawing always has this width, so that labels keep their size
MARGIN = 8.0
Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """One region: its path, and where its label stands."""

    code: str
    name: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Sketch:
    """All shapes in one box."""

    width: float
    height: float
    shapes: list[Shape]


def draw(collection: dict[str, Any], here: str = "") -> Sketch | None:
    """The drawing of a GeoJSON collection of regions, `here` on top; None where there is nothing to draw."""
    features = collection["features"]
    points = [point for feature in features for point in _points(feature)]
    if not points:
        return None
    west, north = min(x for x, _y in points), max(y for _x, y in points)
    east, south = max(x for x, _y in points), min(y for _x, y in points)
    narrow = cos(radians((north + south) / 2))
    across, down = (east - west) * narrow, north - south
    scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / down)
    left = (WIDTH - across * scale) / 2

    def place(point: Point) -> Point:
        x, y = point
        return round(left + (x - west) * narrow * scale, 1), round(MARGIN + (north - y) * scale, 1)

    shapes = [_shape(feature, place) for feature in features]
    shapes.sort(key=lambda shape: shape.code == here)  # its border lies over its neighbours'
    return Sketch(WIDTH, round(down * scale + 2 * MARGIN, 1), shapes)


def _points(feature: dict[str, Any]) -> Iterator[Point]:
    for polygon in feature["geometry"]["coordinates"]:
        yield from ((x, y) for x, y in polygon[0])


def _shape(feature: dict[str, Any], place: Any) -> Shape:
    about = feature["properties"]
    rings = [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
    path = "".join("M" + "L".join("{} {}".format(*place(point)) for point in ring[:-1]) + "Z" for ring in rings)
    x, y = place(tuple(about["cp"]))
    return Shape(about["code"], naming.on_map(about["name"]), path, x, y)
