"""Files made to break the reader: each ends in a report with a sentence, never in an error, and changes nothing."""

import json
import sqlite3
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.db import connection

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.regions import names
from anzhi.foundation.regions.imports.checking import Checked, Wishes, check
from anzhi.foundation.regions.imports.findings import Unreadable
from anzhi.foundation.regions.imports.reading import archive, opening
from anzhi.foundation.regions.imports.sentences import sentence
from anzhi.foundation.regions.models import Edition, ImportState
from anzhi.foundation.regions.services import boundaries as service
from foundation.regions import files

pytestmark = pytest.mark.django_db
YUANMOU, WUDING = "532328000000", "532329000000"


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    names.forget()


@pytest.fixture
def counties() -> files.Areas:
    return files.counties()


def kinds(result: Checked) -> set[str]:
    """What was found; every finding has its sentence."""
    assert all(sentence(finding.kind, finding.facts) for finding in result.report.findings)
    return set(result.report.kinds())


def read(path: Path, data: bytes) -> Checked:
    path = path / "file"
    path.write_bytes(data)
    return check(path, Wishes("county"))


def collection(*rows: Any, **members: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", **members, "features": rows}).encode()


SQUARE = {"type": "Polygon", "coordinates": [[[102, 25], [102.1, 25], [102.1, 25.1], [102, 25]]]}


# --- GeoJSON


@pytest.mark.parametrize(
    ("feature", "kind"),
    [
        (5, "no_code_field"),
        ({"properties": {"code": "532328"}, "geometry": "POLYGON"}, "wrong_geometry"),
        ({"properties": {"code": "532328"}, "geometry": [1, 2]}, "wrong_geometry"),
        ({"properties": {"code": "532328"}, "geometry": {"type": ["Polygon"]}}, "wrong_geometry"),
        ({"properties": {"code": "532328"}, "geometry": {"type": "Polygon", "coordinates": 7}}, "wrong_geometry"),
        ({"properties": {"code": "532328"}, "geometry": {"type": "Polygon", "coordinates": {"a": 1}}}, "not_a_number"),
        ({"properties": ["532328"], "geometry": SQUARE}, "no_code_field"),
        ({"properties": ["532328"], "id": "532328", "geometry": SQUARE}, "unit_absent"),
        ({"properties": {"code": {"a": 1}}, "geometry": SQUARE}, "no_code_field"),
        ({"properties": None, "id": 532328, "geometry": SQUARE}, "unit_absent"),
    ],
)
def test_features_of_an_unheard_shape(tmp_path: Path, feature: Any, kind: str) -> None:
    result = read(tmp_path, collection(feature))
    assert kind in kinds(result)
    assert not result.report.acceptable


@pytest.mark.parametrize("number", ["9" * 400, "9" * 5000, "1e999", "-1e999", "true", "null", '"102"'])
def test_coordinates_that_are_no_numbers_of_degrees(tmp_path: Path, number: str) -> None:
    ring = f"[[{number}, 25], [102.1, 25], [102.1, 25.1], [{number}, 25]]"
    shape = '{"type": "Polygon", "coordinates": [' + ring + "]}"
    text = '{"features": [{"properties": {"code": "532328"}, "geometry": ' + shape + "}]}"
    found = kinds(read(tmp_path, text.encode()))
    assert found & {"not_a_number", "off_the_earth", "not_json"}


@pytest.mark.parametrize("crs", ["x", 5, {"properties": None}, {"properties": []}, {"properties": {"name": None}}])
def test_a_crs_member_that_says_nothing(tmp_path: Path, crs: Any, counties: files.Areas) -> None:
    few = files.features({YUANMOU: counties[YUANMOU]})
    assert "system_unknown" in kinds(read(tmp_path, collection(*few, crs=crs)))


def test_space_before_the_brace(tmp_path: Path, counties: files.Areas) -> None:
    data = b" \r\n" * 20 + collection(*files.features(counties))
    assert read(tmp_path, data).report.acceptable


@pytest.mark.parametrize("spoiled", ["5323\u0000", "\ud800", "532328\u0000", "\u202e823235"])
def test_a_report_with_signs_no_database_keeps_is_kept(tmp_path: Path, counties: files.Areas, spoiled: str) -> None:
    path = tmp_path / "a.geojson"
    path.write_bytes(collection(*files.features(counties), files.feature(spoiled, counties[YUANMOU], name=spoiled)))
    with system_scope():
        reported = service.report(by=SYSTEM, path=path, wishes=Wishes("county"))
    reported.refresh_from_db()
    assert reported.state == ImportState.REFUSED
    assert "bad_code" in reported.report["counts"]
    assert Edition.objects.count() == 1


# --- shapefile


def parts(path: Path, areas: files.Areas) -> dict[str, bytes]:
    return archive.members(files.shapefile(path / "whole.zip", areas).read_bytes())


def packed(path: Path, members: dict[str, bytes]) -> Path:
    (path / "a.zip").write_bytes(files.archive({f"county{suffix}": data for suffix, data in members.items()}))
    return path / "a.zip"


@pytest.mark.parametrize(
    ("at", "form", "value", "kind"),
    [
        (4, "<I", 2**32 - 1, "broken_shapefile"),  # more rows than bytes
        (8, "<H", 65535, "broken_shapefile"),  # rows that begin behind the end
        (10, "<H", 0, "broken_shapefile"),  # rows of no length, four thousand million of them
        (32, "<B", 0x0D, "no_code_field"),  # no field at all
    ],
)
def test_a_dbf_that_lies(tmp_path: Path, counties: files.Areas, at: int, form: str, value: int, kind: str) -> None:
    members = parts(tmp_path, {YUANMOU: counties[YUANMOU]})
    table = bytearray(members[".dbf"])
    struct.pack_into(form, table, at, value)
    if at == 10:
        struct.pack_into("<I", table, 4, 2**32 - 1)
    assert kind in kinds(check(packed(tmp_path, members | {".dbf": bytes(table)}), Wishes("county")))


@pytest.mark.parametrize(("parts_told", "points_told"), [(-1, 5), (2**31 - 1, 5), (1, -1), (1, 2**31 - 1), (5, 0)])
def test_a_shape_that_lies_about_its_rings(
    tmp_path: Path, counties: files.Areas, parts_told: int, points_told: int
) -> None:
    members = parts(tmp_path, {YUANMOU: counties[YUANMOU]})
    shape = bytearray(members[".shp"])
    struct.pack_into("<2i", shape, 100 + 8 + 36, parts_told, points_told)
    found = kinds(check(packed(tmp_path, members | {".shp": bytes(shape)}), Wishes("county")))
    assert found & {"broken_shapefile", "zero_area", "empty_geometry"}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_shape_with_corners_nowhere(tmp_path: Path, counties: files.Areas, value: float) -> None:
    two = {YUANMOU: shapely.MultiPolygon([shapely.box(102, 25, 103, 26), shapely.box(104, 25, 105, 26)])}
    members = parts(tmp_path, two)
    shape = bytearray(members[".shp"])
    start = 100 + 8 + 44 + 4 * 2
    struct.pack_into("<d", shape, start + 16, value)
    assert "not_a_number" in kinds(check(packed(tmp_path, members | {".shp": bytes(shape)}), Wishes("county")))


def test_a_row_marked_as_deleted_and_its_shape_are_left_out(tmp_path: Path, counties: files.Areas) -> None:
    members = parts(tmp_path, counties)
    table = bytearray(members[".dbf"])
    count, header, size = struct.unpack_from("<IHH", table, 4)
    table[header + size * (count - 1)] = ord("*")
    result = check(packed(tmp_path, members | {".dbf": bytes(table)}), Wishes("county"))
    (absent,) = [finding for finding in result.report.findings if finding.kind == "unit_absent"]
    assert absent.where == list(counties)[-1]


@pytest.mark.parametrize(("kind", "found"), [(0, "empty_geometry"), (1, "wrong_geometry"), (31, "wrong_geometry")])
def test_shapes_of_another_kind(tmp_path: Path, counties: files.Areas, kind: int, found: str) -> None:
    members = parts(tmp_path, counties)
    shape = bytearray(members[".shp"])
    struct.pack_into("<i", shape, 108, kind)
    result = check(packed(tmp_path, members | {".shp": bytes(shape)}), Wishes("county"))
    (finding,) = [finding for finding in result.report.findings if finding.kind == found]
    assert finding.where == next(iter(counties))


def test_shapes_with_heights_lose_them(tmp_path: Path, counties: files.Areas) -> None:
    members = parts(tmp_path, counties)
    shape = bytearray(members[".shp"])
    struct.pack_into("<i", shape, 108, 15)
    result = check(packed(tmp_path, members | {".shp": bytes(shape)}), Wishes("county"))
    assert result.report.acceptable
    assert [f.where for f in result.report.findings if f.kind == "height_dropped"] == [next(iter(counties))]


# --- the zip around it


def zipped(path: Path, counties: files.Areas, method: int) -> bytearray:
    members = parts(path, {YUANMOU: counties[YUANMOU]})
    with zipfile.ZipFile(path / "m.zip", "w", method) as target:
        for suffix, data in members.items():
            target.writestr(f"county{suffix}", data)
    return bytearray((path / "m.zip").read_bytes())


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_zip_is_refused_whatever_packed_it(
    tmp_path: Path, counties: files.Areas, method: int, seed: int
) -> None:
    data = zipped(tmp_path, counties, method)
    for step in range(40):
        data[45 + (seed * 7919 + step * 104729) % (len(data) - 400)] ^= 0x5A
    assert kinds(read(tmp_path, bytes(data))) & {"not_a_zip", "broken_shapefile", "zip_bomb", "path_traversal"}


def test_a_zip_with_a_password(tmp_path: Path, counties: files.Areas) -> None:
    data = zipped(tmp_path, counties, zipfile.ZIP_STORED)
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(sign, at + 4)
    assert kinds(read(tmp_path, bytes(data))) == {"not_a_zip"}


def test_many_members_that_are_each_small_but_together_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 1000)
    with pytest.raises(Unreadable) as refused:
        archive.members(files.archive({"a.shp": b"x" * 600, "a.dbf": b"y" * 600}))
    assert refused.value.kind == "zip_bomb"


def test_the_finders_own_copy_of_a_mac_is_no_second_layer(tmp_path: Path, counties: files.Areas) -> None:
    members = parts(tmp_path, counties)
    inside = {f"county{suffix}": data for suffix, data in members.items()}
    (tmp_path / "mac.zip").write_bytes(files.archive(inside | {"__MACOSX/._county.shp": b"x", "说明.txt": b"x"}))
    assert check(tmp_path / "mac.zip", Wishes("county")).report.acceptable


# --- GeoPackage


def change(path: Path, counties: files.Areas, *statements: str) -> set[str]:
    package = files.geopackage(path / "a.gpkg", {YUANMOU: counties[YUANMOU]})
    with sqlite3.connect(package) as database:
        for statement in statements:
            database.execute(statement)
    database.close()
    return kinds(check(package, Wishes("county")))


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("DROP TABLE gpkg_geometry_columns", "not_geopackage"),
        ("DELETE FROM gpkg_geometry_columns", "layers"),
        ("INSERT INTO gpkg_geometry_columns SELECT * FROM gpkg_geometry_columns", "layers"),
        ("UPDATE gpkg_geometry_columns SET table_name = 'sqlite_master'", "layers"),
        ("UPDATE gpkg_geometry_columns SET column_name = 'nothing'", "empty_geometry"),
        ("UPDATE gpkg_spatial_ref_sys SET organization = 'NONE'", "system_unknown"),
        ("DELETE FROM gpkg_spatial_ref_sys", "system_unknown"),
        ("""UPDATE "县界" SET geom = 'words'""", "empty_geometry"),
        ("""UPDATE "县界" SET adcode = x'FF'""", "no_code_field"),
        ("""UPDATE "县界" SET name = CAST(x'FF' AS TEXT)""", "not_geopackage"),
    ],
)
def test_a_geopackage_that_was_tampered_with(tmp_path: Path, counties: files.Areas, statement: str, kind: str) -> None:
    assert kind in change(tmp_path, counties, statement)


def test_a_view_that_calls_itself_a_layer_is_not_read(tmp_path: Path, counties: files.Areas) -> None:
    found = change(
        tmp_path,
        counties,
        "CREATE VIEW boundaries AS SELECT * FROM 县界",
        "UPDATE gpkg_geometry_columns SET table_name = 'boundaries'",
    )
    assert found == {"layers"}


def test_a_layer_named_to_break_out_of_its_quotes(tmp_path: Path, counties: files.Areas) -> None:
    name = 'x" UNION SELECT 1; --'
    quoted = '"' + name.replace('"', '""') + '"'
    found = change(
        tmp_path,
        counties,
        f"ALTER TABLE 县界 RENAME TO {quoted}",
        f"UPDATE gpkg_geometry_columns SET table_name = '{name}'",
    )
    assert "unit_absent" in found
    assert "not_geopackage" not in found


def test_reading_leaves_no_trace_beside_the_file(tmp_path: Path, counties: files.Areas) -> None:
    package = files.geopackage(tmp_path / "a.gpkg", {YUANMOU: counties[YUANMOU]})
    before = package.read_bytes()
    assert len(opening.read(package).features) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.gpkg"]
    assert package.read_bytes() == before


# --- coordinates far from anywhere


@pytest.mark.parametrize("far", [1e300, -1e300, 1e12, 9e7, 37_000_000])
def test_metres_that_lead_off_the_earth(tmp_path: Path, counties: files.Areas, far: float) -> None:
    areas = dict(counties)
    with connection.cursor() as cursor:
        for code, area in areas.items():
            cursor.execute("SELECT ST_AsBinary(ST_Transform(ST_GeomFromWKB(%s, 4326), 4522))", [shapely.to_wkb(area)])
            areas[code] = shapely.from_wkb(bytes(cursor.fetchone()[0]))
    areas[WUDING] = shapely.MultiPolygon([shapely.box(34_500_000, 2_800_000, far, 2_900_000)])
    result = check(files.shapefile(tmp_path / "a.zip", areas, prj=""), Wishes("county", "4522"))
    (finding,) = [f for f in result.report.findings if f.kind == "off_the_earth"]
    assert finding.where == WUDING
    assert not result.report.acceptable


def test_degrees_that_lead_off_the_earth(tmp_path: Path, counties: files.Areas) -> None:
    areas = counties | {WUDING: shapely.MultiPolygon([shapely.box(102, 25, 480, 26)])}
    result = check(files.geojson(tmp_path / "a.geojson", files.features(areas)), Wishes("county"))
    (finding,) = [f for f in result.report.findings if f.kind == "off_the_earth"]
    assert finding.where == WUDING


def test_a_file_larger_than_may_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST", 10)
    assert kinds(read(tmp_path, collection())) == {"file_size"}
