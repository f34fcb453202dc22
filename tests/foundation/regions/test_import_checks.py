"""What the checks say of county files, right and wrong."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.db import connection
from shapely.affinity import translate

from anzhi.foundation.regions import names, queries, rules
from anzhi.foundation.regions.imports import systems
from anzhi.foundation.regions.imports.checking import Checked, Wishes, check
from anzhi.foundation.regions.imports.findings import LISTED
from anzhi.foundation.regions.reference import coverage
from foundation.regions import files

pytestmark = pytest.mark.django_db
YUANMOU, WUDING, LUFENG = "532328000000", "532329000000", "532302000000"


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    names.forget()


@pytest.fixture
def counties() -> files.Areas:
    return files.counties()


def checked(
    path: Path, rows: list | files.Areas, *, system: str = "", convert: bool = False, **members: object
) -> Checked:
    rows = files.features(rows) if isinstance(rows, dict) else rows
    return check(files.geojson(path / "counties.geojson", rows, **members), Wishes("county", system, convert))


def kinds(result: Checked) -> set[str]:
    return set(result.report.kinds())


def crs(epsg: int) -> dict[str, object]:
    return {"crs": {"type": "name", "properties": {"name": f"EPSG:{epsg}"}}}


def projected(areas: files.Areas, epsg: int) -> files.Areas:
    """The areas in another system, by PostGIS."""
    result = {}
    with connection.cursor() as cursor:
        for code, area in areas.items():
            cursor.execute(
                "SELECT ST_AsBinary(ST_Transform(ST_GeomFromWKB(%s, 4326), %s))", [shapely.to_wkb(area), epsg]
            )
            result[code] = shapely.from_wkb(bytes(cursor.fetchone()[0]))
    return result


def test_the_shipped_counties_pass_in_all_formats(tmp_path: Path, counties: files.Areas) -> None:
    for path in (
        files.geojson(tmp_path / "a.geojson", files.features(counties)),
        files.geopackage(tmp_path / "a.gpkg", counties),
        files.shapefile(tmp_path / "a.zip", counties),
    ):
        result = check(path, Wishes("county"))
        assert result.report.acceptable, result.report.findings
        assert kinds(result) <= {"code_padded", "encoding_guessed", "repeated_points"}
        assert result.report.units == 129
        assert shapely.coverage_is_valid(list(result.areas.values()))


@pytest.mark.parametrize(("system", "near"), [("gcj02", 350), ("bd09", 1050)])
def test_a_shifted_file_is_refused_and_converted_with_a_record(
    tmp_path: Path, counties: files.Areas, system: str, near: int
) -> None:
    shifted = files.moved(counties, rules.SHIFTS[system][0])
    refused = checked(tmp_path, shifted)
    assert not refused.report.acceptable
    (finding,) = [f for f in refused.report.findings if f.kind == "shifted"]
    assert finding.facts["system"] == system
    assert finding.facts["metres"] == pytest.approx(near, rel=0.35)
    converted = checked(tmp_path, shifted, convert=True)
    assert converted.report.acceptable
    assert "shift_converted" in kinds(converted)
    off = max(area.hausdorff_distance(counties[code]) for code, area in converted.areas.items())
    assert off < 1e-7


def test_a_file_off_in_no_known_system_is_refused(tmp_path: Path, counties: files.Areas) -> None:
    moved = {code: translate(area, 0.02, 0.02) for code, area in counties.items()}
    assert "shift_unknown" in kinds(checked(tmp_path, moved))


def test_axes_swapped(tmp_path: Path, counties: files.Areas) -> None:
    swapped = files.moved(counties, lambda lon, lat: (lat, lon))
    assert not checked(tmp_path, swapped).report.acceptable
    turned = checked(tmp_path, swapped, convert=True)
    assert turned.report.acceptable
    assert turned.areas[YUANMOU].equals(counties[YUANMOU])


@pytest.mark.parametrize(
    ("true", "stated", "note"),
    [
        (4490, "4490", False),
        (4522, "4522", False),  # 3-degree zone 34, eastings 34xxxxxx
        (4543, "4543", False),  # the same without the zone number
        (4495, "4495", False),  # 6-degree zone 17
        (4522, "4543", True),  # stated without prefix, written with it
        (4543, "4522", True),
    ],
)
def test_gauss_kruger_zones_are_brought_to_degrees(
    tmp_path: Path, counties: files.Areas, true: int, stated: str, note: bool
) -> None:
    result = checked(tmp_path, projected(counties, true), **crs(int(stated)))
    assert result.report.acceptable, result.report.findings
    assert ("zone_prefix" in kinds(result)) == note
    assert result.areas[YUANMOU].hausdorff_distance(counties[YUANMOU]) < 1e-6


def test_a_shapefile_without_prj_needs_a_word(tmp_path: Path, counties: files.Areas) -> None:
    path = files.shapefile(tmp_path / "a.zip", projected(counties, 4522), prj="")
    asked = check(path, Wishes("county"))
    (finding,) = [f for f in asked.report.findings if f.kind == "system_missing"]
    assert "EPSG:4522" in finding.facts["guess"]
    assert check(path, Wishes("county", system="4522")).report.acceptable


@pytest.mark.parametrize(
    ("system", "epsg", "kind"),
    [
        ("4543", 4490, "degrees_not_metres"),
        ("4490", 4522, "metres_not_degrees"),
        ("4523", 4522, "other_zone"),
        ("2379", 4522, "system_unknown"),  # Xi'an 1980
        ("3857", 4522, "system_unknown"),
    ],
)
def test_a_wrong_word_about_the_system_is_noticed(
    tmp_path: Path, counties: files.Areas, system: str, epsg: int, kind: str
) -> None:
    few = {YUANMOU: counties[YUANMOU]}
    path = files.shapefile(tmp_path / "a.zip", projected(few, epsg), prj="")
    assert kind in kinds(check(path, Wishes("county", system)))


def test_a_file_and_a_person_that_disagree(tmp_path: Path, counties: files.Areas) -> None:
    assert "system_contradicted" in kinds(checked(tmp_path, counties, system="4522"))


@pytest.mark.parametrize(
    ("text", "epsg"),
    [
        (files.CGCS_PRJ, 4490),
        ('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]', 4326),
        ('GEOGCS["China Geodetic Coordinate System 2000",AUTHORITY["EPSG","4490"]]', 4490),
        ('PROJCS["CGCS2000_3_Degree_GK_Zone_34",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000"]]', 4522),
        ('PROJCS["CGCS2000_3_Degree_GK_CM_102E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000"]]', 4543),
        ('PROJCS["CGCS2000_GK_Zone_17",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000"]]', 4495),
        ('PROJCS["CGCS2000 / 3-degree Gauss-Kruger CM 102E",GEOGCS["China Geodetic Coordinate System 2000"]]', 4543),
        ('PROJCS["CGCS2000 / Gauss-Kruger CM 99E",GEOGCS["China Geodetic Coordinate System 2000"]]', 4506),
        ('PROJCS["CGCS2000_3_Degree_GK_Zone_99",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000"]]', None),
        ('PROJCS["Xian_1980_3_Degree_GK_Zone_34",GEOGCS["GCS_Xian_1980"]]', None),
        ('PROJCS["WGS_1984_UTM_Zone_47N",GEOGCS["GCS_WGS_1984"]]', None),
        ("EPSG:4490", 4490),
        ("4214", None),
        ("+proj=longlat +nadgrids=/etc/passwd", None),
    ],
)
def test_only_known_systems_are_recognised(text: str, epsg: int | None) -> None:
    assert systems.recognised(text) == epsg


def test_zones_and_their_numbers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT srid, srtext FROM spatial_ref_sys WHERE srid BETWEEN 4491 AND 4554")
        names_of = dict(cursor.fetchall())
    for epsg, text in names_of.items():
        zone = systems.gauss(epsg)
        assert zone.epsg == epsg
        assert f'"central_meridian",{zone.meridian}' in text
        assert ("zone" in text.split(",")[0]) == zone.prefixed
        assert ("3-degree" in text.split(",")[0]) == (zone.width == 3)


@pytest.mark.parametrize(
    ("written", "kind"),
    [("５３２３２８", "code_mended"), (" 532328", "code_mended"), ("532328", "code_padded"), ("532328000000", None)],
)
def test_codes_in_mixed_lengths_and_widths(
    tmp_path: Path, counties: files.Areas, written: str, kind: str | None
) -> None:
    rows = [row for row in files.features(counties) if row["properties"]["XZQDM"] != "532328"]
    result = checked(tmp_path, [*rows, files.feature(written, counties[YUANMOU])])
    assert result.report.acceptable
    assert {f.kind for f in result.report.findings if f.where == YUANMOU} == ({kind} if kind else set())


def test_a_dissolved_units_code(tmp_path: Path, counties: files.Areas) -> None:
    rows = [row for row in files.features(counties) if row["properties"]["XZQDM"] != "532302"]
    rows.append(files.feature("532331", counties[LUFENG], name="禄丰县"))
    refused = checked(tmp_path, rows)
    assert {"closed_code", "unit_absent"} <= kinds(refused)
    converted = checked(tmp_path, rows, convert=True)
    assert converted.report.acceptable
    assert "closed_code_replaced" in kinds(converted)
    assert LUFENG in converted.areas


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("532399", "unknown_code"),
        ("53232", "bad_code"),
        ("元谋", "bad_code"),
        (None, "bad_code"),
        ("5323", "other_tier"),
    ],
)
def test_codes_that_are_none(tmp_path: Path, counties: files.Areas, code: object, kind: str) -> None:
    rows = [row for row in files.features(counties) if row["properties"]["XZQDM"] != "532328"]
    result = checked(tmp_path, [*rows, files.feature(code, counties[YUANMOU])])
    assert {kind, "unit_absent"} <= kinds(result)
    assert not result.areas


def test_two_units_with_one_code_and_a_wrong_name(tmp_path: Path, counties: files.Areas) -> None:
    rows = [*files.features(counties), files.feature("532328", counties[YUANMOU], XZQMC="永仁县")]
    assert {"code_twice", "other_name"} <= kinds(checked(tmp_path, rows))


def test_a_national_file_keeps_only_this_province(tmp_path: Path, counties: files.Areas) -> None:
    rows = [*files.features(counties), files.feature("510101", shapely.box(104, 30, 105, 31))]
    result = checked(tmp_path, rows)
    assert result.report.acceptable
    assert "other_provinces" in kinds(result)


def test_a_file_without_codes(tmp_path: Path) -> None:
    rows = [{"type": "Feature", "properties": {"area": 5}, "geometry": None}]
    assert kinds(checked(tmp_path, rows)) == {"no_code_field"}


def test_an_overlap_a_gap_and_a_stray_are_named(tmp_path: Path, counties: files.Areas) -> None:
    lon, lat = counties[YUANMOU].centroid.coords[0]
    hole = shapely.box(lon, lat, lon + 0.02, lat + 0.02)
    gap = counties | {YUANMOU: counties[YUANMOU].difference(hole)}
    assert "gap" in kinds(checked(tmp_path, gap))
    overlap = counties | {WUDING: counties[WUDING].union(hole)}
    (finding,) = [f for f in checked(tmp_path, overlap).report.findings if f.kind == "overlap"]
    assert {finding.where, finding.facts["other"]} == {YUANMOU, WUDING}
    stray = counties | {YUANMOU: counties["530622000000"], "530622000000": counties[YUANMOU]}
    assert "outside_parent" in kinds(checked(tmp_path, stray))


def test_slips_of_the_pen_are_mended_and_noted(tmp_path: Path, counties: files.Areas) -> None:
    lon, lat = counties[YUANMOU].centroid.coords[0]
    dot = shapely.box(lon, lat, lon + 0.0005, lat + 0.0005)  # 55 m square
    result = checked(tmp_path, counties | {YUANMOU: counties[YUANMOU].difference(dot)})
    assert result.report.acceptable
    assert "gap" in kinds(result)
    assert result.areas[YUANMOU].area == pytest.approx(counties[YUANMOU].area, abs=1e-9)
    brim = counties[YUANMOU].buffer(0.00002).intersection(counties[WUDING])  # two metres wide
    overlapping = checked(tmp_path, counties | {YUANMOU: coverage.multi(counties[YUANMOU].union(brim))})
    assert "overlap" in kinds(overlapping)


def test_unsound_shapes_keep_the_file_out(tmp_path: Path, counties: files.Areas) -> None:
    rows = [row for row in files.features(counties) if row["properties"]["XZQDM"] != "532328"]
    bow = {"type": "Polygon", "coordinates": [[[102, 25], [102.1, 25.1], [102.1, 25], [102, 25.1], [102, 25]]]}
    result = checked(tmp_path, [*rows, files.feature("532328", bow)])
    (finding,) = [f for f in result.report.findings if f.kind == "self_crossing"]
    assert finding.where == YUANMOU
    assert finding.facts["place"] == "102.05 25.05"


def towns(county: str, area: shapely.MultiPolygon, *, skip: int = 0) -> list[dict]:
    """The towns of a county as stripes from west to east."""
    codes = list(queries.children(county).values_list("code", flat=True))[skip:]
    west, south, east, north = area.bounds
    cuts = np.linspace(west, east, len(codes) + 1)
    stripes = [area.intersection(shapely.box(a, south, b, north)) for a, b in pairwise(cuts)]
    return [files.feature(code[:9], stripe) for code, stripe in zip(codes, stripes, strict=True)]


def test_towns_of_some_counties_may_come_alone(tmp_path: Path, counties: files.Areas) -> None:
    rows = towns(YUANMOU, counties[YUANMOU]) + towns(WUDING, counties[WUDING])
    result = check(files.geojson(tmp_path / "towns.geojson", rows), Wishes("town"))
    assert result.report.acceptable, result.report.findings
    assert result.report.units == len(rows)


def test_a_town_whose_code_belongs_to_another_county(tmp_path: Path, counties: files.Areas) -> None:
    rows = towns(YUANMOU, counties[YUANMOU])
    rows[0]["properties"]["XZQDM"] = queries.children(WUDING).first().code[:9]
    found = check(files.geojson(tmp_path / "towns.geojson", rows), Wishes("town")).report.findings
    assert [f.facts["percent"] for f in found if f.kind == "outside_parent"] == [100.0]
    assert "unit_absent" in {f.kind for f in found}


def test_a_missing_town_of_a_county_is_named(tmp_path: Path, counties: files.Areas) -> None:
    rows = towns(YUANMOU, counties[YUANMOU], skip=1)
    found = check(files.geojson(tmp_path / "towns.geojson", rows), Wishes("town")).report.findings
    assert [f.where for f in found if f.kind == "unit_absent"] == [queries.children(YUANMOU).first().code]


def test_a_report_lists_fifty_of_a_kind_and_counts_all(tmp_path: Path, counties: files.Areas) -> None:
    report = checked(tmp_path, counties).report.as_json()
    assert report["counts"]["code_padded"] == 129
    assert sum(finding["kind"] == "code_padded" for finding in report["findings"]) == LISTED
