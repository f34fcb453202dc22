"""The pages in a browser: they fit, speak Chinese, and axe finds nothing."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page

from anzhi.foundation.accounts.demo import ACCOUNTS, DEFAULT_PASSWORD
from anzhi.site.shots import looking
from harness.server import DESK, PHONE, log_in, opened

pytestmark = pytest.mark.browser
PAGES = (
    "/me/",
    "/me/password/",
    "/accounts/agencies/",
    "/accounts/agencies/532300000000/",
    "/accounts/people/",
    "/accounts/people/county/",
    "/accounts/people/county/roles/add/",
    "/accounts/agencies/532328000000/people/add/",
)
NAMES = frozenset(account.username for account in ACCOUNTS)


@pytest.fixture
def base(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("ANZHI_DEMO_PASSWORD", raising=False)
    call_command("demo_accounts", verbosity=0)
    return server


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, base: str) -> Iterator[Page]:
    with opened(browser, base, request.param) as page:
        yield page


def faults(page: Page) -> list[str]:
    """What is wrong with the page that is open."""
    return [f"console: {said}" for said in page.complaints] + looking.faults(page, NAMES)


def test_the_way_in(page: Page) -> None:
    page.goto("/login/")
    assert faults(page) == []
    page.fill("[name=login]", "county")
    page.fill("[name=password]", "wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").first.wait_for()
    assert faults(page) == []


def test_every_page(page: Page) -> None:
    log_in(page, "secadmin", DEFAULT_PASSWORD)
    found = {}
    for path in PAGES:
        page.goto(path)
        found[path] = faults(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_the_forms_of_second_factors(page: Page) -> None:
    log_in(page, "secadmin", DEFAULT_PASSWORD)
    page.goto("/me/factors/totp/")
    assert faults(page) == []
    page.fill("[name=password]", DEFAULT_PASSWORD)
    page.keyboard.press("Enter")
    page.locator("[data-secret]").wait_for()
    page.locator("[data-secret]").evaluate("secret => secret.remove()")
    assert faults(page) == []
    page.goto("/me/factors/passkeys/add/")
    assert faults(page) == []
