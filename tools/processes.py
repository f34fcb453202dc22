"""Child processes: their signals, their exit codes, and what becomes of them when we die."""

import ctypes
import signal
import subprocess
from collections.abc import Mapping, Sequence

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def tie() -> None:
    """In a child before exec: when the parent dies, even by SIGKILL, the child is told to end."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def follow(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run a program in the foreground; our end is its end. Its exit code, as a shell would tell it."""
    child = subprocess.Popen(command, env=dict(env), preexec_fn=tie)
    try:
        return _code(child.wait())
    except KeyboardInterrupt:
        return _code(_wait_again(child))  # the terminal told the child as well
    except SystemExit:
        child.terminate()
        return _code(_wait_again(child))


def _wait_again(child: "subprocess.Popen[bytes]", seconds: float = 15) -> int:
    try:
        return child.wait(seconds)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        child.kill()
        return child.wait()


def _code(status: int) -> int:
    return status if status >= 0 else 128 - status
