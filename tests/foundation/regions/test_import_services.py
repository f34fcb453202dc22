"""Who may bring in an official file, what is kept of it, and what is in force afterwards."""

import json
from datetime import date
from pathlib import Path

import pytest
import shapely
from django.core.management import CommandError, call_command
from django.db import connection

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.regions import names, queries, rules
from anzhi.foundation.regions.imports.checking import Wishes, boundaries
from anzhi.foundation.regions.models import Band, Boundary, BoundaryImport, Edition, ImportState, Level
from anzhi.foundation.regions.services import boundaries as service
from foundation.regions import files
from harness import people

pytestmark = pytest.mark.django_db
YUANMOU, WUDING, DAY = "532328000000", "532329000000", date(2027, 1, 1)


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    names.forget()


@pytest.fixture
def clerk():
    return people.actor("sysadmin", region="53")


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """An official file in which a strip of 武定 has come to 元谋."""
    counties = files.counties()
    strip = shapely.box(101.9, 25.5, 102.0, 25.9).intersection(counties[WUDING])
    counties[YUANMOU] = shapely.MultiPolygon([max(_parts(counties[YUANMOU].union(strip)), key=lambda part: part.area)])
    counties[WUDING] = shapely.MultiPolygon(_parts(counties[WUDING].difference(counties[YUANMOU])))
    return files.geojson(tmp_path / "云南县界2027.geojson", files.features(counties))


def _parts(shape: shapely.Geometry) -> list[shapely.Polygon]:
    return list(getattr(shape, "geoms", [shape]))


def trail(name: str) -> list[tuple]:
    with system_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT actor_label, facts FROM audit_event WHERE name = %s", [name])
        return [(actor, json.loads(facts)) for actor, facts in cursor.fetchall()]


def test_a_report_changes_no_boundary_and_is_on_record(clerk, official: Path) -> None:
    before = Boundary.objects.count(), Edition.objects.count()
    reported = service.report(by=clerk, path=official, wishes=Wishes("county"))
    assert reported.state == ImportState.REPORTED
    assert reported.report["acceptable"]
    assert (Boundary.objects.count(), Edition.objects.count()) == before
    ((actor, facts),) = trail("boundaries.reported")
    assert (actor, facts["sha256"]) == (clerk.name, reported.sha256)


def test_accepting_replaces_the_boundaries_from_a_day_on_and_keeps_the_old(clerk, official: Path) -> None:
    old = boundaries(Level.COUNTY)[YUANMOU]
    reported = service.report(by=clerk, path=official, wishes=Wishes("county"))
    service.accept(
        by=clerk, reported=reported, path=official, source="省自然资源厅", valid_from=DAY, approval="云S(2027)001号"
    )
    assert boundaries(Level.COUNTY)[YUANMOU].area > old.area
    closed = Boundary.objects.get(region=YUANMOU, band=Band.EXACT, valid_to__isnull=False)
    assert closed.valid_to == date(2026, 12, 31)
    assert shapely.from_wkb(bytes(closed.geometry.wkb)).equals(old)
    edition = Edition.objects.valid().get(level=Level.COUNTY)
    assert (edition.source, edition.approval_number, edition.valid_from) == ("省自然资源厅", "云S(2027)001号", DAY)
    assert edition.imported_from == reported
    assert (reported.state, reported.decided_by) == (ImportState.ACCEPTED, clerk.name)
    assert len(trail("boundaries.accepted")) == 1


def test_the_tiers_above_follow_and_every_band_stays_a_coverage(clerk, official: Path) -> None:
    reported = service.report(by=clerk, path=official, wishes=Wishes("county"))
    service.accept(by=clerk, reported=reported, path=official, source="省自然资源厅", valid_from=DAY)
    for band in Band:
        rows = Boundary.objects.valid().filter(band=band)
        counties = [shapely.from_wkb(bytes(row.geometry.wkb)) for row in rows.filter(level=Level.COUNTY)]
        province = shapely.from_wkb(bytes(rows.get(level=Level.PROVINCE).geometry.wkb))
        assert shapely.coverage_is_valid(counties)
        assert shapely.union_all(counties).symmetric_difference(province).area < 1e-9
        assert rows.count() == 146


def test_a_bad_file_is_refused_and_cannot_be_accepted(clerk, tmp_path: Path) -> None:
    shifted = files.moved(files.counties(), rules.wgs_to_gcj)
    path = files.geojson(tmp_path / "a.geojson", files.features(shifted))
    reported = service.report(by=clerk, path=path, wishes=Wishes("county"))
    assert reported.state == ImportState.REFUSED
    assert reported.decided_by
    with pytest.raises(service.NotAcceptable):
        service.accept(by=clerk, reported=reported, path=path, source="x", valid_from=DAY)
    assert Edition.objects.count() == 1


def test_another_file_than_the_checked_one_is_not_stored(clerk, official: Path) -> None:
    reported = service.report(by=clerk, path=official, wishes=Wishes("county"))
    official.write_text(official.read_text() + " ")
    with pytest.raises(service.NotAcceptable, match=r"不是|not the file"):
        service.accept(by=clerk, reported=reported, path=official, source="x", valid_from=DAY)
    assert BoundaryImport.objects.get().state == ImportState.REPORTED


def test_a_file_can_be_refused_by_a_person_once(clerk, official: Path) -> None:
    reported = service.report(by=clerk, path=official, wishes=Wishes("county"))
    service.refuse(by=clerk, reported=reported, reason="等待省厅正式文件")
    assert reported.state == ImportState.REFUSED
    assert trail("boundaries.refused")[0][1]["reason"] == "等待省厅正式文件"
    for again in (
        lambda: service.refuse(by=clerk, reported=reported, reason="x"),
        lambda: service.accept(by=clerk, reported=reported, path=official, source="x", valid_from=DAY),
    ):
        with pytest.raises(service.NotAcceptable):
            again()


def test_only_the_provinces_administrator_may_report(official: Path) -> None:
    for actor in (people.actor("leader", region="53"), people.actor("sysadmin", region="5323")):
        with pytest.raises(Denied):
            service.report(by=actor, path=official, wishes=Wishes("county"))
    assert not BoundaryImport.objects.exists()


def test_the_command_reports_and_stores_only_when_told(official: Path, capsys: pytest.CaptureFixture) -> None:
    call_command("import_boundaries", str(official))
    assert "129" in capsys.readouterr().out
    assert Edition.objects.count() == 1
    with pytest.raises(CommandError, match="--source"):
        call_command("import_boundaries", str(official), "--commit")
    call_command("import_boundaries", str(official), "--commit", "--source=省厅", "--valid-from=2027-01-01")
    assert Edition.objects.valid().get().source == "省厅"
    assert queries.at(*boundaries(Level.COUNTY)[YUANMOU].representative_point().coords[0]) == YUANMOU


def test_the_command_says_why_a_file_stays_out(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    path = tmp_path / "a.geojson"
    path.write_text("{]")
    with pytest.raises(CommandError):
        call_command("import_boundaries", str(path))
    assert "JSON" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no such file"):
        call_command("import_boundaries", str(tmp_path / "none"))
    assert BoundaryImport.objects.get().state == ImportState.REFUSED


def test_closed_boundaries_keep_their_day_when_a_third_edition_comes(clerk, official: Path) -> None:
    for day in (DAY, date(2028, 1, 1)):
        reported = service.report(by=clerk, path=official, wishes=Wishes("county"))
        service.accept(by=clerk, reported=reported, path=official, source="省厅", valid_from=day)
    ends = Boundary.objects.filter(region=YUANMOU, band=Band.EXACT).order_by("pk").values_list("valid_to", flat=True)
    assert list(ends) == [date(2026, 12, 31), date(2027, 12, 31), None]


def test_towns_are_stored_beside_the_counties_they_lie_in(clerk, tmp_path: Path) -> None:
    area = files.counties()[YUANMOU]
    west, south, east, north = area.bounds
    codes = list(queries.children(YUANMOU).values_list("code", flat=True))
    width = (east - west) / len(codes)
    stripes = [shapely.box(west + n * width, south, west + (n + 1) * width, north) for n in range(len(codes))]
    rows = [files.feature(code, area.intersection(stripe)) for code, stripe in zip(codes, stripes, strict=True)]
    path = files.geojson(tmp_path / "towns.geojson", rows)
    reported = service.report(by=clerk, path=path, wishes=Wishes("town"))
    service.accept(by=clerk, reported=reported, path=path, source="县民政局", valid_from=DAY)
    assert queries.at(*area.representative_point().coords[0], Level.TOWN) in codes
    assert Edition.objects.valid().count() == 2
    assert Boundary.objects.valid().filter(level=Level.COUNTY, band=Band.EXACT).count() == 129
    assert Boundary.objects.valid().filter(level=Level.TOWN).count() == len(codes) * len(Band)


def test_a_second_look_at_a_decided_report_cannot_decide_again(clerk, official: Path) -> None:
    reported = service.report(by=clerk, path=official, wishes=Wishes("county"))
    same = BoundaryImport.objects.get(pk=reported.pk)
    service.refuse(by=clerk, reported=reported, reason="重报")
    with pytest.raises(service.NotAcceptable):
        service.accept(by=clerk, reported=same, path=official, source="省厅", valid_from=DAY)
    assert Edition.objects.count() == 1


def test_the_shipped_boundaries_are_loaded_where_there_are_none() -> None:
    Boundary.objects.all().delete()
    Edition.objects.all().delete()
    call_command("load_regions", verbosity=1)
    call_command("load_boundaries", verbosity=1)
    assert Boundary.objects.count() == 146 * len(Band)
