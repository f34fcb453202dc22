"""Real log-ins in a real browser: password, codes, passkeys."""

import hashlib
import hmac
import struct
import time
from base64 import b32decode
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Browser, Page, expect

from anzhi.foundation.accounts.models import User
from harness import people
from harness.server import PHONE, log_in, opened

pytestmark = pytest.mark.browser


@pytest.fixture
def user(server: str) -> User:
    return people.user_at("officer", username="yangruolan", password=people.PASSWORD)


@pytest.fixture
def page(browser: Browser, server: str, user: User) -> Iterator[Page]:
    with opened(browser, server) as page:
        yield page
        assert page.complaints == []


def code(secret: str) -> str:
    """The six digits a telephone would show now (RFC 6238)."""
    digest = hmac.new(b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def confirm_password(page: Page) -> None:
    if "/me/confirm/" in page.url:
        page.fill("[name=password]", people.PASSWORD)
        page.click("button[type=submit].az-btn-main")


def authenticator(page: Page) -> Any:
    """A passkey holder inside the browser that says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_by_password(page: Page) -> None:
    log_in(page, "yangruolan", people.PASSWORD)
    page.goto("/me/password/")
    assert page.url.endswith("/me/password/")


def test_a_wrong_password_is_told_beside_the_field(page: Page) -> None:
    page.goto("/login/")
    page.fill("[name=login]", "yangruolan")
    page.fill("[name=password]", "wrong-password-1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("还可再试 4 次")
    assert page.locator("[name=login]").input_value() == "yangruolan"


def test_by_code_from_the_telephone(page: Page, user: User) -> None:
    log_in(page, "yangruolan", people.PASSWORD)
    page.goto("/me/factors/totp/")
    confirm_password(page)
    secret = page.locator("[data-secret]").inner_text()
    page.fill("[name=code]", code(secret))
    page.click("button[type=submit].az-btn-main")
    page.wait_for_url("**/me/factors/codes/")
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret not in stored
    page.context.clear_cookies()
    log_in(page, "yangruolan", people.PASSWORD)
    assert "/login/second/" in page.url
    page.fill("[name=code]", "000000")
    page.click("button[type=submit].az-btn-main")
    expect(page.get_by_role("alert").first).to_be_visible()
    recovery = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    page.fill("[name=code]", recovery)
    page.click("button[type=submit].az-btn-main")
    page.wait_for_url("**/board/", wait_until="commit")  # officials land on the board


def test_by_passkey_alone(page: Page, user: User) -> None:
    authenticator(page)
    log_in(page, "yangruolan", people.PASSWORD)
    page.goto("/me/factors/passkeys/add/")
    confirm_password(page)
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/me/factors/codes/")
    assert Authenticator.objects.get(user=user, type="webauthn").wrap().is_passwordless
    page.context.clear_cookies()
    page.goto("/login/")
    page.click("#passkey_login")
    page.wait_for_url("**/board/", wait_until="commit")  # officials land on the board


def test_a_browser_without_a_passkey_is_told_in_words(browser: Browser, server: str, user: User) -> None:
    with opened(browser, server) as page:
        page.context.new_cdp_session(page).send("WebAuthn.enable")
        authenticator(page)
        page.goto("/login/")
        page.click("#passkey_login")
        expect(page.locator("[data-passkey-failed]")).to_be_visible()


@pytest.mark.parametrize("size", [(1440, 900), PHONE])
def test_the_page_fits_its_window(browser: Browser, server: str, size: tuple[int, int]) -> None:
    with opened(browser, server, size) as page:
        page.goto("/login/")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
