"""Which field says the code, how text is written in tables, what the report says and in which language."""

import json
import re
import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.regions import names, queries, rules
from anzhi.foundation.regions.imports import identity
from anzhi.foundation.regions.imports.checking import Checked, Wishes, check
from anzhi.foundation.regions.imports.findings import Finding, Report, Severity, Unreadable, error, note, storable
from anzhi.foundation.regions.imports.reading import archive, opening
from anzhi.foundation.regions.imports.sentences import SENTENCES, sentence
from anzhi.foundation.regions.imports.shapes import Feature, Layer
from anzhi.foundation.regions.models import BoundaryImport, Edition, ImportState
from foundation.regions import files
from harness import people

pytestmark = pytest.mark.django_db
YUANMOU, WUDING = "532328000000", "532329000000"


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    names.forget()


@pytest.fixture
def counties() -> files.Areas:
    return files.counties()


def checked(path: Path, rows: list[dict[str, Any]], level: str = "county", **wishes: Any) -> Checked:
    return check(files.geojson(path / "a.geojson", rows), Wishes(level, **wishes))


def found(result: Checked, kind: str) -> list[Finding]:
    return [finding for finding in result.report.findings if finding.kind == kind]


# --- the field with the code


@pytest.mark.parametrize(
    ("properties", "field"),
    [
        ({"XZQDM": "532328", "name": "元谋县"}, "XZQDM"),
        ({"adcode": 532328, "id": 7}, "adcode"),
        ({"行政区划代码": "532328", "面积": "2021"}, "行政区划代码"),
        ({"PAC": "532328"}, "PAC"),
        ({"county_cod": "532328"}, "county_cod"),  # cut at ten bytes
        ({"id": "532328"}, "id"),
        ({"id": "532328", "code": "532328"}, "code"),  # a field that says code before one that may be a number
        ({"postcode": "651300", "dm": "532328"}, "dm"),  # a postcode looks like a code of another province
        ({"zipcode": "no", "gb": "156532328", "xzdm": "532328"}, "xzdm"),
    ],
)
def test_the_code_is_found_by_the_field_s_name_and_its_values(properties: dict[str, Any], field: str) -> None:
    assert identity.field_of_codes(Layer([Feature(1, properties)])) == field


def test_the_field_that_holds_codes_most_often_wins() -> None:
    rows = [Feature(n, {"old_code": "-", "new_code": "532328"}) for n in range(3)]
    rows.append(Feature(4, {"old_code": "532331", "new_code": ""}))
    assert identity.field_of_codes(Layer(rows)) == "new_code"


def test_without_a_code_the_fields_there_are_are_named() -> None:
    with pytest.raises(Unreadable) as refused:
        identity.field_of_codes(Layer([Feature(1, {"名称": "元谋县", "面积": 2021})]))
    assert refused.value.facts["fields"] == "名称, 面积"


@pytest.mark.parametrize(
    ("written", "other"),
    [("元谋县", False), ("元谋", False), ("元谋 县", True), ("永仁县", True), ("", False), (None, False), (5, True)],
)
def test_a_name_is_held_against_the_register(tmp_path: Path, counties: files.Areas, written: Any, other: bool) -> None:
    result = checked(tmp_path, [files.feature("532328", counties[YUANMOU], name=written)])
    assert bool(found(result, "other_name")) == other


def test_the_whole_name_with_its_peoples_is_the_same(tmp_path: Path, counties: files.Areas) -> None:
    code = "530126000000"
    for name in ("石林彝族自治县", "石林县", "石林"):
        result = checked(tmp_path, [files.feature(code, counties[code], name=name)])
        assert not found(result, "other_name"), name


# --- text in tables


def table(encoding: str, language: int = 0, name: str = "元谋县") -> bytes:
    """A dBase table of one county; `language` is the byte in its header."""
    fields = files._field("code", 12) + files._field("name", 20)
    row = b" " + b"532328".ljust(12) + name.encode(encoding).ljust(20)[:20]
    head = struct.pack("<4BIHH17xBxx", 3, 126, 1, 1, 1, 33 + len(fields), 33, language)
    return head + fields + b"\r" + row


@pytest.mark.parametrize(
    ("encoding", "language", "cpg", "name"),
    [
        ("utf-8", 0, b"UTF-8", "元谋县"),
        ("utf-8", 0, b"65001", "元谋县"),
        ("gbk", 0, b"GBK", "元谋县"),
        ("gb18030", 0, b"GB18030", "元谋县"),
        ("gbk", 0, b"936", "元谋县"),
        ("big5", 0, b"BIG5", "元謀縣"),
        ("gbk", 0x4D, b"", "元谋县"),  # the header's own mark
        ("gbk", 0, b"", "元谋县"),
        ("utf-8", 0, b"", "元谋县"),
        ("gbk", 0, b"nonsense", "元谋县"),
        ("utf-8", 0, b"\xff\xfe", "元谋县"),
        ("gb18030", 0, b"", "㑇县"),
    ],
)
def test_the_encoding_of_a_table(
    tmp_path: Path, counties: files.Areas, encoding: str, language: int, cpg: bytes, name: str
) -> None:
    shapes = archive.members(files.shapefile(tmp_path / "a.zip", {YUANMOU: counties[YUANMOU]}).read_bytes())
    members = shapes | {".dbf": table(encoding, language, name), ".cpg": cpg}
    (tmp_path / "b.zip").write_bytes(files.archive({f"c{suffix}": data for suffix, data in members.items() if data}))
    layer = opening.read(tmp_path / "b.zip")
    assert layer.features[0].properties == {"code": "532328", "name": name}
    assert [finding.kind for finding in layer.findings] == ([] if cpg else ["encoding_guessed"])


def test_a_character_cut_in_two_spoils_no_other(tmp_path: Path, counties: files.Areas) -> None:
    shapes = archive.members(files.shapefile(tmp_path / "a.zip", {YUANMOU: counties[YUANMOU]}).read_bytes())
    cut = table("gbk", name="元谋县元谋县元谋县元谋县")  # twelve characters in a field of twenty bytes
    (tmp_path / "b.zip").write_bytes(files.archive({"c.shp": shapes[".shp"], "c.dbf": cut, "c.cpg": b"GBK"}))
    assert opening.read(tmp_path / "b.zip").features[0].properties["name"] == "元谋县元谋县元谋县元"


# --- towns


def towns(county: str, area: shapely.MultiPolygon) -> list[dict[str, Any]]:
    """The towns of a county as stripes from west to east."""
    codes = list(queries.children(county).values_list("code", flat=True))
    west, south, east, north = area.bounds
    cuts = np.linspace(west, east, len(codes) + 1)
    stripes = [area.intersection(shapely.box(a, south, b, north)) for a, b in pairwise(cuts)]
    return [files.feature(code[:9], stripe) for code, stripe in zip(codes, stripes, strict=True)]


def moved(rows: list[dict[str, Any]], move: Any) -> list[dict[str, Any]]:
    shapes = {n: shapely.from_geojson(json.dumps(row["geometry"])) for n, row in enumerate(rows)}
    there = files.moved(shapes, move)  # type: ignore[arg-type]  # any key will do
    return [row | {"geometry": json.loads(shapely.to_geojson(there[n]))} for n, row in enumerate(rows)]


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_towns_of_whole_counties_show_a_shift_too(tmp_path: Path, counties: files.Areas, system: str) -> None:
    rows = [row for code in (YUANMOU, WUDING, "532327000000") for row in towns(code, counties[code])]
    shifted = moved(rows, rules.SHIFTS[system][0])
    refused = checked(tmp_path, shifted, "town")
    (finding,) = found(refused, "shifted")
    assert (finding.facts["system"], finding.facts["units"]) == (system, 3)
    converted = checked(tmp_path, shifted, "town", convert=True)
    assert converted.report.acceptable, converted.report.findings
    assert found(converted, "shift_converted")


def test_towns_of_half_a_county_cannot_be_judged(tmp_path: Path, counties: files.Areas) -> None:
    result = checked(tmp_path, towns(YUANMOU, counties[YUANMOU])[:3], "town")
    assert [finding.severity for finding in found(result, "shift_unchecked")] == [Severity.WARNING]
    assert found(result, "unit_absent")


def test_towns_that_overlap_and_leave_a_hole(tmp_path: Path, counties: files.Areas) -> None:
    rows = towns(YUANMOU, counties[YUANMOU])
    first, second = (shapely.from_geojson(json.dumps(row["geometry"])) for row in rows[3:5])
    lon, lat = second.centroid.coords[0]
    hole = shapely.box(lon, lat, lon + 0.02, lat + 0.02)
    rows[4]["geometry"] = json.loads(shapely.to_geojson(second.difference(hole)))
    rows[3]["geometry"] = json.loads(shapely.to_geojson(first.buffer(0.01)))
    result = checked(tmp_path, rows, "town")
    assert found(result, "gap")
    assert found(result, "overlap")
    assert not result.areas


def test_a_file_of_another_tier_says_so_for_each_unit(tmp_path: Path, counties: files.Areas) -> None:
    result = checked(tmp_path, towns(YUANMOU, counties[YUANMOU]), "county")
    assert len(found(result, "other_tier")) == queries.children(YUANMOU).count()
    assert len(found(result, "unit_absent")) == 129


# --- the report


@pytest.mark.parametrize("kind", SENTENCES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_finding_is_a_whole_sentence_in_both_languages(kind: str, language: str) -> None:
    facts = dict.fromkeys(re.findall(r"%\((\w+)\)", SENTENCES[kind]), "X")
    with translation.override(language):
        said = sentence(kind, facts)
    assert said
    assert "%(" not in said
    assert any("一" <= sign <= "鿿" for sign in said) == (language == "zh-hans")


def test_a_report_counts_all_and_lists_some() -> None:
    report = Report("a", "b", "county")
    report.add(note("code_padded", f"{n:012d}") for n in range(200))
    report.add([error("gap", lon=1, lat=2, km2=3)])
    kept = report.as_json()
    assert kept["counts"] == {"code_padded": 200, "gap": 1}
    assert len(kept["findings"]) == 51
    assert not kept["acceptable"]


@pytest.mark.parametrize(
    ("fact", "kept"), [("元谋", "元谋"), ("a\0b", "a?b"), ("\ud800", "?"), (5, 5), (None, None), (2.5, 2.5)]
)
def test_facts_are_kept_as_the_database_can(fact: object, kept: object) -> None:
    assert storable(fact) == kept


# --- by the command


def test_the_command_converts_when_told(tmp_path: Path, counties: files.Areas, capsys: pytest.CaptureFixture) -> None:
    path = files.geojson(tmp_path / "gcj.geojson", files.features(files.moved(counties, rules.wgs_to_gcj)))
    with pytest.raises(CommandError):
        call_command("import_boundaries", str(path))
    assert "GCJ-02" in capsys.readouterr().out
    call_command("import_boundaries", str(path), "--convert", "--commit", "--source=省厅", "--valid-from=2027-01-01")
    assert "stored as edition" in capsys.readouterr().out
    assert Edition.objects.valid().get().source == "省厅"
    assert [row.wishes["convert"] for row in BoundaryImport.objects.order_by("pk")] == [False, True]


def test_the_command_says_how_many_more_of_a_kind(
    tmp_path: Path, counties: files.Areas, capsys: pytest.CaptureFixture
) -> None:
    call_command("import_boundaries", str(files.geojson(tmp_path / "a.geojson", files.features(counties))))
    assert "… and 79 more: code_padded" in capsys.readouterr().out


def test_reports_stand_on_their_page_newest_first(tmp_path: Path, counties: files.Areas) -> None:
    for name in ("first.geojson", "second.geojson"):
        call_command("import_boundaries", str(files.geojson(tmp_path / name, files.features(counties))))
    with system_scope():
        client: Client = people.client_for("sysadmin", region="53")
    page = client.get("/regions/files/").text
    assert page.index("second.geojson") < page.index("first.geojson")
    assert set(BoundaryImport.objects.values_list("state", flat=True)) == {ImportState.REPORTED}
