"""Files that are read, and files that are refused with the reason."""

import json
import stat
import zipfile
from pathlib import Path

import numpy as np
import pytest
import shapely

from anzhi.foundation.regions.imports.findings import Unreadable
from anzhi.foundation.regions.imports.reading import archive, opening
from anzhi.foundation.regions.imports.sentences import SENTENCES, sentence
from foundation.regions import files

YUANMOU = "532328000000"
SQUARE = [[[102.0, 25.0], [102.1, 25.0], [102.1, 25.1], [102.0, 25.1], [102.0, 25.0]]]


def one(path: Path, geometry: object) -> tuple[list[str], shapely.Geometry | None]:
    """Kinds of findings and the area of a GeoJSON file with one feature."""
    layer = opening.read(files.geojson(path / "one.geojson", [files.feature("532328", geometry)]))
    return [finding.kind for finding in layer.features[0].findings], layer.features[0].area


def refused(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        opening.read(path)
    assert sentence(caught.value.kind, caught.value.facts)
    return caught.value


def test_geojson_with_byte_order_mark_and_carriage_returns(tmp_path: Path) -> None:
    text = json.dumps(
        {"type": "FeatureCollection", "features": [files.feature("532328", files.counties()[YUANMOU])]}, indent=1
    )
    path = tmp_path / "bom.json"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    layer = opening.read(path)
    assert layer.features[0].area.equals(files.counties()[YUANMOU])
    assert layer.stated == "4326"


@pytest.mark.parametrize(
    ("member", "stated"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "4326"),
        ("urn:ogc:def:crs:EPSG::4490", "4490"),
        ("EPSG:4522", "4522"),
        ("urn:ogc:def:crs:EPSG:6.9:4543", "4543"),
        ("something", "something"),
    ],
)
def test_the_old_crs_member_of_geojson_is_believed(tmp_path: Path, member: str, stated: str) -> None:
    crs = {"type": "name", "properties": {"name": member}}
    assert opening.read(files.geojson(tmp_path / "a.json", [], crs=crs)).stated == stated


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "file_size"),
        (b"hello", "unknown_format"),
        (b'{"type": "FeatureCollection", "features": [', "not_json"),
        (b'{"type": "Feature"}', "no_features"),
        ('{"名": "元谋"}'.encode("gbk"), "not_utf8"),
        (b'{"features": [{"geometry": {"type": "Polygon", "coordinates": [[[NaN, 25]]]}}]}', "nan_in_json"),
        (b'{"features": [{"geometry": {"type": "Polygon", "coordinates": [[[-Infinity, 25]]]}}]}', "nan_in_json"),
        (b'{"features": ' + b"[" * 200_000, "not_json"),
        (b"SQLite format 3\0" + bytes(100), "not_geopackage"),
        (b"PK\x03\x04" + bytes(40), "not_a_zip"),
    ],
)
def test_broken_files_are_named(tmp_path: Path, data: bytes, kind: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    assert refused(path).kind == kind


@pytest.mark.parametrize(
    ("geometry", "kinds"),
    [
        ({"type": "Polygon", "coordinates": SQUARE}, []),
        ({"type": "Polygon", "coordinates": [SQUARE[0][::-1]]}, []),  # clockwise exterior
        ({"type": "Polygon", "coordinates": [SQUARE[0][:-1]]}, ["unclosed_ring"]),
        ({"type": "Polygon", "coordinates": [SQUARE[0][:2]]}, ["zero_area"]),
        ({"type": "Polygon", "coordinates": [[[102, 25], [103, 25], [102, 25], [102, 25]]]}, ["zero_area"]),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, ["self_crossing"]),
        ({"type": "Polygon", "coordinates": [[[*point, 1500.0] for point in SQUARE[0]]]}, ["height_dropped"]),
        ({"type": "Polygon", "coordinates": [[SQUARE[0][0], *SQUARE[0]]]}, ["repeated_points"]),
        ({"type": "Polygon", "coordinates": []}, ["empty_geometry"]),
        ({"type": "Polygon", "coordinates": [[["102", 25], [1, 2], [3, 4], ["102", 25]]]}, ["not_a_number"]),
        ({"type": "Polygon", "coordinates": SQUARE[0]}, ["wrong_geometry"]),
        ({"type": "GeometryCollection", "geometries": []}, ["wrong_geometry"]),
        ({"type": "Point", "coordinates": [102, 25]}, ["wrong_geometry"]),
        (None, ["empty_geometry"]),
    ],
)
def test_each_unsound_geometry_is_named(tmp_path: Path, geometry: object, kinds: list[str]) -> None:
    found, area = one(tmp_path, geometry)
    assert found == kinds
    assert (area is None) == bool(set(kinds) - {"height_dropped", "repeated_points"})


def test_holes_and_exclaves_are_kept(tmp_path: Path) -> None:
    counties = files.counties()
    several = max(counties.values(), key=lambda area: len(area.geoms))
    holed = next(area for area in counties.values() if any(part.interiors for part in area.geoms))
    assert one(tmp_path, several)[1].equals(several)
    assert one(tmp_path, holed)[1].equals(holed)


def test_a_polygon_of_200_000_corners_is_read(tmp_path: Path) -> None:
    turn = np.linspace(0, 2 * np.pi, 200_001)[:-1]
    circle = shapely.Polygon(np.column_stack([102 + np.cos(turn), 25 + np.sin(turn)]))
    found, area = one(tmp_path, circle)
    assert found == []
    assert shapely.get_num_coordinates(area) > 199_999


def test_a_geopackage_is_read(tmp_path: Path) -> None:
    areas = files.counties()
    layer = opening.read(files.geopackage(tmp_path / "a.gpkg", areas))
    assert layer.stated == "4490"
    assert all(feature.area.equals(areas[feature.properties["adcode"]]) for feature in layer.features)
    assert len(layer.features) == 129


@pytest.mark.parametrize(
    ("blob", "kind"),
    [
        (b"GP\0\x11" + bytes(20), "empty_geometry"),
        (b"XX", "empty_geometry"),
        (b"GP\0\x01" + bytes(4) + b"\x01\x03", "broken_geometry"),
        (b"GP\0\x01" + bytes(4) + shapely.to_wkb(shapely.Point(1, 2)), "wrong_geometry"),
        (b"GP\0\x01" + bytes(4) + shapely.to_wkb(shapely.box(0, 0, 1, float("inf"))), "not_a_number"),
        (b"GP\0\x01" + bytes(4) + shapely.to_wkb(shapely.force_3d(shapely.box(0, 0, 1, 1))), "height_dropped"),
    ],
)
def test_unsound_blobs_of_a_geopackage(tmp_path: Path, blob: bytes, kind: str) -> None:
    path = files.geopackage(tmp_path / "a.gpkg", {YUANMOU: files.counties()[YUANMOU]}, raw={YUANMOU: blob})
    assert [finding.kind for finding in opening.read(path).features[0].findings] == [kind]


@pytest.mark.parametrize(
    ("encoding", "cpg"), [("gbk", ""), ("gbk", "936"), ("gbk", "GBK"), ("utf-8", "UTF-8"), ("utf-8", "")]
)
def test_a_shapefile_is_read_in_either_encoding(tmp_path: Path, encoding: str, cpg: str) -> None:
    areas = files.counties()
    layer = opening.read(files.shapefile(tmp_path / "a.zip", areas, encoding=encoding, cpg=cpg))
    assert [feature.properties["county_cod"] for feature in layer.features] == [code[:6] for code in areas]
    assert all(f.area.equals(area) for f, area in zip(layer.features, areas.values(), strict=True))
    assert layer.features[0].properties["name"] == files.called(next(iter(areas)))
    assert [finding.kind for finding in layer.findings] == ([] if cpg else ["encoding_guessed"])


def test_a_shapefile_cut_off_or_without_rows(tmp_path: Path) -> None:
    one_county = {YUANMOU: files.counties()[YUANMOU]}
    whole = archive.members(files.shapefile(tmp_path / "a.zip", one_county).read_bytes())
    for parts, kind in [
        ({"shp": whole[".shp"][:-9]}, "broken_shapefile"),
        ({"shp": b"\0" * 200}, "broken_shapefile"),
        ({"dbf": whole[".dbf"][:-9]}, "broken_shapefile"),
        ({"dbf": b""}, "no_dbf"),
        ({"shp": whole[".shp"] + whole[".shp"][100:]}, "rows_and_shapes"),
    ]:
        assert refused(files.shapefile(tmp_path / "b.zip", one_county, **parts)).kind == kind


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ({"../../etc/county.shp": b"x"}, "path_traversal"),
        ({"/etc/county.shp": b"x"}, "path_traversal"),
        ({"..\\county.shp": b"x"}, "path_traversal"),
        ({"C:county.shp": b"x"}, "path_traversal"),
        ({"county.shp": bytes(50 * 2**20)}, "zip_bomb"),
        ({f"{n}.shp": b"x" for n in range(100)}, "too_many_members"),
        ({"a.shp": b"x", "b.shp": b"x"}, "layers"),
        ({"readme.txt": b"x"}, "layers"),
    ],
)
def test_dangerous_archives_are_not_opened(tmp_path: Path, members: dict[str, bytes], kind: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(files.archive(members))
    assert refused(path).kind == kind


def test_a_link_in_the_archive(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("county.shp")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        zipped.writestr(info, "/etc/passwd")
    assert refused(tmp_path / "a.zip").kind == "link_in_zip"


def test_a_member_that_lies_about_its_size_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = files.shapefile(tmp_path / "a.zip", {YUANMOU: files.counties()[YUANMOU]})
    real = zipfile.ZipFile.infolist

    def small(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
        for info in (infos := real(archive)):
            info.file_size = 10
        return infos

    monkeypatch.setattr(zipfile.ZipFile, "infolist", small)
    assert refused(path).kind in {"zip_bomb", "not_a_zip"}


def test_every_sentence_is_used_by_some_check() -> None:
    folder = Path(opening.__file__).parents[1]
    code = "".join(path.read_text() for path in folder.rglob("*.py") if path.name != "sentences.py")
    assert [kind for kind in SENTENCES if f'"{kind}"' not in code] == []
