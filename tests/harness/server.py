"""The site served on localhost from a thread, and a browser to look at it.

For tests with `live_db`: the server's threads work on the same clone. The name must be `localhost`:
passkeys are refused on a bare address.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.http import Http404, HttpRequest, HttpResponse
from playwright.sync_api import Browser, Page

from anzhi.site.shots.browser import chromium

__all__ = ["chromium"]  # the browser of `./anzhi shots` is the tests' as well
DESK, PHONE = (1440, 900), (390, 844)


class QuietHandler(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 — the standard library names it
        """Silence."""


class Static(StaticFilesHandler):
    """A missing file is a plain 404, as nginx says it. The stream of events greets, and tells nothing more."""

    def get_response(self, request: HttpRequest) -> HttpResponse:
        """The file, or its name."""
        try:
            return self.serve(request)
        except Http404:
            return HttpResponse(f"no static file {request.path}", status=404, content_type="text/plain")

    ended: threading.Event

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """The stream is another process's; here it is stood in for, so that pages find it."""
        if environ["PATH_INFO"] != "/live/events":
            return super().__call__(environ, start_response)
        start_response("200 OK", [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")])
        return self.greeting()

    def greeting(self) -> Iterator[bytes]:
        """A stream that is fresh, and stays open for a while."""
        yield b'retry: 3600000\nevent: hello\ndata: {"fresh": true}\n\n'
        for _moment in range(30):
            if self.ended.wait(1):
                return
            yield b": still here\n\n"


class Server(ThreadedWSGIServer):
    """A thread a request, each closing its database connection."""

    request_queue_size = 1024  # tests ask a thousand things at once

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no error."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve the site with its static files; yields http://localhost:PORT, stops at the end."""
    server = Server(("127.0.0.1", 0), QuietHandler)
    handler = Static(get_wsgi_application())
    handler.ended = threading.Event()
    server.set_app(handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        handler.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def opened(browser: Browser, base: str, size: tuple[int, int] = DESK, **options: Any) -> Iterator[Page]:
    """A page of its own context, in Chinese; `page.complaints` lists console errors and outside requests."""
    width, height = size
    context = browser.new_context(base_url=base, viewport={"width": width, "height": height}, locale="zh-CN", **options)
    page = context.new_page()
    page.complaints = complaints = []  # type: ignore[attr-defined]
    page.on("console", lambda said: complaints.append(f"{said.text} {said.location}") if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((base, "data:", "blob:")) else complaints.append(asked.url),
    )
    try:
        yield page
    finally:
        context.close()


def log_in(page: Page, username: str, password: str) -> None:
    """Through the log-in page, as a person does."""
    page.goto("/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.click("form:has([name=login]) button[type=submit]:not([form])")
    page.wait_for_url(lambda url: "/login/" not in url or "second" in url)
