"""Where a place lies in the grid of tiles, reckoned apart from the code that is tested."""

from math import asinh, pi, radians, tan


def at(z: int, lon: float, lat: float) -> str:
    """z/x/y of the tile that holds a place."""
    size = 2**z
    return f"{z}/{int((lon + 180) / 360 * size)}/{int((1 - asinh(tan(radians(lat))) / pi) / 2 * size)}"
