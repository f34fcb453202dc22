"""The real processes behind one port: nginx, pages, live, worker, inbox, as `./anzhi serve` starts them."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from tests.harness import people

PATIENCE = 60.0
ROLE = "fund_monitor"


@contextmanager
def serving() -> Iterator[int]:
    """Serve this benchmark's database; yields the port of nginx."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "anzhi.site.serve", "--listen", f"127.0.0.1:{port}"]
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"])
    server = subprocess.Popen(command, env=os.environ | {"PATH": path}, stdout=subprocess.DEVNULL)
    try:
        wait(port, server)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_port() -> int:
    """A port of the loopback that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


def wait(port: int, server: subprocess.Popen) -> None:
    """Until the site says that it is well."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the site did not start: see log/ in the benchmark's folder")


def cookie(region: str = "53") -> str:
    """The session of a new person with the role that watches money."""
    session = people.client_for(ROLE, region=region).session
    session.update({"seen_at": int(time.time()), "hurdles_passed": ["today", ROLE]})
    session.save()
    return session.session_key
