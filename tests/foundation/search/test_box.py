"""The search box in a browser."""

from collections.abc import Iterator

import pytest

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.search import services
from harness import people
from harness.server import PHONE, opened
from harness.things import found

pytestmark = pytest.mark.browser


@pytest.fixture
def key(server: str, things: list) -> str:
    """Somebody logged in, and things to be found."""
    with system_scope():
        services.index("place", [found(n, f"元谋县江边新村安置点{n}", note=f"编号 AZ-{n}") for n in range(12)])
    return people.client_for("leader").session.session_key


@pytest.fixture
def page(server: str, key: str, browser: object) -> Iterator[object]:
    with opened(browser, server) as shown:
        shown.context.add_cookies([{"name": "sessionid", "value": key, "url": server}])
        yield shown


def test_typing_shows_the_best_and_enter_shows_all(page: object) -> None:
    page.goto("/search/")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("江边")
    page.wait_for_selector("#found a[href='/things/0/']")
    assert page.locator("#found .az-hits li").count() == 4
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator("main .az-hits li").count() == 10
    page.click("main .az-panel-head a")
    page.wait_for_url("**kind=place**")
    assert page.locator("main .az-hits li").count() == 12
    assert page.complaints == []


def test_the_page_fits_a_phone(server: str, key: str, browser: object) -> None:
    with opened(browser, server, PHONE) as page:
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": server}])
        page.goto("/search/?q=江边")
        assert page.locator("main .az-hits li").count() == 10
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
