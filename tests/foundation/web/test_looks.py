"""The shell in a browser: silent console, nothing from outside, no sideways scrolling, axe clean, both themes."""

import os
from typing import Any

import pytest

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web import navigation
from anzhi.foundation.web.navigation import NavEntry, Slot
from anzhi.site.shots.looking import faults
from harness.people import client_of, user_at
from harness.server import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.urls("foundation.web.listing")]
PAGES = (
    "/components/",
    "/t/list/",
    "/t/list/?level=county&q=县",
    "/t/list/?q=没有这里",
    "/t/530000000000/rename/",
    "/t/nothing/",
)
TIERS = frozenset({"province", "prefecture", "county", "town", "village"})  # the raw values of the test's own list


@pytest.fixture
def furnished(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full left list and all slots, whatever apps are built."""
    own, held = Permission.REGION_VIEW, navigation.Registry(platforms=navigation.held.platforms)
    for at, (group, label, icon, name) in enumerate(
        [
            ("资金", "监管账户", "building-bank", "t:list"),
            ("资金", "交易明细", "arrows-exchange", "t:seek"),
            ("预警", "构件一览", "alert-octagon", "web:components"),
        ]
    ):
        held.entries[name] = NavEntry(
            "supervision", group, label, name, icon, own, (lambda scope: 311) if not at else None, at
        )
    held.entries["home"] = NavEntry("network", "总览", "省情看板", "home", "chart-area-line", own)
    held.slots = {
        "search": Slot("t:list"),
        "bell": Slot("t:list", "预警", "bell", own, lambda scope: 7),
        "me": Slot("home", "我的账号", "user"),
    }
    held.tabs = [
        Slot("t:list", label, icon, own, lambda scope: 3)
        for label, icon in (
            ("待办", "inbox"),
            ("看板", "chart-area-line"),
            ("地图", "map-2"),
            ("预警", "alert-octagon"),
            ("我的", "user"),
        )
    ]
    monkeypatch.setattr(navigation, "held", held)
    monkeypatch.setattr("anzhi.foundation.web.shell.held", held)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_are_clean_in_both_themes(server: str, browser: Any, furnished: None, size: tuple[int, int]) -> None:
    user = user_at("finance", "secadmin", region="53", name="段云岫")
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    context.add_cookies([{"name": "sessionid", "value": client_of(user).cookies["sessionid"].value, "url": server}])
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "request", lambda asked: None if asked.url.startswith((server, "data:", "blob:")) else heard.append(asked.url)
    )
    wrong: list[str] = []
    for theme in ("light", "dark"):
        context.add_cookies([{"name": "theme", "value": theme, "url": server}])
        for at, path in enumerate(PAGES):
            page.goto(server + path, wait_until="networkidle")
            _keep(page, f"{at}-{theme}-{size[0]}")
            wrong += [f"{path} {theme}: {fault}" for fault in faults(page, TIERS)]
    wrong += [said for said in heard if "404" not in said and "403" not in said]
    assert not wrong, "\n".join(wrong)


def _keep(page: Any, name: str) -> None:
    """A picture to look at, when asked for."""
    if folder := os.environ.get("ANZHI_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
