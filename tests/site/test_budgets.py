"""What each page may ask of the database: `tests/budgets.json`, and no page asks more when there are more rows.

`ANZHI_WRITE_BUDGETS=1` writes the file anew; a change of it shows in review.
"""

import json
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.parameters import clock
from anzhi.foundation.regions import names
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import ActionPage, Page
from anzhi.site.addresses import Address, addresses
from authorization.asking import whole
from authorization.crowded import everybody, more
from authorization.planted import World, plant
from authorization.register import BARE, SHOWS
from supervision.funds.conftest import speak

pytestmark = pytest.mark.slow
FILE = Path(__file__).parents[1] / "budgets.json"
LIST = 12  # no list page may ask more, whatever the file says
AROUND = ("SAVEPOINT", "RELEASE", "SET TRANSACTION")  # the frame of a request, not a question


@pytest.fixture(autouse=True)
def alone(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: None) -> None:
    """Own folders, statements that need no file; figures of the navigation are counted at each request."""
    monkeypatch.setattr(names, "FRESH_FOR", math.inf)  # whether names moved is asked by the clock: not counted here
    settings.FILES_ROOT, settings.INBOX_ROOT, settings.SEALS_ROOT = tmp_path / "files", tmp_path / "inbox", tmp_path
    speak(monkeypatch)


def pages() -> Iterator[Address]:
    """All that opens as a page of its own."""
    for address in addresses():
        if address.kind and issubclass(address.kind, Page) and not issubclass(address.kind, ActionPage):
            yield address


def questions(asked: CaptureQueriesContext) -> list[str]:
    """The statements without the frame of the request."""
    return [query["sql"] for query in asked.captured_queries if not query["sql"].startswith(AROUND)]


def measured(visitors: list[tuple[frozenset[Permission], Client]], world: World) -> dict[str, int]:
    """How many questions each page asks at its second visit; addresses that answer with something else are left out."""
    found = {}
    for address in pages():
        client = next(client for permissions, client in visitors if address.permission in permissions)
        fill = SHOWS[address.name].fill if address.name in SHOWS else BARE[address.name][1]
        url = reverse(address.name, kwargs=dict(fill(world)))
        whole(client.get(url))
        clock.forget()  # each request is a transaction of its own, and asks for its day
        with CaptureQueriesContext(connection) as asked:
            response = client.get(url)
        whole(response)  # a file is closed by being read
        if response.status_code == 200 and "text/html" in response.headers["Content-Type"]:
            found[address.name] = len(questions(asked))
    return dict(sorted(found.items()))


def test_no_page_asks_more_than_its_budget() -> None:
    world = plant()
    visitors = everybody()
    more()
    few = measured(visitors, world)
    more()
    many = measured(visitors, world)
    if os.environ.get("ANZHI_WRITE_BUDGETS"):
        FILE.write_text(json.dumps(many, indent=2) + "\n")
    budgets = json.loads(FILE.read_text())
    grown = {name: (few[name], count) for name, count in many.items() if count > few[name]}
    assert grown == {}, "these ask more when there are more rows"
    strange = many.keys() ^ budgets.keys()
    assert strange == set(), "new or gone: run this with ANZHI_WRITE_BUDGETS=1 and look at the file"
    assert {name: count for name, count in many.items() if count > budgets[name]} == {}, "over budget"


def test_no_list_is_allowed_more_than_twelve() -> None:
    budgets = json.loads(FILE.read_text())
    lists = {address.name for address in pages() if address.kind and issubclass(address.kind, ListPage)}
    assert {name: budgets[name] for name in lists & budgets.keys() if budgets[name] > LIST} == {}
