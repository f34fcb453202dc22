"""The register through time: loaded again from another package, read by many threads, told in words."""

import threading
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from anzhi.foundation.regions import names, queries
from anzhi.foundation.regions.models import Level, Region
from anzhi.foundation.regions.names import Name
from anzhi.foundation.regions.points import Kind, Verdict
from anzhi.foundation.regions.reference import divisions, register

pytestmark = pytest.mark.django_db
YUANMOU, WUDING, OLD_LUFENG = "532328000000", "532329000000", "532331000000"


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    names.forget()


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> list[divisions.Unit]:
    """The units of the package, to be changed by a test before they are loaded."""
    units = list(divisions.units())
    monkeypatch.setattr(divisions, "units", lambda: iter(units))
    return units


def change(units: list[divisions.Unit], code: str, **facts: str) -> None:
    at = next(n for n, unit in enumerate(units) if unit.code == code)
    units[at] = replace(units[at], **facts)


# --- loaded again


def test_a_new_name_in_the_package_is_taken_over(package: list[divisions.Unit]) -> None:
    change(package, YUANMOU, name="元谋市", short_name="元谋市", name_en="Yuanmou City")
    register.load()
    names.forget()
    assert queries.label(YUANMOU) == "元谋市"
    with translation.override("en"):
        assert queries.label(YUANMOU) == "Yuanmou City"


@pytest.mark.parametrize("dates", [{"valid_from": date(2020, 1, 1)}, {"valid_to": date(2026, 1, 1)}])
def test_a_unit_with_a_day_of_its_own_is_left_alone(package: list[divisions.Unit], dates: dict[str, date]) -> None:
    Region.objects.filter(code=YUANMOU).update(name="此处改过", **dates)
    change(package, YUANMOU, name="元谋市")
    register.load()
    assert Region.objects.get(code=YUANMOU).name == "此处改过"


@pytest.mark.parametrize("code", ["530000000000", "532300000000", YUANMOU, "532328103000"])
def test_a_package_that_lacks_a_unit_is_not_loaded_at_all(package: list[divisions.Unit], code: str) -> None:
    package[:] = [unit for unit in package if unit.code != code]
    change(package, WUDING, name="不该写入")
    with pytest.raises(register.Incomplete, match="expected"):
        register.load()
    assert not Region.objects.filter(name="不该写入").exists()


def test_parents_come_before_children_and_every_parent_is_there() -> None:
    seen: set[str] = set()
    for unit in divisions.units():
        assert unit.parent is None or unit.parent in seen, unit.code
        seen.add(unit.code)
    assert len(seen) == sum(divisions.EXPECTED.values())


def test_another_province_can_be_read_from_the_same_package() -> None:
    tibet = list(divisions.units("54"))
    assert tibet[0].code == "540000000000"
    assert {unit.code[:2] for unit in tibet} == {"54"}


# --- in force


@pytest.mark.parametrize(
    ("begin", "end", "on", "stands"),
    [
        (None, None, None, True),
        (None, None, date(1900, 1, 1), True),
        (date(2020, 1, 1), None, date(2019, 12, 31), False),
        (date(2020, 1, 1), None, date(2020, 1, 1), True),
        (None, date(2020, 1, 1), date(2020, 1, 1), True),
        (None, date(2020, 1, 1), date(2020, 1, 2), False),
        (date(2030, 1, 1), None, None, True),
        (None, date(2030, 1, 1), None, False),
    ],
)
def test_kept_names_and_rows_agree_on_what_is_in_force(
    begin: date | None, end: date | None, on: date | None, stands: bool
) -> None:
    Region.objects.filter(code=YUANMOU).update(valid_from=begin, valid_to=end)
    names.forget()
    kept = names.one(YUANMOU)
    assert isinstance(kept, Name)
    assert kept.valid(on) is stands
    assert Region.objects.valid(on).filter(code=YUANMOU).exists() is stands
    assert queries.exists(YUANMOU, on) is stands


def test_a_successor_that_is_not_there_ends_the_search() -> None:
    kept = names.one(OLD_LUFENG)
    assert kept.successor
    Region.objects.filter(code=OLD_LUFENG).update(successor=None)
    names.forget()
    unit = queries.resolve(OLD_LUFENG)
    assert (unit.code, unit.valid()) == (OLD_LUFENG, False)


# --- many at once


def test_threads_that_ask_at_once_read_the_register_once_each_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    real = names._read
    monkeypatch.setattr(names, "_read", lambda: read.append(1) or real())
    queries.label(YUANMOU)
    said: list[str] = []
    threads = [threading.Thread(target=lambda: said.append(queries.label(YUANMOU))) for _number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (said, len(read)) == (["元谋县"] * 16, 1)


def test_a_thousand_codes_of_all_tiers_cost_one_query() -> None:
    wanted = list(Region.objects.order_by("name").values_list("code", flat=True)[:1000])
    queries.label(YUANMOU)
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.labels(wanted)) == 1000
    assert len(asked) <= 1


# --- in words


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_verdict_on_a_point_is_a_sentence(kind: Kind, language: str) -> None:
    with translation.override(language):
        said = Verdict(kind, 4321.0, WUDING, "武定县", "gcj02").sentence()
    assert "%(" not in said
    assert "GCJ-02" in said
    assert ("4.3" in said) == (kind in {Kind.NEAR, Kind.OUTSIDE_COUNTY, Kind.OUTSIDE_PROVINCE})
    assert ("武定县" in said) == (kind in {Kind.NEAR, Kind.OUTSIDE_COUNTY})


def test_a_reason_stands_for_a_far_point_but_not_for_none() -> None:
    good = {kind for kind in Kind if Verdict(kind).ok}
    excused = {kind for kind in Kind if Verdict(kind).overridable}
    assert good == {Kind.INSIDE, Kind.NEAR}
    assert excused == {Kind.OUTSIDE_COUNTY, Kind.OUTSIDE_PROVINCE, Kind.NO_BOUNDARY}
    assert set(Kind) - good - excused == {Kind.SWAPPED, Kind.NULL_ISLAND, Kind.IMPOSSIBLE}


@pytest.mark.parametrize(
    ("language", "facts", "title"),
    [
        ("zh-hans", {"name": "元谋县", "name_en": "Yuanmou County"}, "元谋县"),
        ("en", {"name": "元谋县", "name_en": "Yuanmou County"}, "Yuanmou County"),
        ("en", {"name": "黄瓜园镇", "name_en": ""}, "黄瓜园镇"),
    ],
)
def test_a_region_s_title_follows_the_reader(language: str, facts: dict[str, Any], title: str) -> None:
    with translation.override(language):
        region = Region(code=YUANMOU, level=Level.COUNTY, **facts)
        assert (region.title, str(region), region.region_code) == (title, facts["name"], YUANMOU)
