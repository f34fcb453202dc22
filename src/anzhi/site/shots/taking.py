"""Opens each page as each of its people, on each screen, in each theme; takes the picture; lists what is wrong."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Browser

from anzhi.site.shots.looking import Watch
from anzhi.site.shots.pages import NOBODY, Shot

THEMES = ("light", "dark")
REFUSED = re.compile(r"console: Failed to load resource: .* status of 40[34] ")
TALLEST = 6000
Size = tuple[int, int]


@dataclass(frozen=True)
class View:
    """One picture to take."""

    page: str
    path: str
    account: str
    size: Size
    theme: str
    first: bool = True

    @property
    def name(self) -> str:
        """The file's name; those who are not the page's first users are named in it."""
        who = "" if self.first else f"-{self.account}"
        return f"{self.page}{who}-{self.size[0]}-{self.theme}"


def views(
    shots: Iterable[Shot], themes: Sequence[str] = THEMES, sizes: Sequence[Size] = ()
) -> tuple[list[View], list[str]]:
    """All pictures, and the names of pages for which the database holds no row. `sizes` narrows the screens."""
    found: list[View] = []
    absent: list[str] = []
    for shot in shots:
        path = shot.find()
        if path is None:
            absent.append(shot.name)
            continue
        for account in shot.accounts:
            view = View(shot.name, path, account, shot.sizes[0], themes[0], account == shot.accounts[0])
            wanted = [size for size in shot.sizes if not sizes or size in sizes]
            found += [replace(view, size=size, theme=theme) for size in wanted for theme in themes]
    return found, absent


class Visit:
    """One person at one screen: logs in once, then goes from page to page."""

    def __init__(self, browser: Browser, base: str, account: str, size: Size, password: str) -> None:
        width, height = size
        self.context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        self.context.set_default_timeout(30_000)
        self.base, self.page = base, self.context.new_page()
        self.watch = Watch(self.page, base)
        if account != NOBODY:
            self._log_in(account, password)

    def _log_in(self, account: str, password: str) -> None:
        """Through the log-in page, as a person does."""
        self.page.goto(f"{self.base}/login/")
        self.page.fill("[name=login]", account)
        self.page.fill("[name=password]", password)
        self.page.click("form:has([name=login]) button[type=submit]:not([form])")
        self.page.wait_for_url(lambda url: "/login/" not in url)
        self.watch.heard.clear()

    def see(self, view: View, folder: Path | None, names: frozenset[str]) -> list[str]:
        """Open the page, keep its picture, say what is wrong with it."""
        self.context.add_cookies([{"name": "theme", "value": view.theme, "url": self.base}])
        self.watch.open(view.path)
        if folder:
            self._picture(folder / f"{view.name}.png", view.size)
        return [fault for fault in self.watch.faults(names) if not self._is_refusal(fault)]

    def _picture(self, file: Path, size: Size) -> None:
        """The whole page, its window made as tall: what sticks to the window's edge then stands where it belongs."""
        width, height = size
        tall = self.page.evaluate("() => document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": width, "height": min(max(tall, height), TALLEST)})
        self.page.screenshot(path=file)
        self.page.set_viewport_size({"width": width, "height": height})

    def _is_refusal(self, fault: str) -> bool:
        """The browser notes the status of a page that is itself a refusal."""
        return bool(REFUSED.match(fault)) and fault.endswith(self.page.url)


def visits(
    browser: Browser, base: str, wanted: Iterable[View], password: str, folder: Path | None, names: frozenset[str]
) -> Iterator[tuple[View, list[str]]]:
    """Each view with its faults, those of one person and screen together."""
    key: Callable[[View], tuple[str, Size]] = lambda view: (view.account, view.size)  # noqa: E731 — used twice below
    for (account, size), group in groupby(sorted(wanted, key=key), key):
        visit = Visit(browser, base, account, size, password)
        try:
            for view in group:
                yield view, visit.see(view, folder, names)
        finally:
            visit.context.close()
