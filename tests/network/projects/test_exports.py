"""The lists of projects and sites as sheets: columns, order, totals and rows of the screen, no formula."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit.models import Event
from harness.people import FOREIGN, client_for
from network.projects.factories import YUANMOU, project
from network.sites.factories import site

pytestmark = pytest.mark.django_db
Lines = list[list[str]]


@pytest.fixture
def world() -> None:
    """Three projects and three sites here, one of each far away."""
    with system_scope():
        big = project(name="大水电站", installed_mw=2400, place=YUANMOU)
        project(name="小水电站", installed_mw=36)
        project(name="无名水库", kind="reservoir", regime="water", owner_org="", basis="K")
        far = project(name="远方水电站", region=FOREIGN, installed_mw=777)
        site(of=big, name="甲安置点", plan_people=100, lived_in=True)
        site(of=big, name="乙安置点", plan_people=300)
        site(of=big, name="=1+1", owner_unit="@单位", plan_people=7)
        site(of=far, name="远方安置点", region=FOREIGN, place=(103.0, 27.05), plan_people=9999)


def sheet(client: Client, name: str, **asked: str) -> Lines:
    """The rows of a CSV."""
    answer = client.get(reverse(name), asked | {"export": "csv"})
    assert answer.status_code == 200
    body = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body)))


def book(client: Client, name: str, **asked: str) -> list[list[Any]]:
    """The rows of an XLSX."""
    answer = client.get(reverse(name), asked | {"export": "xlsx"})
    rows = load_workbook(io.BytesIO(b"".join(answer))).active.iter_rows(values_only=True)
    return [list(row) for row in rows]


def names(lines: list[list[Any]]) -> list[str]:
    """First cells of the rows that name something."""
    return [str(line[0]) for line in lines if line]


def total_of(lines: list[list[Any]]) -> list[Any]:
    """The total row."""
    return next(line for line in lines if line and str(line[0]).startswith("合计"))


READERS: tuple[Callable[..., list[list[Any]]], ...] = (sheet, book)


@pytest.mark.parametrize("read", READERS)
def test_projects_stand_in_the_order_of_the_screen_with_their_total(world: None, read: Any) -> None:
    lines = read(client_for("officer"), "projects:index")
    found = [name for name in names(lines) if name.endswith(("水电站", "水库"))]
    assert found == ["大水电站", "小水电站", "无名水库"]
    total = total_of(lines)
    assert any(str(cell) in {"243.6", "243.60"} for cell in total), "240 and 3.6, in 万千瓦"
    assert not any("远方" in str(cell) for line in lines for cell in line)


@pytest.mark.parametrize("read", READERS)
def test_what_is_not_known_says_so_in_a_sheet_too(world: None, read: Any) -> None:
    lines = read(client_for("officer"), "projects:index")
    unnamed = next(line for line in lines if line and str(line[0]) == "无名水库")
    assert "待核实" in [str(cell) for cell in unnamed]


@pytest.mark.parametrize("read", READERS)
def test_sites_are_summed_as_on_the_screen(world: None, read: Any) -> None:
    lines = read(client_for("officer"), "sites:index")
    total = total_of(lines)
    assert {"407", "422"} <= {str(cell).replace(",", "") for cell in total}
    assert names(lines).index("乙安置点") < names(lines).index("甲安置点"), "the largest first"
    assert not any("9999" in str(cell).replace(",", "") for line in lines for cell in line)


@pytest.mark.parametrize("read", READERS)
def test_filters_hold_in_the_sheet(world: None, read: Any) -> None:
    lines = read(client_for("officer"), "sites:index", state="occupied")
    assert "甲安置点" in names(lines)
    assert "乙安置点" not in names(lines)
    assert "无名水库" in names(read(client_for("officer"), "projects:index", kind="reservoir"))
    assert "大水电站" not in names(read(client_for("officer"), "projects:index", kind="reservoir"))


def test_no_cell_is_a_formula(world: None) -> None:
    for line in sheet(client_for("officer"), "sites:index"):
        assert not any(cell.startswith(("=", "@")) for cell in line), line
    answer = client_for("officer").get(reverse("sites:index"), {"export": "xlsx"})
    cells = [
        cell for row in load_workbook(io.BytesIO(b"".join(answer))).active.iter_rows() for cell in row if cell.value
    ]
    assert not [cell.value for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize("name", ["projects:index", "projects:gaps", "sites:index"])
def test_each_export_is_on_record_with_who_and_how_many(world: None, name: str) -> None:
    sheet(client_for("officer"), name)
    with system_scope():
        event = Event.objects.filter(name__contains="export").latest("id")
    assert event.facts["rows"] == {"projects:index": 3, "projects:gaps": 3, "sites:index": 3}[name]
    assert event.actor_label == "杨若岚"


def test_a_county_without_anything_gets_an_empty_sheet_and_no_total(world: None) -> None:
    lines = sheet(client_for("officer", region="532329"), "sites:index")
    assert not [name for name in names(lines) if name.endswith("安置点") and name != "安置点"]


def test_the_gaps_list_what_each_lacks(world: None) -> None:
    lines = sheet(client_for("officer"), "projects:gaps", fact="owner")
    assert [name for name in names(lines) if name.endswith(("水电站", "水库"))] == ["无名水库"]
    line = next(line for line in lines if line and line[0] == "无名水库")
    assert any("项目法人" in cell for cell in line), line
