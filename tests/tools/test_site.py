"""The site seen from ./anzhi: is it well, is it alone, what is told when it is not."""

import http.server
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.steps import Failed

from harness.folders import until
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


def supervisor(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Stand in for the project's Python: writes its words, then does as told."""
    program = folder / "python"
    program.write_text(f'#!/bin/sh\necho "$*" > "{folder}/words"\n{body}\n')
    program.chmod(0o755)
    monkeypatch.setattr(site, "tool", lambda name: str(program))
    monkeypatch.setattr(site, "_wait_until_well", lambda child, address, where: None)


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    """Leaving a site deafens this process: it would be gone by then."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_every_address_is_told_to_the_supervisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    supervisor(tmp_path, monkeypatch, "exec sleep 60")
    with site.running(tmp_path, os.environ, ["127.0.0.1:8123", "[::1]:8123"]) as child:
        until(lambda: (tmp_path / "words").exists() and (tmp_path / "words").read_text())
        assert child.poll() is None
    words = (tmp_path / "words").read_text().split()
    assert words == ["-m", "anzhi.site.serve", "--listen", "127.0.0.1:8123", "--listen", "[::1]:8123"]
    assert child.returncode == -signal.SIGTERM


def test_the_supervisor_ends_when_the_block_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    supervisor(tmp_path, monkeypatch, "exec sleep 60")
    with pytest.raises(ValueError, match="inside"), site.running(tmp_path, os.environ, ["127.0.0.1:1"]) as child:
        raise ValueError("inside")
    assert child.returncode is not None


def test_a_deaf_supervisor_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    supervisor(tmp_path, monkeypatch, "trap '' TERM; touch \"$0.deaf\"; while :; do sleep 0.05; done")
    monkeypatch.setattr(site, "STOP_LIMIT", 0.2)
    with site.running(tmp_path, os.environ, ["127.0.0.1:1"]) as child:
        until(lambda: (tmp_path / "python.deaf").exists())
    assert child.returncode == -signal.SIGKILL


def test_a_second_ctrl_c_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    supervisor(tmp_path, monkeypatch, "exec sleep 60")
    with site.running(tmp_path, os.environ, ["127.0.0.1:1"]):
        pass
    assert {signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)} == {signal.SIG_IGN}


def test_logs_are_told_by_their_ends_and_only_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "serve.log").write_text("".join(f"line {n}\n" for n in range(30)))
    told = site._tails(tmp_path)
    assert told.splitlines()[1:] == [f"line {n}" for n in range(18, 30)]
    assert "nginx" not in told


def test_whether_a_site_runs_is_known_by_its_lock(tmp_path: Path) -> None:
    assert not site.taken(tmp_path)
    with site.alone(tmp_path):
        assert site.taken(tmp_path)
    assert not site.taken(tmp_path)


def test_one_site_a_folder(tmp_path: Path) -> None:
    with site.alone(tmp_path):
        assert (tmp_path / "run/serve.pid").read_text() == str(os.getpid())
        with pytest.raises(Failed, match="already running"), site.alone(tmp_path):
            pass
    assert not (tmp_path / "run/serve.pid").exists()
    with site.alone(tmp_path):
        pass
