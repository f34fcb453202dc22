"""The file outside the database: one line a seal, appended and synced to the disk.

Whoever can rewrite the whole chain in the database cannot make this file forget. Copy it where the database's
administrators cannot write (`docs/apps/audit.md`).
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from anzhi.foundation.audit.rules import Stamp

TAIL = 4096  # bytes; a line has some 200


@dataclass(frozen=True)
class Line:
    """What the file says of one seal."""

    number: int
    digest: str


class Unreadable(Exception):
    """A line of the file is not a seal; the message names it."""


def path() -> Path:
    """The file of the connected database."""
    return Path(settings.SEALS_ROOT) / f"{connection.settings_dict['NAME']}.log"


def read(file: Path) -> list[Line]:
    """Every line; none when there is no file. Raises Unreadable.

    A last line without its end is a power cut in mid-write: it is left out, and written again by the next seal.
    """
    if not file.exists():
        return []
    lines = file.read_text(encoding="ascii", errors="replace").splitlines(keepends=True)
    return [_line(number, text) for number, text in enumerate(lines, 1) if text.endswith("\n")]


def last(file: Path) -> Line | None:
    """The last whole line, without reading the others: the sealer asks each second. Raises Unreadable."""
    if not file.exists():
        return None
    with file.open("rb") as source:
        source.seek(max(0, source.seek(0, os.SEEK_END) - TAIL))
        whole = source.read().rpartition(b"\n")[0]
    text = whole.rpartition(b"\n")[2].decode("ascii", "replace")
    return _line(_number(text), text) if text else None


@contextmanager
def held(file: Path) -> Iterator[None]:
    """One writer at a time. The database's lock is not enough: it ends with the commit, and the line comes after."""
    file.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)  # and with it the lock


def append(file: Path, stamp: Stamp) -> None:
    """Write one seal and wait until the disk has it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(handle, _whole(handle))  # a line cut by a power failure goes
        os.lseek(handle, 0, os.SEEK_END)
        os.write(handle, stamp.line().encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)


def _whole(handle: int) -> int:
    """The length up to the last line end."""
    size = os.fstat(handle).st_size
    start = max(0, size - TAIL)
    return start + os.pread(handle, size - start, start).rfind(b"\n") + 1


def _number(text: str) -> int:
    """What the line says of its own place."""
    first = text.split(" ", 1)[0]
    return int(first) if first.isdecimal() else 0


def _line(number: int, text: str) -> Line:
    parts = text.split()
    if len(parts) != 5 or parts[0] != str(number) or len(parts[1]) != 64:
        raise Unreadable(f"line {number}")
    return Line(number, parts[1])
