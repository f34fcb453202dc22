"""The whole site in a var folder of its own: served, wounded, stopped."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.folders import COMMAND, Var, until

pytestmark = [pytest.mark.slow, pytest.mark.fault]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Served:
    """`./anzhi serve` on migrated tables."""

    def __init__(self, var: Var) -> None:
        self.var, self.port = var, free_port()
        var.collected()
        subprocess.run([COMMAND, "manage", "migrate", "-v0"], env=dict(var.env), cwd="/", check=True)
        self.start()

    def start(self) -> None:
        """Returns when it answers."""
        self.process = self.var.start(COMMAND, "serve", "--port", str(self.port))
        assert self.process.stdout
        told = []
        for line in self.process.stdout:
            told.append(line)
            if "serving on" in line:
                return
        raise AssertionError("".join(told))

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, dict(refusal.headers), refusal.read()

    def well(self) -> bool:
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def pids(self, word: str) -> list[int]:
        """The site's processes whose command line holds the word, in order of age."""
        mine = str(self.var.folder / "run").encode()
        return [pid for pid in _processes() if word.encode() in _line(pid) and _cwd(pid) == mine]

    def end(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Exit code and seconds of the end."""
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.communicate(timeout=30)
        return self.process.returncode, time.monotonic() - begun


def _processes() -> list[int]:
    return sorted(int(name) for name in os.listdir("/proc") if name.isdigit())


def _line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _cwd(pid: int) -> bytes:
    try:
        return os.fsencode(os.readlink(f"/proc/{pid}/cwd"))
    except OSError:
        return b""


@pytest.fixture(scope="module")
def kept(shared_var: Var) -> Iterator[Served]:
    """One site for the module: making its tables takes longest."""
    site = Served(shared_var)
    yield site
    if site.process.poll() is None:
        site.end()


@pytest.fixture
def site(kept: Served) -> Served:
    """The site, running, whatever the test before did to it. Those that end it stand last: a start takes seconds."""
    if kept.process.poll() is not None:
        kept.start()
    return kept


def test_static_files_are_kept_for_ever_under_hashed_names_and_compressed(site: Served) -> None:
    folder = site.var.folder / "static"
    (folder / "a.0123456789ab.css").write_text("a { color: red }\n" * 100)
    (folder / "a.css").write_text("a { color: red }")
    for name, kept in (("a.0123456789ab.css", "immutable"), ("a.css", "max-age=300")):
        _, headers, _ = site.get(f"/static/{name}", {"Accept-Encoding": "gzip"})
        assert kept in headers["Cache-Control"]
        assert headers["Content-Type"] == "text/css"
        assert (headers.get("Content-Encoding") == "gzip") == (kept == "immutable")  # the other one is too short


def test_modules_are_javascript(site: Served) -> None:
    (site.var.folder / "static/a.mjs").write_text("export {}")
    assert site.get("/static/a.mjs")[1]["Content-Type"] == "text/javascript"


def test_nobody_walks_into_protected_files(site: Served) -> None:
    (site.var.folder / "files").mkdir(exist_ok=True)
    (site.var.folder / "files/secret.txt").write_text("no")
    for path in ("/protected/secret.txt", "/static/../files/secret.txt", "/static/%2e%2e/secrets.json", "/away.html"):
        status, _, body = site.get(path)
        assert status in (400, 404), path
        assert body != b"no"


def test_a_body_that_is_too_large_is_refused_before_any_page(site: Served) -> None:
    head = b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as client:
        client.sendall(head)
        assert client.recv(100).startswith(b"HTTP/1.1 413 ")


def test_a_taken_port_is_told_before_anything_starts(var: Var) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        child = var.start(COMMAND, "demo", "--port", str(port))
        told, _ = child.communicate(timeout=60)
    assert child.returncode == 1
    assert f"port {port} is already in use" in told
    assert not (var.folder / "pg").exists()


def test_two_sites_of_one_folder_are_one_too_many(site: Served) -> None:
    child = site.var.start(COMMAND, "serve", "--port", str(free_port()))
    told, _ = child.communicate(timeout=60)
    assert child.returncode == 1
    assert "already running" in told
    assert site.well()


def test_a_killed_command_frees_the_port_and_the_next_one_adopts_the_database(site: Served) -> None:
    server = site.var.postmaster()
    site.process.kill()
    site.process.wait()
    until(lambda: free(site.port) and site.pids("") == [])
    assert site.var.postmaster() == server
    site.start()
    assert site.well()
    assert site.var.postmaster() == server


def test_it_serves_survives_wounds_and_ends_at_once(site: Served) -> None:
    status, headers, body = site.get("/healthz")
    assert (status, json.loads(body)["database"], headers["Server"]) == (200, "ok", "nginx")

    for word in ("nginx: worker", "granian", "nginx"):
        victim = site.pids(word)[-1]
        os.kill(victim, signal.SIGKILL)
        until(lambda victim=victim: victim not in site.pids("") and site.well())

    head = min(site.pids("granian"))
    os.kill(head, signal.SIGKILL)
    until(lambda: site.well() and len(site.pids("granian")) >= 3 and head not in site.pids("granian"))

    server = site.var.postmaster()
    assert server
    os.kill(server, signal.SIGKILL)
    until(lambda: site.var.postmaster() not in (None, server) and site.well())

    code, seconds = site.end()
    assert code == 0
    assert seconds < 10
    assert free(site.port)
    assert site.pids("") == []
    assert site.var.postmaster() is None
