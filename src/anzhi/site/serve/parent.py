"""What becomes of a child whose parent is killed: the kernel tells it to end, so that nothing keeps the port."""

import ctypes
import signal

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def tie() -> None:
    """From now on this process is asked to end when its parent dies."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
