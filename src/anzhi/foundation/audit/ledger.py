"""The file outside the database: one line a seal, appended and synced to the disk.

Whoever can rewrite the whole chain in the database cannot make this file forget. Copy it where the database's
administrators cannot write (`docs/apps/audit.md`).
"""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from anzhi.foundation.audit.rules import Stamp


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


def append(file: Path, stamp: Stamp) -> None:
    """Write one seal and wait until the disk has it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(handle, _whole(handle))
        os.lseek(handle, 0, os.SEEK_END)
        os.write(handle, stamp.line().encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)


def _whole(handle: int) -> int:
    """The length up to the last line end."""
    size = os.fstat(handle).st_size
    start = max(0, size - 4096)
    return start + os.pread(handle, size - start, start).rfind(b"\n") + 1


def _line(number: int, text: str) -> Line:
    parts = text.split()
    if len(parts) != 5 or parts[0] != str(number) or len(parts[1]) != 64:
        raise Unreadable(f"line {number}")
    return Line(number, parts[1])
