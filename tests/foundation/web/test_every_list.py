"""What the engine promises of lists, asked of every list of the site, over a county full of rows."""

import csv
import io
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.web.export import DANGER
from anzhi.foundation.web.filters import Choice
from anzhi.foundation.web.lists import ListPage
from anzhi.network.projects.models import Project
from anzhi.network.sites.models import ResettlementSite
from anzhi.site.addresses import Address, addresses
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount, Transaction
from authorization.asking import whole
from authorization.crowded import everybody, more
from authorization.planted import STRANGER, World, plant
from authorization.register import BARE, SHOWS
from harness.people import client_of, user_at
from supervision.funds.conftest import speak

pytestmark = pytest.mark.slow
OF_AN_AREA = ("projects", "sites", "plans", "funds:accounts", "funds:transactions", "funds:files", "alerts:alerts")
MOST = 5  # choices of one filter that are tried
Visitors = list[tuple[frozenset[Permission], Client]]


@pytest.fixture(autouse=True)
def alone(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: None) -> None:
    """Own folders, and statements that need no file."""
    settings.FILES_ROOT, settings.INBOX_ROOT, settings.SEALS_ROOT = tmp_path / "files", tmp_path / "inbox", tmp_path
    speak(monkeypatch)


@pytest.fixture
def world() -> World:
    planted = plant()
    more()
    return planted


@pytest.fixture
def visitors() -> Visitors:
    return everybody()


def lists() -> Iterator[tuple[Address, type[ListPage]]]:
    """All but two: the trail grows by a row with every sheet asked for, and the register has 16,000 rows."""
    for address in addresses():
        if (
            address.kind
            and issubclass(address.kind, ListPage)
            and address.name not in ("audit:events", "regions:regions")
        ):
            yield address, address.kind


def where(address: Address, world: World) -> str:
    fill = SHOWS[address.name].fill if address.name in SHOWS else BARE[address.name][1]
    return reverse(address.name, kwargs=dict(fill(world)))


def who(address: Address, visitors: Visitors) -> Client:
    return next(client for permissions, client in visitors if address.permission in permissions)


def sheet(client: Client, url: str, **asked: str) -> list[list[str]]:
    """The rows of a list as its CSV has them, without head, totals and origin."""
    text = whole(client.get(url, {**asked, "export": "csv"})).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    lines = lines[1 : lines.index([])]
    return lines[:-1] if lines and any(cell.startswith("合计") for cell in lines[-1]) else lines


def test_every_column_that_sorts_turns_the_same_rows_round(world: World, visitors: Visitors) -> None:
    wrong = []
    for address, kind in lists():
        client, url = who(address, visitors), where(address, world)
        for column in kind.table.sortable():
            up, down = (client.get(url, {"sort": sign + column}) for sign in ("", "-"))
            if "<tbody>" not in up.text:
                continue
            if up.status_code != 200 or down.status_code != 200:
                wrong.append(f"{url} {column}: {up.status_code} {down.status_code}")
            elif 'aria-sort="descending"' not in down.text or f"sort={column}" not in down.text:
                wrong.append(f"{url} {column}: the head does not say how it stands, or does not turn")
            elif kind.export and sheet(client, url, sort=column) != sheet(client, url, sort=f"-{column}")[::-1]:
                wrong.append(f"{url} {column}: not the same rows the other way round")
    assert not wrong, "\n".join(wrong[:20])


def test_every_choice_narrows_stands_in_its_chip_and_drops(world: World, visitors: Visitors) -> None:
    wrong, tried = [], 0
    for address, kind in lists():
        client, url = who(address, visitors), where(address, world)
        every = {tuple(row) for row in sheet(client, url)} if kind.export else None
        for name, one in kind.filters.declared.items():
            for key, label in one.offers()[:MOST] if isinstance(one, Choice) else ():
                tried += 1
                page = client.get(url, {name: key})
                if (
                    page.status_code != 200
                    or f"<b>{label}</b>" not in page.text
                    or urlencode({name: key}) not in page.text
                ):
                    wrong.append(f"{url}?{name}={key}: {page.status_code}, or its chip does not say {label}")
                elif 'class="az-drop" href="?"' not in page.text:
                    wrong.append(f"{url}?{name}={key}: cannot be dropped alone")
                if every is not None and not {tuple(row) for row in sheet(client, url, **{name: key})} <= every:
                    wrong.append(f"{url}?{name}={key}: rows that the whole list does not have")
    assert not wrong, "\n".join(wrong[:20])
    assert tried > 40


def test_csv_and_xlsx_hold_the_same_rows(world: World, visitors: Visitors) -> None:
    wrong = []
    for address, kind in lists():
        if kind.export:
            client, url = who(address, visitors), where(address, world)
            book = load_workbook(io.BytesIO(whole(client.get(url, {"export": "xlsx"}))))
            plain = sheet(client, url)
            cells = [["" if cell is None else cell for cell in row] for row in book.worksheets[0].values][1:]
            if [len(row) for row in plain] != [len(row) for row in cells[: len(plain)]]:
                wrong.append(f"{url}: other columns")
            wrong += [
                f"{url}: {one!r} in CSV, {other!r} in XLSX"
                for line, row in zip(plain, cells, strict=False)
                for one, other in zip(line, row, strict=True)
                if not same(one, other)
            ]
    assert not wrong, "\n".join(wrong[:20])


def same(text: str, cell: Any) -> bool:
    """Whether a cell of a CSV says what the cell of a workbook says."""
    if isinstance(cell, int | float):
        return abs(float(text or 0) - cell) < 0.005
    return text.removeprefix("'") == str(cell)


def test_no_name_becomes_a_formula_in_any_sheet(world: World, visitors: Visitors) -> None:
    fields = (
        *((Project, "owner_org"), (ResettlementSite, "name"), (ResettlementSite, "owner_unit")),
        *((SupervisedAccount, "name"), (SupervisedAccount, "branch"), (Transaction, "counter_name")),
        *((Transaction, "text"), (StatementFile, "name")),
    )
    for (model, field), first in zip(fields, cycle("=+-@\t"), strict=False):
        model._default_manager.update(**{field: f"{first}HYPERLINK(1)"})
    Project.objects.update(name=Concat(Value("=HYPERLINK(1)"), "code"))
    wrong, met = [], 0
    for address, kind in lists():
        if kind.export and address.name.startswith(OF_AN_AREA):
            client, url = who(address, visitors), where(address, world)
            for row in sheet(client, url):
                met += sum("HYPERLINK(1)" in cell for cell in row)
                wrong += [f"{url}: {cell!r}" for cell in row if cell.startswith(DANGER) and not number(cell)]
            book = load_workbook(io.BytesIO(whole(client.get(url, {"export": "xlsx"}))))
            cells = (cell for page in book for row in page.iter_rows() for cell in row)
            wrong += [f"{url}: {cell.value!r} is a formula" for cell in cells if cell.data_type == "f"]
    assert not wrong, "\n".join(wrong[:20])
    assert met > 20, "the planted names stand in the sheets at all"


def number(cell: str) -> bool:
    """Whether a cell is a figure with its sign."""
    return cell[:1] == "-" and cell[1:].replace(".", "", 1).isdigit()


def test_an_office_without_rows_is_told_so_kindly(world: World) -> None:
    nobody = client_of(user_at(*(code for code in ROLES if not code.endswith("admin")), region=STRANGER))
    for address, kind in lists():
        if address.name.startswith(OF_AN_AREA) and "<" not in address.path:
            page = nobody.get(reverse(address.name))
            assert "<tbody>" not in page.text, address.name
            assert str(kind.empty[0]) in page.text, address.name
            if kind.export:
                assert sheet(nobody, reverse(address.name)) == [], address.name


def test_a_page_beyond_the_end_is_the_last_one(world: World, visitors: Visitors) -> None:
    for address, kind in lists():
        client, url = who(address, visitors), where(address, world)
        if kind.paging == "numbered":
            for page in ("0", "-3", "99999999", "9" * 40, "x", ""):
                answer = client.get(url, {"page": page})
                assert answer.status_code == 200, (url, page)
                if kind.export and sheet(client, url):
                    assert "<tbody>" in answer.text, (url, page)
