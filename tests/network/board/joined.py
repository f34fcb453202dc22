"""The site and the real event stream under one origin, as nginx joins them: `/live/events` is handed to uvicorn."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from harness import server
from harness.live import Live, start, stop

PASSED_ON = ("HTTP_HOST", "HTTP_COOKIE", "HTTP_LAST_EVENT_ID", "HTTP_ORIGIN")


def handler(port: int) -> type[server.Static]:
    """Static files and pages as ever, the stream from a port."""

    class Joined(server.Static):
        def __call__(self, environ: Any, start_response: Any) -> Any:
            if environ["PATH_INFO"] != "/live/events":
                return super().__call__(environ, start_response)
            headers = {name[5:].replace("_", "-"): environ[name] for name in PASSED_ON if name in environ}
            there = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            there.request("GET", f"/live/events?{environ['QUERY_STRING']}", headers=headers)
            answer = there.getresponse()
            start_response(f"{answer.status} {answer.reason}", [("Content-Type", "text/event-stream")])
            return self.pieces(there, answer)

        def pieces(self, there: http.client.HTTPConnection, answer: http.client.HTTPResponse) -> Iterator[bytes]:
            try:
                while piece := answer.read1(65536):
                    yield piece
            except (OSError, ValueError, http.client.HTTPException):
                return  # the stream's process has ended, perhaps in the middle of a piece
            finally:
                answer.close()
                there.close()

    return Joined


@contextmanager
def joined(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Live]]:
    """The address, and the stream's process."""
    process, port = start(ANZHI_LIVE_BEAT="0.5")
    monkeypatch.setattr(server, "Static", handler(port))
    with server.serving() as base:
        try:
            yield base, Live(process, port, None)  # type: ignore[arg-type]  # no pages without a browser here
        finally:
            stop(process)
