"""What hands and keys do, in Chromium: narrowing in place, J K Enter, search, theme, small windows, files."""

import random
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from anzhi.foundation.money import formats
from anzhi.foundation.web import navigation
from anzhi.foundation.web.navigation import Slot
from harness.people import client_of, user_at
from harness.server import opened

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.urls("foundation.web.listing")]


@pytest.fixture
def page(server: str, browser: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A list of the province's regions, logged in."""
    held = navigation.Registry(slots={"search": Slot("t:list")})
    monkeypatch.setattr(navigation, "held", held)
    monkeypatch.setattr("anzhi.foundation.web.shell.held", held)
    cookie = client_of(user_at("finance", region="53")).cookies["sessionid"].value
    with opened(browser, server) as tab:
        tab.context.add_cookies([{"name": "sessionid", "value": cookie, "url": server}])
        tab.goto("/t/list/?level=county")
        yield tab
        assert not tab.complaints


def test_a_list_is_narrowed_in_place_and_the_address_knows(page: Page) -> None:
    page.evaluate("document.body.dataset.same = '1'")
    page.fill(".az-find-input", "元谋")
    page.press(".az-find-input", "Enter")
    expect(page.locator(".az-count")).to_have_text("1 条")
    assert "q=%E5%85%83%E8%B0%8B" in page.url
    assert "level=county" in page.url
    assert page.evaluate("document.body.dataset.same") == "1"
    expect(page.locator("a[data-sheet=csv]")).to_have_attribute("href", "?level=county&q=%E5%85%83%E8%B0%8B&export=csv")
    swapped = page.inner_html("#rows")
    page.reload()
    assert page.inner_html("#rows").split() == swapped.split()
    page.go_back()
    expect(page.locator(".az-count")).not_to_have_text("1 条")


def test_a_filter_is_dropped_by_its_cross(page: Page) -> None:
    page.click(".az-drop")
    expect(page.locator("summary.az-chip").first).to_contain_text("全部")
    assert page.url.endswith("/t/list/?") or page.url.endswith("/t/list/")


def test_rows_by_keys(page: Page) -> None:
    for key in "jjk":
        page.keyboard.press(key)
    here = page.locator("tr[data-here]")
    expect(here).to_have_count(1)
    wanted = here.locator("a").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")


def test_slash_goes_to_search_and_escape_leaves_it(page: Page) -> None:
    page.keyboard.press("/")
    search = page.locator(".az-search input")
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    page.keyboard.type("jj")
    expect(page.locator("tr[data-here]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(search).not_to_be_focused()


def test_the_theme_is_kept(page: Page) -> None:
    page.click(".az-me summary")
    page.click("[data-theme-switch]")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_small_windows_close_elsewhere_and_by_escape(page: Page) -> None:
    chip = page.locator("details.az-pick").filter(has_text="级别")
    chip.locator("summary").click()
    expect(chip).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(chip).not_to_have_attribute("open", "")
    chip.locator("summary").click()
    page.click("h1")
    expect(chip).not_to_have_attribute("open", "")


def test_choosing_in_a_chip_narrows(page: Page) -> None:
    chip = page.locator("details.az-pick").filter(has_text="级别")
    chip.locator("summary").click()
    chip.get_by_role("link").first.click()
    expect(page.locator(".az-count")).to_have_text("1 条")


def test_a_file_comes_down(page: Page) -> None:
    page.get_by_text("导出").click()
    with page.expect_download() as coming:
        page.get_by_text("CSV").click()
    assert coming.value.suggested_filename.startswith("地区-")


def test_money_is_echoed_while_typing(page: Page) -> None:
    page.goto("/components/")
    page.fill("[name=amount]", "4120000.05")
    expect(page.locator("[data-echo]")).to_have_text("合 412.00 万元，肆佰壹拾贰万元零伍分")


def test_after_the_session_ended_a_click_leads_to_the_entrance(page: Page) -> None:
    page.context.clear_cookies()
    page.click(".az-drop")
    page.wait_for_url("**/login/?next=*")


def test_browser_and_server_write_the_same_words(page: Page) -> None:
    rolled = random.Random(5323)
    fen = [rolled.randrange(10 ** rolled.randrange(1, 15)) for _ in range(400)] + [
        0,
        1,
        10,
        100,
        10_000_00,
        10_001_000_00,
    ]
    said = page.evaluate(
        "async fens => { const { inWords } = await import('anzhi/amount'); return fens.map(inWords); }", fen
    )
    assert said == [formats.words(Decimal(one) / 100) for one in fen]


def test_the_skip_link_is_first(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".az-skip")).to_be_focused()


def test_on_paper_there_is_the_list_and_who_printed_it(page: Page) -> None:
    shell = [".az-top", ".az-side", ".az-acts", ".az-filters", ".az-pager"]
    printed = page.locator(".az-printed")
    expect(printed).to_be_hidden()
    page.emulate_media(media="print")
    for part in shell:
        expect(page.locator(part).first).to_be_hidden()
    expect(printed).to_be_visible()
    expect(printed).to_contain_text("杨若岚")
    expect(page.locator("tbody tr").first).to_be_visible()
    head = page.locator(".az-table thead")
    assert head.evaluate("one => getComputedStyle(one).display") == "table-header-group", "repeated on each sheet"
