"""The running site, seen from ./anzhi: start its supervisor, wait until it is well, stop it with us."""

import fcntl
import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.paths import tool
from tools.processes import tie
from tools.steps import Failed, step

Process = subprocess.Popen[bytes]
START_LIMIT, STOP_LIMIT = 60.0, 9.0
LOGS = ("serve", "nginx", "pages")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One site a var folder: two would share their sockets. Its process id is there for ./anzhi stop."""
    pid = folder / "run/serve.pid"
    pid.parent.mkdir(exist_ok=True)
    with (folder / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed(f"the site of {folder} is already running; ./anzhi stop ends it") from None
        pid.write_text(str(os.getpid()))
        try:
            yield
        finally:
            pid.unlink(missing_ok=True)


def taken(folder: Path) -> bool:
    """Is somebody inside `alone`? A lock ends with the life of its holder."""
    with (folder / "serve.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def running(folder: Path, env: Mapping[str, str], listen: Sequence[str]) -> Iterator[Process]:
    """The supervisor runs inside this block, and answers when the block begins."""
    options = [word for address in listen for word in ("--listen", address)]
    command = [tool("python"), "-m", "anzhi.site.serve", *options]
    child = subprocess.Popen(command, env=dict(env), start_new_session=True, preexec_fn=tie)
    try:
        with step("processes started"):
            _wait_until_well(child, f"http://{listen[0]}/healthz", folder)
        yield child
    finally:
        _stop(child)


def _wait_until_well(child: Process, address: str, folder: Path) -> None:
    limit = time.monotonic() + START_LIMIT
    while not (answer := _healthy(address))[0]:
        if child.poll() is not None or time.monotonic() > limit:
            raise Failed(f"the site does not become well: {answer[1]}\n{_tails(folder / 'log')}")
        time.sleep(0.1)


def _healthy(address: str) -> tuple[bool, str]:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200 and bool(json.load(answer)), ""
    except urllib.error.HTTPError as refusal:
        return False, f"{refusal.code} {refusal.read(300).decode(errors='replace')}"
    except (OSError, ValueError) as fault:
        return False, str(fault)


def _tails(folder: Path) -> str:
    files = [file for name in LOGS if (file := folder / f"{name}.log").exists()]
    return "\n".join(f"--- {file}\n" + "\n".join(file.read_text().splitlines()[-12:]) for file in files)


def _stop(child: Process) -> None:
    """We are leaving: a second Ctrl-C must not leave half of it behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    child.terminate()
    try:
        child.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        child.kill()  # its children are tied to it
        child.wait()
