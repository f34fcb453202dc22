"""The application and its hub in this process, with a played connection and a played table."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import OperationalError

from anzhi.foundation.live import asgi, door, source
from anzhi.foundation.live.followers import RESYNC, Follower
from anzhi.foundation.live.hub import MOST_MISSED, Hub
from anzhi.foundation.live.rules import Cursor, Row
from anzhi.foundation.live.source import Found
from harness import loops

PASS = door.Pass(1, "5323", frozenset({"a"}))
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def row(number: int, xid: int = 50, region: str = "532328000000", topic: str = "a") -> Row:
    return Row(number, topic, region, {"n": number}, NOON, xid)


class Table:
    """A source whose answers are given beforehand."""

    def __init__(self, *answers: Found | Exception) -> None:
        self.answers, self.asked = list(answers), []

    async def __aenter__(self) -> "Table":
        return self

    async def __aexit__(self, *error: object) -> None:
        pass

    async def wakes(self, patience: float) -> Any:
        while self.answers:
            yield None

    async def horizon(self) -> int:
        return 10

    async def since(self, horizon: int, *, skip: set[int], prefix: str = "", most: int = 0) -> Found:
        self.asked.append((horizon, skip))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def look(hub: Hub, table: Table, times: int) -> None:
    async def all_of_it() -> None:
        for _ in range(times):
            await hub.look(table)

    loops.run(all_of_it())


def test_the_hub_asks_again_for_what_was_in_flight_and_skips_what_it_sent() -> None:
    hub, table = (
        Hub(),
        Table(Found(40, [row(1, 45), row(2, 30)], False), Found(60, [row(3, 42)], False), Found(60, [], False)),
    )
    page = Follower("53", frozenset({"a"}))
    hub.followers.add(page)
    look(hub, table, 3)
    assert table.asked == [(10, set()), (40, {1}), (60, set())]
    assert [event.id for event in hub.recent] == [1, 2, 3]
    assert len(page.waiting) == 3


def test_a_page_resumes_from_memory_else_from_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    hub = Hub()
    look(hub, Table(Found(60, [row(1), row(2), row(3, region="530622000000"), row(4)], False)), 1)
    here = Follower("5323", frozenset({"a"}))
    loops.run(hub.join(here, Cursor(1, 5)))
    assert [frame.split(b"\n")[0] for frame in list(here.waiting)[1:]] == [b"id: 2-60", b"id: 4-60"]
    monkeypatch.setattr(source, "Source", lambda listen: Table(Found(70, [row(8), row(9)], False)))
    late = Follower("5323", frozenset({"a"}))
    loops.run(hub.join(late, Cursor(7, 65)))
    assert [frame.split(b"\n")[0] for frame in list(late.waiting)[1:]] == [b"id: 8-70", b"id: 9-70"]


@pytest.mark.parametrize("answer", [Found(70, [row(8)], True), psycopg.OperationalError("gone")])
def test_what_cannot_be_made_up_for_is_said(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    monkeypatch.setattr(source, "Source", lambda listen: Table(answer))
    hub, page = Hub(), Follower("5323", frozenset({"a"}))
    loops.run(hub.join(page, Cursor(7, 65)))
    assert page.waiting[-1] == RESYNC


def test_too_much_in_memory_is_a_reload_as_well() -> None:
    hub, page = Hub(), Follower("5323", frozenset({"a"}))
    look(hub, Table(Found(60, [row(n) for n in range(MOST_MISSED + 2)], False)), 1)
    loops.run(hub.join(page, Cursor(0, 5)))
    assert page.waiting[-1] == RESYNC


def test_a_lost_database_is_told_and_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [Table(psycopg.OperationalError("gone")), Table(Found(60, [row(1)], False))]
    monkeypatch.setattr(source, "Source", lambda: tables.pop(0))
    hub, page = Hub(), Follower("53", frozenset({"a"}))
    hub.followers.add(page)
    hub.fresh = True

    async def until_it_is_back() -> bytes:
        running = asyncio.create_task(hub.run())
        said = b""
        while b'"n": 1' not in said or b'"fresh": true' not in said:
            said += await page.take(5)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return said

    said = loops.run(until_it_is_back())
    assert said.index(b'"fresh": false') < said.index(b'"n": 1')


def ask(scope: dict[str, Any], *, leave: bool = True) -> list[dict]:
    """What the application sends to somebody who leaves at once."""
    sent: list[dict] = []

    async def receive() -> dict:
        if not leave:
            await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def send(message: dict) -> None:
        sent.append(message)

    loops.run(asgi.app(scope, receive, send))
    return sent


def request(path: str = "/live/events", query: bytes = b"topics=a", method: str = "GET", **headers: str) -> dict:
    given = {"host": "localhost:8000"} | {key.replace("_", "-"): value for key, value in headers.items()}
    pairs = [(key.encode(), value.encode()) for key, value in given.items()]
    return {"type": "http", "path": path, "method": method, "query_string": query, "headers": pairs}


def status(*args: Any, **kwargs: Any) -> int:
    return ask(request(*args, **kwargs))[0]["status"]


@pytest.fixture
def letting(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Decide who is let in; a fresh hub."""
    monkeypatch.setattr(asgi, "hub", Hub())

    def answer(*answers: Any) -> None:
        left = list(answers)

        def admit(key: str, topics: frozenset[str]) -> Any:
            one = left.pop(0) if len(left) > 1 else left[0]
            if isinstance(one, Exception):
                raise one
            return one

        monkeypatch.setattr(door, "admit", admit)

    answer(PASS)
    return answer


def test_only_the_stream_is_here(letting: Any) -> None:
    assert status("/live/other") == 404
    assert status(method="POST") == 404
    assert ask({"type": "websocket", "path": "/ws"}) == [{"type": "websocket.close", "code": 4404}]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 200),
        ({"origin": "http://localhost:8000"}, 200),
        ({"origin": "http://LOCALHOST:8000"}, 200),
        ({"origin": "http://localhost:9000"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "evil.example"}, 403),
        ({"host": ""}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": "none"}, 200),
        ({"cookie": "sessionid=x; broken\x01"}, 200),
    ],
)
def test_who_may_ask(letting: Any, headers: dict, expected: int) -> None:
    assert status(**headers) == expected


def test_refusals_have_their_status(letting: Any) -> None:
    assert status(query=b"") == 400
    assert status(query=b"topics=" + b",".join(b"t%d" % n for n in range(21))) == 400
    letting(401)
    assert status() == 401
    letting(OperationalError("away"))
    assert status() == 503
    asgi.hub.close()
    assert status() == 503


def test_the_cookie_is_read_as_browsers_write_it() -> None:
    assert asgi.session_key("a=1; sessionid=abc; b=2") == "abc"
    assert asgi.session_key("") == ""


@pytest.mark.parametrize("later", [401, 403, door.Pass(1, "53", frozenset({"a"}))])
def test_whose_rights_change_is_sent_away(letting: Any, monkeypatch: pytest.MonkeyPatch, later: Any) -> None:
    monkeypatch.setattr(asgi, "BEAT", 0.01)
    monkeypatch.setattr(asgi, "RECHECK", 0.0)
    letting(PASS, OperationalError("a short absence sends nobody away"), later)
    sent = ask(request(), leave=False)
    assert b"event: bye" in sent[-1]["body"]
    assert sent[-1]["more_body"] is False
    assert asgi.hub.followers == set()


def test_closing_ends_what_is_open_and_what_comes(letting: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "BEAT", 0.01)
    page = Follower("53", frozenset({"a"}))
    asgi.hub.followers.add(page)
    asgi.hub.close()
    assert page.closed
    late = Follower("53", frozenset({"a"}))
    loops.run(asgi.hub.join(late, None))
    assert late.closed
