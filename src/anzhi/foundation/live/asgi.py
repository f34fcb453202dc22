"""`/live/events?topics=a,b`: the event stream, as a bare ASGI application for uvicorn.

No handler holds a database connection. The process stops at once on SIGTERM: uvicorn would wait for open
streams, so they are closed before its own handler runs.
"""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from types import FrameType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anzhi.site.settings.dev")
django.setup()

from django.conf import settings  # noqa: E402 — after setup, as every ASGI entry point
from django.db import DatabaseError, InterfaceError  # noqa: E402
from django.http.request import split_domain_port, validate_host  # noqa: E402

from anzhi.foundation.live import door  # noqa: E402
from anzhi.foundation.live.followers import Follower  # noqa: E402
from anzhi.foundation.live.hub import Hub  # noqa: E402
from anzhi.foundation.live.rules import PING, RETRY, Cursor, cursor_of, frame  # noqa: E402

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
PATH = "/live/events"
UNAVAILABLE = 503
MOST_TOPICS = 20
MOST_FOLLOWERS = 2000
BEAT = float(os.environ.get("ANZHI_LIVE_BEAT", "15"))  # seconds between signs of life
RECHECK = float(os.environ.get("ANZHI_LIVE_RECHECK", "60"))  # seconds between looks at the person's post
PATIENCE = 30.0  # seconds a page may take to read one piece
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
hub = Hub()


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """The whole process: life span and streams; anything else is refused."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] != "http":
        await send({"type": "websocket.close", "code": 4404})
    elif scope["path"] != PATH or scope["method"] != "GET":
        await refuse(send, 404)
    else:
        await events(scope, receive, send)


async def lifespan(receive: Receive, send: Send) -> None:
    """Start the hub with the process and end it with it."""
    await receive()
    close_on_signal(asyncio.get_running_loop())
    running = asyncio.create_task(hub.run())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    hub.close()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await send({"type": "lifespan.shutdown.complete"})


def close_on_signal(loop: asyncio.AbstractEventLoop) -> None:
    """Close all streams first, then let uvicorn's own handler go on."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def handle(signum: int, at: FrameType | None, before: Any = before) -> None:
            loop.call_soon_threadsafe(hub.close)
            if callable(before):
                before(signum, at)

        signal.signal(number, handle)


async def events(scope: Scope, receive: Receive, send: Send) -> None:
    """One page: let in, caught up, kept up to date, until it leaves or may no longer look."""
    headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
    query = parse_qs(scope["query_string"].decode("latin-1"))
    topics = frozenset(",".join(query.get("topics", [])).split(",")) - {""}
    key = session_key(headers.get("cookie", ""))
    passed = refusal(headers, topics) or await admit(key, topics)
    if isinstance(passed, int):
        await refuse(send, passed)
        return
    last = cursor_of(headers.get("last-event-id", "") or query.get("last", [""])[0])
    await stream(passed, key, last, receive, send)


def refusal(headers: dict[str, str], topics: frozenset[str]) -> int:
    """The status that refuses a request before its person is looked up; 0 when nothing speaks against it."""
    if not same_origin(headers):
        return 403
    if not topics or len(topics) > MOST_TOPICS:
        return 400
    return UNAVAILABLE if hub.closing or len(hub.followers) >= MOST_FOLLOWERS else 0


async def stream(passed: door.Pass, key: str, last: Cursor | None, receive: Receive, send: Send) -> None:
    """Send until somebody ends it."""
    follower = Follower(passed.prefix, passed.topics)
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await hub.join(follower, last)
    pumping = asyncio.create_task(pump(follower, passed, key, send))
    leaving = asyncio.create_task(gone(receive))
    try:
        await asyncio.wait({pumping, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub.leave(follower)
        for task in (pumping, leaving):
            task.cancel()
        await asyncio.gather(pumping, leaving, return_exceptions=True)


async def pump(follower: Follower, passed: door.Pass, key: str, send: Send) -> None:
    """Carry the queue to the page; look at times whether the person may still follow."""
    await body(send, RETRY)
    checked = time.monotonic()
    while True:
        data = await follower.take(BEAT)
        if time.monotonic() - checked >= RECHECK:
            if await admit(key, passed.topics) not in (passed, UNAVAILABLE):
                data += frame("bye", {})
                follower.close()
            checked = time.monotonic()
        await body(send, data or PING, more=not follower.closed)
        if follower.closed:
            return


async def body(send: Send, data: bytes, *, more: bool = True) -> None:
    """Send a piece; a page that does not read it in time is given up."""
    async with asyncio.timeout(PATIENCE):
        await send({"type": "http.response.body", "body": data, "more_body": more})


async def gone(receive: Receive) -> None:
    """Return when the page has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def admit(key: str, topics: frozenset[str]) -> door.Pass | int:
    """Ask the door, in its own threads; while the database is away nobody comes in, and nobody is sent out."""
    try:
        return await asyncio.get_running_loop().run_in_executor(door.threads, door.admit, key, topics)
    except (DatabaseError, InterfaceError):
        return UNAVAILABLE


async def refuse(send: Send, status: int) -> None:
    """An answer without words: no page shows it."""
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def same_origin(headers: dict[str, str]) -> bool:
    """Whether the host is ours and the asking page is of the same host."""
    host = headers.get("host", "")
    domain, _port = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()


def session_key(cookies: str) -> str:
    """The session's key from the Cookie header; empty when there is none."""
    try:
        found = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""
