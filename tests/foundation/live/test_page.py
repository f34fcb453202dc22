"""`live.js` in a browser: the stream is played to it piece by piece."""

import json
from collections.abc import Iterator

import pytest

from harness import people
from harness.server import opened

pytestmark = pytest.mark.browser

LISTEN = """
async () => {
  document.body.dataset.live = 'alerts';
  document.body.insertAdjacentHTML('beforeend', '<span id="words" data-live-state class="az-fresh">' +
    ['live', 'connecting', 'stale', 'offline'].map((s) => `<i data-when="${s}" hidden>${s}</i>`).join('') + '</span>');
  window.heard = [];
  for (const name of ['alerts', 'resync'])
    document.addEventListener('live:' + name, (event) => window.heard.push([name, event.detail.id ?? 0]));
  await import('/static/live/live.js');
}
"""
# functions, not expressions: the page's policy forbids eval
SAID = "(words) => words.includes(document.querySelector('#words [data-when]:not([hidden])')?.dataset.when)"
MARKED = "(mark) => document.querySelector('#words').classList.contains(mark)"


def event(name: str, data: dict, cursor: str = "") -> str:
    return (f"id: {cursor}\n" if cursor else "") + f"event: {name}\ndata: {json.dumps(data)}\n\n"


@pytest.fixture
def page(server: str, browser: object) -> Iterator[object]:
    """A logged-in page of somebody in a county."""
    client = people.client_for("leader")
    with opened(browser, server) as shown:
        shown.context.add_cookies([{"name": "sessionid", "value": client.session.session_key, "url": server}])
        yield shown


def play(page: object, *answers: object) -> list[str]:
    """Answer each request for the stream with the next piece; the last one is repeated."""
    asked: list[str] = []
    left = list(answers)

    def answer(route: object) -> None:
        asked.append(route.request.url)
        body = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(body, int):
            route.fulfill(status=body)
        else:
            route.fulfill(status=200, content_type="text/event-stream", body="retry: 50\n\n" + body)

    page.route("**/live/events**", answer)
    page.goto("/search/")
    page.evaluate(LISTEN)
    return asked


def test_messages_become_events_once_and_the_cursor_comes_back(page: object) -> None:
    first = event("hello", {"fresh": True}, "0-5") + event("alerts", {"id": 7}, "7-9")
    again = event("hello", {"fresh": True}) + event("alerts", {"id": 7}, "7-9") + event("alerts", {"id": 8}, "8-9")
    asked = play(page, first, again, again)
    page.wait_for_function("() => window.heard.length >= 2")
    assert page.evaluate("window.heard") == [["alerts", 7], ["alerts", 8]]
    assert asked[0].endswith("topics=alerts")
    with page.expect_request(lambda request: request.url.endswith("&last=8-9")):
        page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")  # looked at again


def test_a_page_that_missed_too_much_is_told(page: object) -> None:
    play(page, event("resync", {}))
    page.wait_for_function("() => window.heard.some(([name]) => name === 'resync')")


@pytest.mark.parametrize(
    ("answer", "words", "mark"),
    [
        (event("hello", {"fresh": False}), ("stale", "connecting"), "az-fresh-old"),
        (401, ("offline",), "az-fresh-dead"),
        (event("bye", {}), ("offline",), "az-fresh-dead"),
    ],
)
def test_how_fresh_the_page_is_stands_there_in_words(page: object, answer: object, words: tuple, mark: str) -> None:
    play(page, answer)
    page.wait_for_function(SAID, arg=list(words))
    page.wait_for_function(MARKED, arg=mark)


def test_a_page_without_topics_asks_nothing(page: object) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/live/events" in request.url else None)
    page.goto("/search/")
    page.evaluate("() => import('/static/live/live.js')")
    assert asked == []
