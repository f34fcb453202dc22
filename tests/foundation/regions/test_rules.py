"""Shifted coordinate systems and positions written in words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.regions import rules

KUNMING = (102.7123, 25.0406)
LONS, LATS = st.floats(97.5, 106.2), st.floats(21.1, 29.3)


def test_gcj_moves_kunming_as_measured_on_published_files() -> None:
    east, north = rules.metres(*KUNMING, *rules.wgs_to_gcj(*KUNMING))
    assert (east, north) == pytest.approx((145, -329), abs=8)


def test_bd_moves_further_than_gcj() -> None:
    gcj = np.hypot(*rules.metres(*KUNMING, *rules.wgs_to_gcj(*KUNMING)))
    bd = np.hypot(*rules.metres(*KUNMING, *rules.wgs_to_bd(*KUNMING)))
    assert bd > gcj + 300


@pytest.mark.parametrize("system", rules.SHIFTS)
@given(lon=LONS, lat=LATS)
def test_the_way_back_ends_within_a_millimetre(system: str, lon: float, lat: float) -> None:
    there, back = rules.SHIFTS[system]
    east, north = rules.metres(lon, lat, *back(*there(lon, lat)))
    assert abs(east) < 0.001
    assert abs(north) < 0.001


def test_arrays_go_through_as_one() -> None:
    lons, lats = np.array([100.0, 102.7]), np.array([24.0, 25.0])
    moved = rules.wgs_to_gcj(lons, lats)
    assert (moved[0][1], moved[1][1]) == rules.wgs_to_gcj(102.7, 25.0)


@pytest.mark.parametrize(
    "text",
    [
        "东经102°42′31″，北纬25°02′11″",
        "北纬25度2分11秒 东经102度42分31秒",
        "25°2'11\"N 102°42'31\"E",
        "E102°42’31”，N25°2’11”",
        "N25°2'11'' E102°42'31''",
        "102.708611, 25.036389",
        "102.708611，25.036389",
        "102°42.51667′E 25°2.18333′N",
        "25.036389N/102.708611E",
    ],
)
def test_positions_in_words(text: str) -> None:
    assert rules.position(text) == pytest.approx((102.708611, 25.036389), abs=1e-5)


@pytest.mark.parametrize(
    "text", ["", "昆明", "102.7", "102.7 25.0 3", "102°75′ 25°", "E102 E25", "N25 S3", "102,25 abc", "25°2′99″N 102E"]
)
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(rules.NoPosition):
        rules.position(text)


def test_south_and_west_are_negative() -> None:
    assert rules.position("12°30′S 45°15′W") == (-45.25, -12.5)


@given(lon=LONS, lat=LATS)
def test_degrees_minutes_seconds_round_trip(lon: float, lat: float) -> None:
    def write(value: float) -> str:
        total = round(value * 3600, 3)
        return f"{int(total // 3600)}°{int(total % 3600 // 60)}′{total % 60:.3f}″"

    if "60.000" in write(lon) + write(lat):
        return
    assert rules.position(f"北纬{write(lat)}，东经{write(lon)}") == pytest.approx((lon, lat), abs=1e-6)
