"""Each check finds the fault planted for it, and nothing on a page without one."""

import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from anzhi.site.shots.looking import Watch

pytestmark = [pytest.mark.browser]
PAGE = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>账户</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><main>{}</main></body></html>"""
PLANTED = {
    "<h1>账户</h1><code>raw words</code><span lang='en'>English words</span><p hidden>hidden words</p>": "",
    "<h1>账户</h1><p>pending</p>": "untranslated: pending",
    "<h1>账户</h1><input aria-label='Amount'>": "untranslated: Amount",
    "<h1>账户</h1><input>": "axe: label",
    "<h1>账户</h1><p style='color:#ccc;background:#fff'>看不清</p>": "axe: color-contrast",
    "<h1>账户</h1><div style='width:3000px'>宽</div>": "sideways: ",
    "<h1>账户</h1><img alt='' src='http://127.0.0.1:9/x.png'>": "outside: http://127.0.0.1:9/x.png",
    "<h1>账户</h1><script>console.error('坏了')</script>": "console: 坏了",
    "<h1>账户</h1><script>nothing.here()</script>": "console: ",
    "<h1>账户</h1><link rel='stylesheet' href='/none.css'>": "console: Failed to load resource",
}


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A site of one page for each fault: /0, /1, …"""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = self.path.strip("/")
            there = number.isdigit()
            body = PAGE.format(list(PLANTED)[int(number)]).encode() if there else b""
            self.send_response(200 if there else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8" if there else "text/css")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("number", range(len(PLANTED)), ids=[fault or "clean" for fault in PLANTED.values()])
def test_the_planted_fault_is_found(number: int, base: str, browser: Any) -> None:
    wanted = list(PLANTED.values())[number]
    context = browser.new_context(viewport={"width": 390, "height": 844})
    try:
        watch = Watch(context.new_page(), base)
        watch.open(f"/{number}")
        found = watch.faults()
    finally:
        context.close()
    if wanted:
        assert any(fault.startswith(wanted) for fault in found), found
    else:
        assert found == []
