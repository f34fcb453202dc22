"""What a browser finds wrong with the page that is open."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page, Request

from anzhi.site.shots.words import untranslated

QUIET, PATIENCE, STEP = 250, 15000, 50  # milliseconds without a request; how long to wait for them; between looks
AXE = """() => axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations']
}).then((found) => found.violations.flatMap((one) => one.nodes.slice(0, 3).map(
  (node) => `${one.id}: ${node.html.slice(0, 140)} ${node.failureSummary.replace(/\\s+/g, ' ').slice(0, 200)}`)))"""
# a map says when it stands: before that a picture of it is empty
UNDRAWN = ".maplibregl-map:not([data-idle]), [data-board]:not([data-ready]), [data-map-page]:not([data-ready])"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# what a person can see or hear: text, names of controls, hints; not code, and not what says that it is English
WORDS = """() => {
  const foreign = (element) => element?.closest(
    '[lang^="en"]:not(html), code, samp, script, style, noscript, template');
  const seen = (element) => element && !foreign(element) && element.checkVisibility({visibilityProperty: true});
  const found = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (seen(walker.currentNode.parentElement)) found.push(walker.currentNode.data);
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
    if (seen(element)) for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
      found.push(element.getAttribute(name) ?? '');
  return found.join('\\n');
}"""


class Watch:
    """Listens to a page: what its console complains of, whom else it asks, whether it still waits for something."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.heard: list[str] = []
        self.waiting: set[Request] = set()
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.heard.append(f"console: {error}"))
        page.on("request", self._asked)
        page.on("requestfinished", lambda request: self.waiting.discard(request))
        page.on("requestfailed", lambda request: self.waiting.discard(request))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.heard.append(f"console: {message.text} {message.location.get('url', '')}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.heard.append(f"outside: {request.url}")
        if request.resource_type != "eventsource":  # a stream never ends
            self.waiting.add(request)

    def settle(self) -> None:
        """Until nothing was asked for during a moment, fonts are there and htmx has swapped; or patience ends."""
        quiet = passed = 0
        while quiet < QUIET and passed < PATIENCE:
            self.page.wait_for_timeout(STEP)
            passed += STEP
            quiet = 0 if self.waiting or self.page.locator(UNDRAWN).count() else quiet + STEP
        self.page.evaluate("() => document.fonts.ready.then(() => true)")

    def open(self, path: str) -> None:
        """Go there and wait until it stands."""
        self.waiting.clear()
        self.page.goto(self.base + path, wait_until="load")
        self.settle()

    def faults(self, names: frozenset[str] = frozenset()) -> list[str]:
        """Everything wrong with the page, with what was heard since the last time."""
        heard, self.heard = self.heard, []
        return heard + faults(self.page, names)


@cache
def _axe() -> str:
    return (Path(settings.MODULES) / "axe-core/axe.min.js").read_text()


def faults(page: Page, names: frozenset[str] = frozenset()) -> list[str]:
    """Sideways scrolling, words in the wrong language, what axe finds at A and AA."""
    checks: tuple[Callable[[], list[str]], ...] = (
        lambda: _sideways(page),
        lambda: [f"untranslated: {word}" for word in untranslated(page.evaluate(WORDS), names)],
        lambda: _violations(page),
    )
    return [fault for check in checks for fault in check()]


def _sideways(page: Page) -> list[str]:
    wide = page.evaluate(SIDEWAYS)
    return [f"sideways: {wide} px"] if wide > 0 else []


def _violations(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())  # not by a script tag: the page's content policy stays in force
    return [f"axe: {said}" for said in page.evaluate(AXE)]
