"""The register and the boundaries as the loaders leave them in the template database."""

import pytest
import shapely
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from shapely import wkb

from anzhi.foundation.regions.models import Band, Boundary, Edition, Level, Region, Version
from anzhi.foundation.regions.reference import divisions, register, tianditu

pytestmark = pytest.mark.django_db


def shapes(level: str, band: int) -> dict[str, shapely.MultiPolygon]:
    rows = Boundary.objects.valid().filter(level=level, band=band).values_list("region_id", "geometry")
    return {code: wkb.loads(bytes(geometry.wkb)) for code, geometry in rows}


def test_every_tier_is_complete() -> None:
    counts = dict(Region.objects.valid().values_list("level").annotate(Count("code")).order_by())
    assert counts == {"province": 1, "prefecture": 16, "county": 129, "town": 1461, "village": 14888}


def test_the_tree_has_no_orphan_and_no_wrong_tier() -> None:
    tiers = list(Level.values)
    for region in Region.objects.exclude(level=Level.PROVINCE).select_related("parent"):
        assert region.parent is not None
        assert tiers.index(region.level) == tiers.index(region.parent.level) + 1
        assert region.code.startswith(region.parent.code.rstrip("0")[:4])


def test_names_are_short_and_english_where_pages_need_them() -> None:
    chuxiong = Region.objects.get(code="532300000000")
    assert (chuxiong.name, chuxiong.short_name, chuxiong.name_en) == ("楚雄彝族自治州", "楚雄州", "Chuxiong Prefecture")
    named = Region.objects.valid().filter(level__in=[Level.PREFECTURE, Level.COUNTY]).exclude(name_en="")
    assert named.count() == 16 + 129


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("532331", "532302"),
        ("530522", "530581"),
        ("530630", "530681"),
        ("530422", "530481"),
        ("533421", "533401"),
        ("533321", "533301"),
    ],
)
def test_a_closed_county_knows_its_successor(old: str, new: str) -> None:
    closed = Region.objects.get(code=old + "000000")
    assert closed.successor_id == new + "000000"
    assert closed.valid_to is not None
    assert closed.successor.valid_to is None


def test_loading_again_changes_nothing() -> None:
    before = Version.objects.get().number, Boundary.objects.count()
    call_command("load_regions", verbosity=0)
    call_command("load_boundaries", verbosity=0)
    assert (Version.objects.get().number, Boundary.objects.count()) == before


def test_a_name_that_was_spoiled_is_mended_and_processes_are_told() -> None:
    Region.objects.filter(code="532328000000").update(name="元某县")
    before = Version.objects.get().number
    register.load()
    assert Region.objects.get(code="532328000000").name == "元谋县"
    assert Version.objects.get().number == before + 1


def test_a_package_with_a_missing_town_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    units = [unit for unit in divisions.units() if unit.name != "元马镇"]
    monkeypatch.setattr(divisions, "units", lambda: iter(units))
    with pytest.raises(register.Incomplete, match="1460"):
        register.load()


def test_each_band_has_129_16_and_1_boundaries() -> None:
    counts = Boundary.objects.values_list("band", "level").annotate(Count("id")).order_by()
    for band, level, count in counts:
        assert count == {"county": 129, "prefecture": 16, "province": 1}[level], (band, level)
    assert len(counts) == 3 * len(Band)


@pytest.mark.parametrize("band", Band)
def test_the_coverage_of_a_band_is_valid_without_gaps_and_equals_the_province(band: Band) -> None:
    counties = list(shapes(Level.COUNTY, band).values())
    province = shapes(Level.PROVINCE, band)["530000000000"]
    assert shapely.coverage_is_valid(counties)
    union = shapely.union_all(counties)
    assert union.symmetric_difference(province).area == pytest.approx(0, abs=1e-12)
    assert shapely.coverage_is_valid(list(shapes(Level.PREFECTURE, band).values()))
    assert sum(len(part.interiors) for part in province.geoms) == 0


@pytest.mark.parametrize("band", Band)
def test_labels_lie_inside_their_own_area(band: Band) -> None:
    outside = Boundary.objects.filter(band=band).extra(where=["NOT ST_Contains(geometry, label_point)"])
    assert not outside.exists()


def test_stored_mercator_is_the_same_area_and_valid() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT bool_and(ST_IsValid(geometry_3857)), max(ST_SRID(geometry_3857)) FROM regions_boundary")
        assert cursor.fetchone() == (True, 3857)


def test_coarser_bands_have_fewer_corners() -> None:
    corners = [sum(shapely.get_num_coordinates(area) for area in shapes(Level.COUNTY, band).values()) for band in Band]
    assert corners == sorted(corners)
    assert corners[0] < corners[-1] / 4


def test_the_area_is_the_provinces() -> None:
    province = Boundary.objects.get(region="530000000000", band=Band.EXACT)
    assert float(province.area_km2) == pytest.approx(383_271, abs=5)


def test_the_slip_in_the_source_is_on_record() -> None:
    edition = Edition.objects.get()
    assert edition.source == tianditu.SOURCE
    (note,) = edition.notes
    assert note["kind"] == "filled"
    assert (note["lon"], note["lat"]) == pytest.approx((103.65, 27.6), abs=0.02)


def test_codes_of_boundaries_and_register_agree() -> None:
    counties = Region.objects.valid().filter(level=Level.COUNTY)
    assert set(shapes(Level.COUNTY, Band.EXACT)) == set(counties.values_list("code", flat=True))
    assert {area.code: area.name for area in tianditu.areas()} == dict(counties.values_list("code", "name"))


def test_exclaves_and_holes_survive() -> None:
    counties = shapes(Level.COUNTY, Band.EXACT)
    assert sum(len(area.geoms) > 1 for area in counties.values()) == 4
    assert sum(len(part.interiors) for area in counties.values() for part in area.geoms) == 3
