"""Names of files that were closed after writing, or renamed into a folder: Linux says so by inotify."""

import ctypes
import os
import select
import struct
from pathlib import Path
from types import TracebackType
from typing import Self

CLOSED_AFTER_WRITING, RENAMED_IN = 0x8, 0x80
FLAGS = os.O_NONBLOCK | os.O_CLOEXEC
HEAD = struct.Struct("iIII")
BUFFER = 1 << 16
libc = ctypes.CDLL(None, use_errno=True)


class Arrivals:
    """Watches one folder from the moment it is made."""

    def __init__(self, folder: Path) -> None:
        self.descriptor = _checked(libc.inotify_init1(FLAGS))
        _checked(libc.inotify_add_watch(self.descriptor, os.fsencode(folder), CLOSED_AFTER_WRITING | RENAMED_IN))

    def wait(self, seconds: float) -> list[str]:
        """The names that arrived, each once; empty when nothing came in that time."""
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return []
        data, names, at = os.read(self.descriptor, BUFFER), [], 0
        while at < len(data):
            length = HEAD.unpack_from(data, at)[3]
            at += HEAD.size
            names.append(os.fsdecode(data[at : at + length].rstrip(b"\0")))
            at += length
        return list(dict.fromkeys(names))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self.descriptor)


def _checked(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), "inotify")
    return answer
