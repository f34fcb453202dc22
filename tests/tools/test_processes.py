"""Programs in the foreground: their codes, their signals, their end with ours."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from harness.folders import ROOT, until
from tools import processes


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def follower(tmp_path: Path) -> "subprocess.Popen[str]":
    """A process that follows `sh`, which has written its number."""
    code = f"""
        import signal, sys
        from tools.processes import follow
        signal.signal(signal.SIGTERM, lambda n, f: sys.exit(143))
        sys.exit(follow(["sh", "-c", "echo $$ > {tmp_path}/pid; exec sleep 60"], {{"PATH": "/usr/bin:/bin"}}))
    """
    child = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], env=os.environ | {"PYTHONPATH": str(ROOT)})
    until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    return child


@pytest.mark.parametrize(
    ("script", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -KILL $$", 137), ("kill -TERM $$", 143)]
)
def test_the_code_is_what_a_shell_would_tell(script: str, code: int) -> None:
    assert processes.follow(["sh", "-c", script], os.environ) == code


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_our_end_is_its_end(follower: "subprocess.Popen[str]", tmp_path: Path, number: signal.Signals) -> None:
    pid = int((tmp_path / "pid").read_text())
    assert alive(pid)
    follower.send_signal(number)
    assert follower.wait(10) == (143 if number == signal.SIGTERM else -9)
    until(lambda: not alive(pid))


def test_a_child_that_does_not_listen_is_killed() -> None:
    child = subprocess.Popen(["sh", "-c", "trap '' TERM; echo ready; sleep 60"], stdout=subprocess.PIPE)
    assert child.stdout
    child.stdout.readline()
    child.terminate()
    begun = time.monotonic()
    assert processes._wait_again(child, seconds=0.2) == -9
    assert time.monotonic() - begun < 5
    child.stdout.close()
