"""The board on real screens: nothing beyond the edge, nothing to scroll, readable; and a wall that goes wrong."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from anzhi.foundation.access.scope import system_scope
from harness.live import Live
from harness.server import opened
from network.board.joined import joined
from network.projects.factories import project
from network.sites.factories import site
from supervision.funds.conftest import speak

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DRAWN = "[data-map][data-drawn='530000000000']"
WHOLE = "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
BEYOND = """() => [...document.querySelectorAll('.az-board *')].filter((one) => {
    const box = one.getBoundingClientRect();
    const held = one.closest('.az-hidden, .maplibregl-map, canvas, svg');
    return box.width && !held && (box.bottom > innerHeight + 1 || box.right > innerWidth + 1);
}).map((one) => one.className)"""
SMALL = """() => [...document.querySelectorAll('.az-board *')]
    .filter((one) => one.checkVisibility() && [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .filter((one) => !one.closest('.az-hidden, .az-level > i'))
    .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 12)
    .map((one) => `${one.className} in ${one.parentElement.className}: ${one.textContent.trim()}`)"""
LOST = """() => {
    const canvas = document.querySelector('.az-bd-canvas canvas');
    canvas.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext();
}"""


@pytest.fixture
def wall(live_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Live]]:
    """The site with a project and a site, and its stream."""
    speak(monkeypatch)
    with joined(monkeypatch) as (base, live):
        with system_scope(), transaction.atomic():
            site(of=project(place=(101.87, 25.7)), lived_in=True)
        yield base, live


def enter(page: Any, base: str, live: Live) -> None:
    page.set_default_timeout(60_000)
    key = live.cookie("leader", region="53")
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": base}])
    page.goto("/board/")
    page.wait_for_selector(DRAWN, state="attached")


@pytest.mark.parametrize(
    ("size", "scale"),
    [((1920, 1080), 1), ((1366, 768), 1), ((1536, 864), 1.25), ((3840, 2160), 1)],
    ids=["wall", "laptop", "125 per cent", "4K"],
)
def test_the_board_fills_the_screen_and_no_more(
    wall: tuple[str, Live], browser: Any, size: tuple[int, int], scale: float
) -> None:
    base, live = wall
    with opened(browser, base, size, device_scale_factor=scale) as page:
        enter(page, base, live)
        tall, wide = page.evaluate(
            "() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
        )
        assert (wide, tall) == size
        assert page.evaluate(BEYOND) == []
        assert page.evaluate(SMALL) == [], "readable on a laptop too"
        assert page.complaints == []


def test_the_clock_on_the_wall_is_the_servers(wall: tuple[str, Live], browser: Any) -> None:
    """A wall whose own clock stands three hours wrong shows the time of the house."""
    base, live = wall
    with opened(browser, base, (1920, 1080)) as page:
        page.clock.install(time="2020-01-01T00:00:00")
        enter(page, base, live)
        shown = page.evaluate("() => document.querySelector('[data-board]').dataset.now")[11:16]
        page.clock.run_for(1100)
        assert page.inner_text("[data-clock]")[:5] in {shown, _next(shown)}


def _next(clock: str) -> str:
    minutes = (int(clock[:2]) * 60 + int(clock[3:]) + 1) % 1440
    return f"{minutes // 60:02}:{minutes % 60:02}"


def test_a_lost_graphics_card_takes_no_figure_away(wall: tuple[str, Live], browser: Any) -> None:
    base, live = wall
    with opened(browser, base, (1920, 1080)) as page:
        enter(page, base, live)
        page.evaluate(LOST)
        page.click("[data-part=crumb] [aria-current=page]")
        assert page.inner_text("[data-part=keys]").count("1") >= 2
        assert page.locator(".az-map-name").count() >= 16, "names stand in HTML, not on the card"
