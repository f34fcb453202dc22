"""The board in a browser: it draws, drills, goes back, hears alerts without a reload, and needs no WebGL."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from anzhi.foundation.access.scope import system_scope
from anzhi.site.shots.browser import CHROMIUM
from anzhi.supervision.alerts.models import Alert
from harness.live import Live
from harness.server import opened
from network.board.joined import joined
from network.projects.factories import project
from supervision.alerts.factories import DOCUMENT, Office, allocation, gets, pays
from supervision.funds.conftest import speak

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WALL = (1920, 1080)
TODAY = timezone.localdate()
DRAWN = "[data-map][data-drawn='{}']"


@pytest.fixture
def site(live_db: str, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[tuple[str, Live]]:
    """Pages and stream over this test's own database; statements are spoken."""
    settings.FILES_ROOT = tmp_path / "files"
    speak(monkeypatch)
    with joined(monkeypatch) as (base, live):
        yield base, live


def enter(page: Any, base: str, live: Live, path: str, *, role: str = "leader", region: str = "53") -> None:
    """Open a page as somebody."""
    page.set_default_timeout(60_000)
    page.context.add_cookies([{"name": "sessionid", "value": live.cookie(role, region=region), "url": base}])
    page.goto(path)


def late_money() -> None:
    """A statement of the county comes in: of 860 million it got 560, and the day is long past."""
    due = TODAY - timedelta(days=43)
    with system_scope(), transaction.atomic():
        prefecture, county = Office("5323"), Office("532328")
        allocation(prefecture, county, "860000000", issued=due - timedelta(days=30), due=due)
        county.tells(gets(prefecture, "560000000", due, DOCUMENT), until=TODAY)
        prefecture.tells(pays(county, "560000000", due, DOCUMENT), until=TODAY)


def test_an_alert_appears_on_the_open_board_without_a_reload(site: tuple[str, Live], browser: Any) -> None:
    base, live = site
    with opened(browser, base, WALL) as page:
        enter(page, base, live, "/board/")
        page.wait_for_selector(DRAWN.format("530000000000"), state="attached")
        page.wait_for_selector("html[data-live=live]", state="attached")
        assert page.locator("[data-alert]").count() == 0
        page.evaluate("() => { window.stays = true; }")
        late_money()
        page.wait_for_selector("[data-alert].az-bd-new", state="attached")
        with system_scope(), transaction.atomic():
            alert = Alert.objects.get()
        assert page.locator(f'[data-alert="{alert.number}"]').is_visible()
        assert "3.00 亿元" in page.inner_text("[data-part=call]")
        page.wait_for_selector(".az-map-sign.az-level-red, [data-flat]", state="attached")
        assert page.evaluate("() => window.stays")
        assert page.complaints == []


def test_a_foreign_county_hears_nothing(site: tuple[str, Live], browser: Any) -> None:
    base, live = site
    with opened(browser, base, WALL) as page:
        enter(page, base, live, "/board/", region="530622")
        page.wait_for_selector("html[data-live=live]", state="attached")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "/board/" in request.url else None)
        late_money()
        page.wait_for_timeout(1500)
        assert asked == []
        assert page.locator("[data-alert]").count() == 0


def test_drilling_follows_the_address_and_the_way_back(site: tuple[str, Live], browser: Any) -> None:
    base, live = site
    with opened(browser, base, WALL) as page:
        enter(page, base, live, "/board/")
        page.wait_for_selector(DRAWN.format("530000000000"), state="attached")
        page.click("[data-panel=ranking] a:has-text('楚雄州')")
        page.wait_for_selector(DRAWN.format("532300000000"), state="attached")
        assert "region=532300000000" in page.url
        assert page.inner_text("[aria-current=page]") == "楚雄州"
        page.keyboard.press("Escape")
        page.wait_for_selector(DRAWN.format("530000000000"), state="attached")
        page.go_back()
        page.wait_for_selector(DRAWN.format("532300000000"), state="attached")
        page.reload()
        page.wait_for_selector(DRAWN.format("532300000000"), state="attached")
        assert page.complaints == []


@pytest.fixture
def flat(browser: Any) -> Iterator[Any]:
    """A browser without 3-D."""
    started = browser.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-3d-apis"])
    yield started
    started.close()


@pytest.mark.parametrize(("path", "ready"), [("/board/", "[data-flat]"), ("/maps/", "[data-map-page][data-ready]")])
def test_without_webgl_the_same_area_is_drawn_flat(site: tuple[str, Live], flat: Any, path: str, ready: str) -> None:
    base, live = site
    with system_scope(), transaction.atomic():
        project(place=(101.87, 25.7))
    with opened(flat, base, WALL) as page:
        enter(page, base, live, path)
        page.wait_for_selector(ready, state="attached")
        assert page.locator("canvas").count() >= 1
        assert page.complaints == []


def test_the_list_beside_the_map_is_what_the_map_shows(site: tuple[str, Live], browser: Any) -> None:
    base, live = site
    with system_scope(), transaction.atomic():
        made = project(place=(101.87, 25.7))
    with opened(browser, base) as page:
        enter(page, base, live, "/maps/?region=532328000000", role="officer")
        page.wait_for_selector("[data-map-page][data-ready]", state="attached")
        assert made.name in page.inner_text("[data-rows-in-view]")
        assert page.inner_text("[data-count]").startswith("图中 1 项")
        page.uncheck("[data-layer=projects]")
        assert made.name not in page.inner_text("[data-rows-in-view]")
        assert page.complaints == []
