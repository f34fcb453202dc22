"""The site seen from ./anzhi: is it well, is it alone, what is told when it is not."""

import http.server
import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.steps import Failed

from tools import site


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers what the server was told to."""

    def do_GET(self) -> None:
        status, body = self.server.answer  # type: ignore[attr-defined] — planted by the fixture
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[http.server.HTTPServer]:
    """A server with one answer."""
    made = http.server.HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def address(server: http.server.HTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}/healthz"


@pytest.mark.parametrize(
    ("status", "body", "well", "told"),
    [
        (200, b'{"status": "ok"}', True, ""),
        (200, b"<html>", False, "Expecting value"),
        (503, b'{"migrations_to_run": 3}', False, '503 {"migrations_to_run": 3}'),
    ],
)
def test_only_json_with_200_is_well(
    server: http.server.HTTPServer, status: int, body: bytes, well: bool, told: str
) -> None:
    server.answer = (status, body)  # type: ignore[attr-defined] — read by the handler
    answer, reason = site._healthy(address(server))
    assert answer is well
    assert reason.startswith(told)


def test_nobody_there_is_not_well() -> None:
    assert site._healthy("http://127.0.0.1:1/healthz")[0] is False


def test_a_supervisor_that_ends_is_told_with_its_logs(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    (tmp_path / "log/nginx.log").write_text("no such directive\n")
    child = subprocess.Popen(["true"])
    child.wait()
    with pytest.raises(Failed, match="no such directive"):
        site._wait_until_well(child, "http://127.0.0.1:1/healthz", tmp_path)


def test_patience_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "START_LIMIT", 0.0)
    child = subprocess.Popen(["sleep", "60"])
    with pytest.raises(Failed, match="does not become well"):
        site._wait_until_well(child, "http://127.0.0.1:1/healthz", tmp_path)
    child.kill()
    child.wait()


def test_one_site_a_folder(tmp_path: Path) -> None:
    with site.alone(tmp_path):
        assert (tmp_path / "run/serve.pid").read_text() == str(os.getpid())
        with pytest.raises(Failed, match="already running"), site.alone(tmp_path):
            pass
    assert not (tmp_path / "run/serve.pid").exists()
    with site.alone(tmp_path):
        pass
