"""The shell: what one may open, with scoped figures; language, theme, banner; names of places."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import region_scope
from anzhi.foundation.accounts.models import User
from anzhi.foundation.regions.models import Region
from anzhi.foundation.web import assets, banner, counts, navigation, places
from anzhi.foundation.web.navigation import NavEntry, Slot
from harness.people import client_of, user_at

pytestmark = [pytest.mark.django_db, pytest.mark.urls("foundation.web.listing")]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> navigation.Registry:
    """An empty registry with the site's platforms."""
    fresh = navigation.Registry(platforms=navigation.held.platforms)
    monkeypatch.setattr(navigation, "held", fresh)
    monkeypatch.setattr("anzhi.foundation.web.shell.held", fresh)
    return fresh


def entry(name: str, permission: Permission = Permission.REGION_VIEW, **more: Any) -> None:
    """A page in the left list."""
    navigation.register(NavEntry("supervision", "资金", f"入口{name}", name, "scale", permission, **more))


def test_entries_are_for_who_may_open_them(held: navigation.Registry) -> None:
    entry("t:list")
    entry("t:seek", Permission.GRANT_EDIT)
    entry("t:nowhere")
    page = client_of(user_at("finance")).get("/t/list/").text
    assert "入口t:list" in page
    assert "入口t:seek" not in page
    assert "入口t:nowhere" not in page
    assert 'href="/t/list/" aria-current="page"' in page


def test_figures_are_scoped(held: navigation.Registry) -> None:
    entry("t:list", count=lambda scope: {"532328": 3, "53": 311}[scope.prefix])
    assert "<em>3</em>" in client_of(user_at("finance")).get("/t/list/").text
    assert "<em>311</em>" in client_of(user_at("finance", region="53")).get("/t/list/").text
    assert "<em>" not in Client().get("/t/open/").text


def test_a_figure_is_asked_again_only_after_a_while(settings: Any) -> None:
    settings.NAV_COUNT_SECONDS = 60
    asked: list[str] = []
    for prefix in ("53", "5323", "53"):
        with region_scope(prefix):
            assert counts.counted({"kept": lambda scope: asked.append(scope.prefix) or 1}) == {"kept": 1}
    assert asked == ["53", "5323"]
    assert counts.counted({"kept": lambda scope: 1}) == {}, "without a scope nothing is known"


def test_all_figures_come_from_one_statement(django_assert_num_queries: Any) -> None:
    counties = Region.objects.filter(level="county", valid_to=None)
    asks: dict[str, Any] = {
        "counties": lambda scope: counties.filter(code__startswith=scope.prefix),
        "none": lambda scope: counties.filter(code="0"),
        "impossible": lambda scope: counties.none(),
        "people": lambda scope: User.objects.all(),
        "told": lambda scope: 7,
        "unknown": lambda scope: None,
    }
    user_at("finance")
    with region_scope("5323"), django_assert_num_queries(1):
        found = counts.counted(asks)
    assert found == {"counties": 10, "none": 0, "impossible": 0, "people": 1, "told": 7, "unknown": None}


def test_two_places_of_one_page_are_counted_once(held: navigation.Registry) -> None:
    asked: list[int] = []
    entry("t:list", count=lambda scope: asked.append(1) or 4)
    navigation.slot("bell", Slot("t:list", "预警", "bell", count=lambda scope: asked.append(2) or 4))
    page = client_of(user_at("finance")).get("/t/list/").text
    assert "<em>4</em>" in page
    assert "data-bell>4<" in page
    assert len(asked) == 1


def test_slots_and_tabs_show_what_exists(held: navigation.Registry) -> None:
    entry("t:list")
    navigation.slot("search", Slot("t:list"))
    navigation.slot("bell", Slot("t:list", "预警", "bell", count=lambda scope: 7))
    navigation.slot("me", Slot("t:missing", "我的账号"))
    held.tabs = [
        Slot("t:list", "待办", "inbox"),
        Slot("t:missing", "看板", "x"),
        Slot("t:seek", "不许", "x", Permission.GRANT_EDIT),
    ]
    page = client_of(user_at("finance")).get("/t/list/").text
    assert 'data-key="/"' in page
    assert "data-bell>7<" in page
    assert "我的账号" not in page
    tabs = page.split("az-tabs-phone")[1]
    assert "待办" in tabs
    assert "看板" not in tabs
    assert "不许" not in tabs


def test_platforms_lead_to_their_first_open_page(held: navigation.Registry) -> None:
    entry("t:seek", order=2)
    entry("t:list", order=1)
    bar = client_of(user_at("finance")).get("/t/seek/").text.split("az-plats")[1].split("</nav>")[0]
    assert '<a href="/t/list/" aria-current="true">监督管理</a>' in bar
    assert "公共服务" not in bar


def test_where_i_am_is_a_name() -> None:
    page = client_of(user_at("finance")).get("/t/list/").text
    assert "元谋" in page.split("az-area")[1].split("</span>")[0]


def test_home_lists_what_is_open(held: navigation.Registry) -> None:
    someone = client_of(user_at("finance"))
    assert "还没有向您开放的页面" in someone.get("/").text
    entry("t:list", count=lambda scope: 5)
    assert "入口t:list" in someone.get("/").text


def test_home_leads_to_the_board_where_there_is_one(held: navigation.Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anzhi.site.home.FIRST", ("t:list",))
    entry("t:list")
    assert client_of(user_at("finance")).get("/").headers["Location"] == "/t/list/"


def test_chinese_unless_switched_whatever_the_browser_says() -> None:
    client = client_of(user_at("finance"))
    english = {"Accept-Language": "en-GB"}
    assert '<html lang="zh-hans"' in client.get("/components/", headers=english).text
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "/components/"})
    assert answer.headers["Location"] == "/components/"
    page = client.get("/components/")
    assert '<html lang="en"' in page.text
    assert "Alert levels" in page.text
    assert page.headers["Content-Language"] == "en"
    client.cookies["django_language"] = "xx"
    assert '<html lang="zh-hans"' in client.get("/components/").text


def test_the_switch_leads_nowhere_else_and_needs_no_login() -> None:
    answer = Client().post("/i18n/setlang/", {"language": "en", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_theme_comes_from_the_cookie() -> None:
    client = client_of(user_at("finance"))
    assert 'data-bs-theme="light"' in client.get("/components/").text
    client.cookies["theme"] = "dark"
    assert 'data-bs-theme="dark"' in client.get("/components/").text


def test_the_banner_is_said_on_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(banner, "_source", [])
    client = client_of(user_at("finance"))
    assert "az-sign" not in client.get("/t/list/").text
    banner.register(lambda: banner.Banner("示例数据", date(2026, 11, 22)))
    page = client.get("/t/list/").text
    assert "示例数据" in page
    assert "数据截至 2026-11-22" in page


def test_places_without_names_are_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_ports", {})
    assert places.name_of("532328000000") == "532328000000"
    assert places.options("53") == []


def test_areas_to_choose_from_lie_one_tier_below() -> None:
    assert len(places.options("53")) == 16
    assert ("532328000000", "元谋") in [(code, name[:2]) for code, name in places.options("5323")]


def test_an_app_adds_its_module_to_the_import_map(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "_modules", {})
    assets.register("anzhi/</script>", "x/x.js")
    try:
        assert assets.import_map() == '{"imports": {"anzhi/\\u003c/script>": "/static/x/x.js"}}'
    finally:
        assets.import_map.cache_clear()
