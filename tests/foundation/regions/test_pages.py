"""The register, a region and a checked file on their pages."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.regions import names, queries, sketch
from anzhi.foundation.regions.imports.checking import Wishes
from anzhi.foundation.regions.models import Band, BoundaryImport, Level, Region
from anzhi.foundation.regions.services import boundaries
from anzhi.foundation.regions.views import told
from anzhi.foundation.web import places
from foundation.regions import files
from harness import people

pytestmark = pytest.mark.django_db
YUANMOU, OLD_LUFENG, LUFENG = "532328000000", "532331000000", "532302000000"


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    names.forget()


@pytest.fixture
def clerk() -> Client:
    with system_scope():
        return people.client_for("sysadmin", region="53")


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content.decode()[:500]
    return response.content.decode()


def test_the_counts_above_the_list_are_links_to_as_many_rows(clerk: Client) -> None:
    page = text(clerk, "/regions/")
    for figure in ("129", "1,461", "14,888", "14"):
        assert f">{figure}<" in page
    for asked, rows in (("level=county&validity=open", 129), ("validity=closed", 14)):
        count = re.search(r'class="az-count">\D*([\d,]+)', text(clerk, f"/regions/?{asked}"))
        assert int(count[1].replace(",", "")) == rows


@pytest.mark.parametrize(
    "asked", ["q=元谋", "q=532328", "q=５３２３２８", "q=Yuanmou", "area=532328000000&level=county"]
)
def test_the_list_is_searched_by_name_code_and_area(clerk: Client, asked: str) -> None:
    page = text(clerk, f"/regions/?{asked}")
    assert f'href="/regions/{YUANMOU}/"' in page
    assert "禄丰市" not in page.split("<tbody>")[1]


def test_the_list_costs_few_queries(clerk: Client, django_assert_max_num_queries: object) -> None:
    text(clerk, "/regions/")
    with django_assert_max_num_queries(12):
        text(clerk, "/regions/")


def test_the_list_can_be_taken_home(clerk: Client) -> None:
    response = clerk.get("/regions/?level=prefecture&export=csv")
    assert response.status_code == 200
    body = b"".join(response.streaming_content if response.streaming else [response.content]).decode("utf-8-sig")
    assert body.count("\n") >= 16
    assert "532300000000" in body


def test_a_county_says_where_it_lies_and_from_where_its_boundary_is(clerk: Client) -> None:
    page = text(clerk, f"/regions/{YUANMOU}/")
    assert "元谋县" in page
    assert "532328000000" in page
    assert "天地图" in page
    assert page.count('<path d="M') == 10
    assert page.split('class="az-sketch"')[1].split("</svg>")[0].count('aria-current="true"') == 1
    for town in queries.children(YUANMOU):
        assert town.name in page


def test_the_approval_number_of_the_site_stands_where_the_source_has_none(clerk: Client, settings: object) -> None:
    assert "来源未注明" in text(clerk, f"/regions/{YUANMOU}/")
    settings.MAP_APPROVAL = "云S(2026)017号"
    assert "云S(2026)017号" in text(clerk, f"/regions/{YUANMOU}/")


def test_a_closed_county_leads_to_its_successor_and_back(clerk: Client) -> None:
    closed = text(clerk, f"/regions/{OLD_LUFENG}/")
    assert f'href="/regions/{LUFENG}/" aria-current="true"' in closed
    assert "略图所示为承继单位" in closed
    assert f'href="/regions/{OLD_LUFENG}/"' in text(clerk, f"/regions/{LUFENG}/")


@pytest.mark.parametrize("level", Level.values)
def test_every_tier_has_its_page(clerk: Client, level: str) -> None:
    region = Region.objects.valid().filter(level=level).first()
    page = text(clerk, f"/regions/{region.code}/")
    assert region.name in page
    assert ("az-sketch" in page) is True


@pytest.mark.parametrize("code", ["539999000000", "1", "元谋", "532328000000x"])
def test_what_is_no_region_is_not_found(clerk: Client, code: str) -> None:
    text(clerk, f"/regions/{code}/", 404)


def test_who_may_look_and_who_may_see_files() -> None:
    with system_scope():
        officer = people.client_for("officer", region="532328")
    text(officer, "/regions/")
    text(officer, f"/regions/{YUANMOU}/")
    text(officer, "/regions/files/", 403)
    assert Client().get("/regions/").status_code == 302


def test_a_checked_file_shows_its_findings_in_words(clerk: Client, tmp_path: Path) -> None:
    assert "import_boundaries" in text(clerk, "/regions/files/")
    rows = [row for row in files.features(files.counties()) if row["properties"]["XZQDM"] != "532328"]
    path = files.geojson(tmp_path / "缺一县.geojson", rows)
    boundaries.report(by=people.actor("sysadmin", region="53"), path=path, wishes=Wishes("county"))
    assert "缺一县.geojson" in text(clerk, "/regions/files/")
    page = text(clerk, f"/regions/files/{BoundaryImport.objects.get().pk}/")
    assert "文件中缺少元谋县" in page
    assert "检查未通过" in page
    assert page.count("代码已补零到12位") == 1
    assert "五华区、盘龙区、官渡区" in page
    text(clerk, "/regions/files/999999/", 404)


def test_an_accepted_file_says_who_decided(clerk: Client, tmp_path: Path) -> None:
    actor = people.actor("sysadmin", region="53", name="段海棠")
    path = files.geojson(tmp_path / "a.geojson", files.features(files.counties()))
    reported = boundaries.report(by=actor, path=path, wishes=Wishes("county"))
    page = text(clerk, f"/regions/files/{reported.pk}/")
    assert "目前尚未入库" in page
    assert "79" in page  # 129 codes were padded, 50 of them are listed
    boundaries.accept(by=actor, reported=reported, path=path, source="省自然资源厅", valid_from=date(2027, 1, 1))
    assert "决定人：段海棠" in text(clerk, f"/regions/files/{reported.pk}/")
    assert "省自然资源厅" in text(clerk, f"/regions/{YUANMOU}/")


def test_filters_of_other_pages_know_names_and_the_tier_below() -> None:
    assert places.name_of(YUANMOU) == "元谋县"
    assert len(places.options("")) == 16
    assert (YUANMOU, "元谋县") in places.options("5323")
    assert all(code.startswith("532328") for code, _name in places.options("532328"))


def test_a_drawing_fits_its_box_and_labels_lie_inside() -> None:
    drawn = sketch.draw(queries.geojson("530000000000", Level.PREFECTURE, Band.FAR))
    assert len(drawn.shapes) == 16
    assert {shape.name for shape in drawn.shapes} >= {"楚雄州", "昆明"} or {shape.name for shape in drawn.shapes} >= {
        "楚雄"
    }
    assert all(0 < shape.x < drawn.width and 0 < shape.y < drawn.height for shape in drawn.shapes)
    assert all(shape.path.endswith("Z") for shape in drawn.shapes)
    assert sketch.draw({"features": []}) is None


def test_the_region_itself_is_drawn_over_its_neighbours() -> None:
    drawn = sketch.draw(queries.geojson("532300000000", Level.COUNTY), here="532301000000")
    assert [shape.code for shape in drawn.shapes][-1] == "532301000000"
    numbers = [float(number) for shape in drawn.shapes for number in re.findall(r"[\d.]+", shape.path)]
    assert 0 <= min(numbers) <= max(numbers) <= drawn.width


def test_findings_are_told_errors_first_and_systems_by_their_names() -> None:
    shift = {"severity": "error", "kind": "shifted", "where": "", "facts": {"system": "gcj02", "metres": 366}}
    note = {"severity": "note", "kind": "code_padded", "where": YUANMOU, "facts": {}}
    first, second = told([note, shift, note])
    assert "GCJ-02" in first["words"]
    assert second["where"] == ["元谋县", "元谋县"]
