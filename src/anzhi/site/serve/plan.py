"""Which processes make the site, and when each is told to stop.

Live goes first, because its streams never end by themselves and nginx waits for them; then nginx, which lets requests
end; then the pages behind it, and the workers.
"""

import signal
import sys
from importlib.util import find_spec
from pathlib import Path

from anzhi.site.serve.child import Spec

PACKAGE = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
LIVE = "anzhi.foundation.live.asgi"
# The supervisor waits three seconds: a job that takes longer is taken up again after the next start.
WORKERS: dict[str, tuple[str, ...]] = {"work": ("--grace", "2"), "inbox": ()}


def children(sockets: Path, *, web_workers: int) -> list[Spec]:
    """All of them, apart from those whose part is not built."""
    specs = [_nginx(), _pages(sockets / "pages.sock", web_workers)]
    if _module(LIVE):
        specs.append(_live(sockets / "live.sock"))
    return specs + [_command(name, *options) for name, options in WORKERS.items() if _built(name)]


def _nginx() -> Spec:
    command = ["nginx", "-p", "./", "-c", "nginx.conf", "-e", "../log/nginx.log"]
    return Spec("nginx", command, stop=signal.SIGQUIT, stage=0)


def _pages(socket: Path, workers: int) -> Spec:
    size = ["--workers", str(workers), "--blocking-threads", "4", "--backlog", "2048"]
    care = ["--respawn-failed-workers", "--workers-kill-timeout", "4"]
    protocol = ["--interface", "wsgi", "--http", "1", "--no-ws", "--uds", str(socket)]
    command = [str(PROGRAMS / "granian"), *protocol, *size, *care, "anzhi.site.serve.pages:application"]
    return Spec("pages", command, socket=socket, stage=1)


def _live(socket: Path) -> Spec:
    care = ["--timeout-graceful-shutdown", "2", "--no-access-log", "--backlog", "2048"]
    command = [str(PROGRAMS / "uvicorn"), f"{LIVE}:app", "--uds", str(socket), *care]
    return Spec("live", command, socket=socket, stage=0)


def _command(name: str, *options: str) -> Spec:
    """A management command that runs until told to stop."""
    return Spec(name, [sys.executable, "-m", "django", name, *options], stage=1)


def _module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # the package above it is absent
        return False


def _built(name: str) -> bool:
    return any(PACKAGE.glob(f"*/**/management/commands/{name}.py"))
