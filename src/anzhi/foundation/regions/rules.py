"""Coordinates as people and map services write them: degrees in words, GCJ-02 and BD-09. Pure; arrays welcome.

Chinese map services publish positions moved by some hundred metres: GCJ-02 by a published wave formula, BD-09 by a
second turn on top of it. Ours are CGCS2000, which is WGS-84 to the decimetre. The way back is found by repetition.
"""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

KRASOVSKY_AXIS, KRASOVSKY_E2 = 6378245.0, 0.00669342162296594323
EARTH_RADIUS = 6371008.8
BD_TURN = np.pi * 3000 / 180
CLOSE = 1e-9  # degrees: a tenth of a millimetre

Numbers = Any  # a float or an array of floats
Pair = tuple[Numbers, Numbers]


def wgs_to_gcj(lon: Numbers, lat: Numbers) -> Pair:
    """WGS-84 → GCJ-02."""
    x, y = lon - 105.0, lat - 35.0
    ripple = (20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + ripple
    north += _waves(y, (20, 1), (40, 3), (160, 12), (320, 30))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + ripple
    east += _waves(x, (20, 1), (40, 3), (150, 12), (300, 30))
    phi = np.radians(lat)
    bend = 1 - KRASOVSKY_E2 * np.sin(phi) ** 2
    meridian = KRASOVSKY_AXIS * (1 - KRASOVSKY_E2) / (bend * np.sqrt(bend))
    parallel = KRASOVSKY_AXIS / np.sqrt(bend) * np.cos(phi)
    return lon + np.degrees(east / parallel), lat + np.degrees(north / meridian)


def gcj_to_bd(lon: Numbers, lat: Numbers) -> Pair:
    """GCJ-02 → BD-09."""
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * BD_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * BD_TURN)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def wgs_to_bd(lon: Numbers, lat: Numbers) -> Pair:
    """WGS-84 → BD-09."""
    return gcj_to_bd(*wgs_to_gcj(lon, lat))


def gcj_to_wgs(lon: Numbers, lat: Numbers) -> Pair:
    """GCJ-02 → WGS-84."""
    return _back(wgs_to_gcj, lon, lat)


def bd_to_wgs(lon: Numbers, lat: Numbers) -> Pair:
    """BD-09 → WGS-84."""
    return _back(wgs_to_bd, lon, lat)


SHIFTS: dict[str, tuple[Callable[..., Pair], Callable[..., Pair]]] = {
    "gcj02": (wgs_to_gcj, gcj_to_wgs),
    "bd09": (wgs_to_bd, bd_to_wgs),
}


def _waves(at: Numbers, *waves: tuple[float, float]) -> Numbers:
    return sum(size * np.sin(np.pi * at / length) for size, length in waves) * 2 / 3


def _back(forward: Callable[..., Pair], lon: Numbers, lat: Numbers) -> Pair:
    """The point that `forward` moves to (lon, lat)."""
    x, y = lon, lat
    for _round in range(30):
        moved = forward(x, y)
        off = lon - moved[0], lat - moved[1]
        x, y = x + off[0], y + off[1]
        if np.max(np.abs(off)) < CLOSE:
            break
    return x, y


def metres(lon: Numbers, lat: Numbers, to_lon: Numbers, to_lat: Numbers) -> Pair:
    """How far east and north the second point lies; good for some kilometres."""
    east = np.radians(to_lon - lon) * EARTH_RADIUS * np.cos(np.radians(lat))
    return east, np.radians(to_lat - lat) * EARTH_RADIUS


class NoPosition(ValueError):
    """The text is no position."""


ANGLE = re.compile(
    r"""(?P<before>东经|西经|北纬|南纬|[NSEWnsew])?\s*
    (?P<degrees>[-+−]?\d+(?:\.\d+)?)\s*[°º度]?\s*
    (?:(?P<minutes>\d+(?:\.\d+)?)\s*[′'’分]\s*)?
    (?:(?P<seconds>\d+(?:\.\d+)?)\s*(?:[″"”秒]|'')\s*)?
    (?(before)|(?P<after>[NSEWnsew])?)""",
    re.VERBOSE,
)
MARKS = {"东经": "E", "西经": "W", "北纬": "N", "南纬": "S"}


def position(text: str) -> tuple[float, float]:
    """Longitude and latitude from 东经102°42′31″ 北纬25°02′11″, 25°2'11"N 102°42'31"E or 102.7086, 25.0364.

    Without letters the order is taken as written, longitude first. Raises NoPosition.
    """
    found = [match for match in ANGLE.finditer(text) if match["degrees"]]
    leftover = ANGLE.sub("", text).strip(" ,，、;；/()（）\t")
    if len(found) != 2 or leftover:
        raise NoPosition(text)
    (first, first_mark), (second, second_mark) = map(_angle, found)
    marks = first_mark + second_mark
    if not marks or re.fullmatch("[EW][NS]", marks):
        return first, second
    if re.fullmatch("[NS][EW]", marks):
        return second, first
    raise NoPosition(text)


def _angle(match: re.Match[str]) -> tuple[float, str]:
    minutes, seconds = float(match["minutes"] or 0), float(match["seconds"] or 0)
    mark = match["before"] or match["after"] or ""
    mark = MARKS.get(mark, mark.upper())
    if minutes >= 60 or seconds >= 60:
        raise NoPosition(match.string)
    degrees = float(match["degrees"].replace("−", "-"))
    size = abs(degrees) + minutes / 60 + seconds / 3600
    return (-size if degrees < 0 or mark in {"W", "S"} else size), mark
