"""A person at a screen, on a small site with a log-in page: what is opened, pictured, excused, and told."""

import http.server
import threading
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from PIL import Image

from anzhi.site.shots.looking import Watch
from anzhi.site.shots.pages import DESK, NOBODY, PHONE
from anzhi.site.shots.taking import TALLEST, View, visits

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>账户</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body style="margin:0"><main><h1>账户</h1>{}</main></body></html>"""
FORM = """<form method="post"><label>用户名<input name="login"></label><label>密码<input name="password"
type="password"></label><button type="submit">登录</button></form>"""
PAGES = {
    "/login/": (200, FORM),
    "/": (200, "<p>工作台</p>"),
    "/tall/": (200, "<div style='height:2500px'>高</div>"),
    "/endless/": (200, "<div style='height:90000px'>高</div>"),
    "/none/": (404, "<p>没有这一页</p>"),
    "/names/": (200, "<p>county-officer</p>"),
    "/late/": (200, "<p id='late'></p><script>fetch('/slow/').then(() => late.textContent = 'Pending')</script>"),
}


class Site:
    """What was asked, with whose cookies."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.logins: list[dict[str, list[str]]] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                cookies = SimpleCookie(self.headers.get("Cookie", ""))
                site.asked.append((self.path, {name: one.value for name, one in cookies.items()}))
                status, body = PAGES.get(self.path, (200, ""))
                self.answer(status, PAGE.format(body))

            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                site.logins.append(parse_qs(self.rfile.read(size).decode()))
                self.send_response(302)
                self.send_header("Location", "/")
                self.send_header("Set-Cookie", "sessionid=inside; Path=/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def answer(self, status: int, text: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *args: Any) -> None:
                """Be quiet."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def site(running: Site) -> Site:
    running.asked.clear()
    running.logins.clear()
    return running


def view(path: str, account: str = NOBODY, size: tuple[int, int] = PHONE, theme: str = "light") -> View:
    return View(path.strip("/") or "home", path, account, size, theme)


def seen(site: Site, browser: Any, *wanted: View, folder: Path | None = None) -> dict[str, list[str]]:
    names = frozenset({"county-officer"})
    return {one.name: faults for one, faults in visits(browser, site.base, wanted, "the-password", folder, names)}


def test_a_person_logs_in_once_for_all_pages_of_a_screen(site: Site, browser: Any) -> None:
    found = seen(site, browser, view("/", "county"), view("/tall/", "county"), view("/", "county", DESK))
    assert found == {"home-390-light": [], "tall-390-light": [], "home-1440-light": []}
    assert site.logins == [{"login": ["county"], "password": ["the-password"]}] * 2
    assert all(cookies["sessionid"] == "inside" for path, cookies in site.asked if path == "/tall/")


def test_nobody_does_not_log_in(site: Site, browser: Any) -> None:
    assert seen(site, browser, view("/login/")) == {"login-390-light": []}
    assert site.logins == []


def test_the_theme_is_asked_for_as_a_person_would(site: Site, browser: Any) -> None:
    seen(site, browser, view("/", theme="dark"), view("/tall/", theme="light"))
    assert [cookies.get("theme") for _path, cookies in site.asked] == ["dark", "light"]


def test_a_picture_is_the_whole_page(site: Site, browser: Any, tmp_path: Path) -> None:
    seen(site, browser, view("/tall/"), view("/"), view("/endless/"), folder=tmp_path)
    sizes = {}
    for path in tmp_path.iterdir():
        with Image.open(path) as image:
            sizes[path.stem] = image.size
    assert sizes["tall-390-light"][0] == 390
    assert 2500 < sizes["tall-390-light"][1] < 2700
    assert sizes["home-390-light"] == PHONE, "the window is put back for the next page"
    assert sizes["endless-390-light"] == (390, TALLEST)


def test_a_page_that_refuses_is_a_page(site: Site, browser: Any) -> None:
    assert seen(site, browser, view("/none/")) == {"none-390-light": []}


def test_names_that_people_chose_are_no_faults(site: Site, browser: Any) -> None:
    assert seen(site, browser, view("/names/")) == {"names-390-light": []}
    context = browser.new_context()
    try:
        watch = Watch(context.new_page(), site.base)
        watch.open("/names/")
        assert watch.faults() == ["untranslated: county-officer"]
    finally:
        context.close()


def test_what_comes_late_is_waited_for(site: Site, browser: Any) -> None:
    assert seen(site, browser, view("/late/")) == {"late-390-light": ["untranslated: Pending"]}


def test_what_one_page_said_is_not_told_of_the_next(site: Site, browser: Any) -> None:
    found = seen(site, browser, view("/late/"), view("/"))
    assert found["home-390-light"] == []
