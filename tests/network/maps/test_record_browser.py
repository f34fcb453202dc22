"""The map on a record in a browser: a place opens its card; without 3-D the same places are drawn flat."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from anzhi.foundation.access.scope import system_scope
from anzhi.network.projects.models import Project
from anzhi.site.shots.browser import CHROMIUM
from harness.people import client_for
from harness.server import DESK, PHONE, opened
from network.projects.factories import project
from network.sites.factories import site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def plain(browser: Any) -> Iterator[Any]:
    """A browser without 3-D."""
    started = browser.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-3d-apis"])
    yield started
    started.close()


@pytest.fixture
def committed(live_db: str) -> Project:
    """A dam and its site in this test's own database."""
    with system_scope(), transaction.atomic():
        dam = project(place=(101.87, 25.7), name="乌东河水电站")
        site(of=dam, name="江边安置点", place=(101.9, 25.75))
        return dam


def enter(page: Any, base: str, dam: Project) -> None:
    page.set_default_timeout(60_000)
    key = client_for("officer").cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": base}])
    page.goto(reverse("projects:project", args=[dam.code]))
    page.wait_for_selector("[data-record-map][data-ready]", state="attached")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_click_on_a_site_opens_its_card(committed: Project, server: str, browser: Any, size: Any) -> None:
    with opened(browser, server, size) as page:
        enter(page, server, committed)
        page.get_by_role("button", name="江边安置点").click()
        card = page.locator(".az-mp-card")
        assert "规划 430 人 江边乡人民政府" in card.inner_text()
        card.get_by_role("link", name="打开档案").click()
        page.wait_for_url("**/sites/**")
        assert page.complaints == []


def test_without_3d_the_same_places_are_drawn_flat(committed: Project, server: str, plain: Any) -> None:
    with opened(plain, server) as page:
        enter(page, server, committed)
        assert page.locator("[data-record-map] [data-flat] canvas").count() == 1
        assert page.complaints == []
