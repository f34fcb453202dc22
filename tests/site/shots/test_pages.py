"""Every page of the list once on a desk and once on a phone, as each person who uses it, on the sample province."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts import demo
from anzhi.site.shots.pages import DESK, PAGES, PHONE
from anzhi.site.shots.taking import View, views, visits
from harness.server import serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAMES = frozenset(account.username for account in demo.ACCOUNTS)


@pytest.fixture
def base(sample_db: str) -> Iterator[str]:
    with system_scope(), transaction.atomic():
        demo.make(demo.DEFAULT_PASSWORD)
    with serving() as address:
        yield address


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_is_clean(base: str, browser: Any, size: tuple[int, int]) -> None:
    with system_scope(), transaction.atomic():
        wanted, absent = views(PAGES, ["light"], [size])
    assert absent == [], "the sample has no row for these pages"
    wrong = {
        view.name: faults
        for view, faults in visits(browser, base, wanted, demo.DEFAULT_PASSWORD, None, NAMES)
        if faults
    }
    assert wrong == {}


def test_names_are_told_apart() -> None:
    names = [shot.name for shot in PAGES]
    assert len(names) == len(set(names))
    known = NAMES | {""}
    assert {account for shot in PAGES for account in shot.accounts} <= known


def test_the_first_person_of_a_page_names_no_picture() -> None:
    view = View("alerts", "/alerts/", "province", DESK, "dark")
    assert view.name == "alerts-1440-dark"
    assert View("alerts", "/alerts/", "county", DESK, "dark", first=False).name == "alerts-county-1440-dark"
