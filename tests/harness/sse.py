"""Pages that follow the event stream, without a browser: many in one background loop."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Heard:
    """One event as it arrived."""

    name: str
    id: str
    data: Any
    at: float


@dataclass
class Stream:
    """One open page."""

    status: int = 0
    events: list[Heard] = field(default_factory=list)
    pings: int = 0
    ended: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)
    task: Any = None
    reading: bool = True

    def named(self, name: str) -> list[Heard]:
        """What was heard under this name."""
        return [event for event in self.events if event.name == name]

    def wait(self, what: Any, seconds: float = 10) -> bool:
        """Until `what(stream)` holds; False when the time is over."""
        with self.changed:
            return self.changed.wait_for(lambda: what(self), seconds)

    @property
    def last(self) -> str:
        """The cursor a browser would send."""
        return next((event.id for event in reversed(self.events) if event.id), "")


class Pages:
    """Opens and closes streams at one address."""

    def __init__(self, port: int, loop: asyncio.AbstractEventLoop) -> None:
        self.port, self.loop, self.open_streams = port, loop, []

    def open(self, cookie: str, topics: str, *, last: str = "", wait: bool = True, **headers: str) -> Stream:
        """Open one; by default wait for its greeting or its refusal."""
        stream = Stream()
        stream.task = asyncio.run_coroutine_threadsafe(self._follow(stream, cookie, topics, last, headers), self.loop)
        self.open_streams.append(stream)
        if wait:
            assert stream.wait(lambda s: s.named("hello") or s.ended)
        return stream

    def close(self, stream: Stream) -> None:
        """The page goes away."""
        stream.task.cancel()
        assert stream.wait(lambda s: s.ended)

    async def _follow(self, stream: Stream, cookie: str, topics: str, last: str, extra: dict[str, str]) -> None:
        writer = None
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(_request(self.port, cookie, topics, last, extra))
            stream.status = int((await reader.readline()).split()[1])
            while (await reader.readline()).strip():
                pass
            if stream.status == 200:
                await _read(reader, stream)
        finally:
            if writer:
                writer.close()
            with stream.changed:
                stream.ended = True
                stream.changed.notify_all()


def _request(port: int, cookie: str, topics: str, last: str, extra: dict[str, str]) -> bytes:
    headers = {"Host": f"127.0.0.1:{port}", "Accept": "text/event-stream", "Cookie": f"sessionid={cookie}"}
    if last:
        headers["Last-Event-ID"] = last
    headers |= {key.replace("_", "-"): value for key, value in extra.items()}
    lines = [f"GET /live/events?topics={topics} HTTP/1.1", *(f"{key}: {value}" for key, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _read(reader: asyncio.StreamReader, stream: Stream) -> None:
    parts: dict[str, str] = {}
    while size := int(await reader.readline() or b"0", 16):
        chunk = (await reader.readexactly(size + 2))[:-2].decode()
        with stream.changed:
            for line in chunk.split("\n"):
                _line(line, parts, stream)
            stream.changed.notify_all()


def _line(line: str, parts: dict[str, str], stream: Stream) -> None:
    if line.startswith(":"):
        stream.pings += 1
    elif line:
        key, _, value = line.partition(": ")
        parts[key] = value
    elif "data" in parts:
        stream.events.append(
            Heard(parts.get("event", ""), parts.get("id", ""), json.loads(parts["data"]), time.monotonic())
        )
        parts.clear()


@contextmanager
def pages(port: int) -> Iterator[Pages]:
    """A loop in a thread, and everything closed at the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    opened = Pages(port, loop)
    try:
        yield opened
    finally:
        for stream in opened.open_streams:
            stream.task.cancel()
        for stream in opened.open_streams:
            stream.wait(lambda s: s.ended)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
