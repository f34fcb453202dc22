"""Bytes on disk: each blob once, at ab/cd/hash below FILES_ROOT, whole or not at all."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from anzhi.foundation.files import refusals

CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Blob:
    """What was written."""

    sha256: str
    size: int


def root() -> Path:
    """The folder of all blobs."""
    return Path(settings.FILES_ROOT)


def relative(sha256: str, thumb: int | None = None) -> str:
    """Where a blob, or its smaller copy, lies below the root."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}" + (f".{thumb}.jpg" if thumb else "")


def path(sha256: str, thumb: int | None = None) -> Path:
    """The same as a path."""
    return root() / relative(sha256, thumb)


@contextmanager
def incoming() -> Iterator[Path]:
    """A name for a file on its way in; whatever is left there at the end is removed."""
    folder = root() / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def write(chunks: Iterable[bytes], target: Path, most: int | None = None) -> Blob:
    """Write chunks in constant memory, to the disk itself; too many bytes are refused at once."""
    digest, size = hashlib.sha256(), 0
    with target.open("wb") as out:
        for chunk in chunks:
            size += len(chunk)
            if most is not None and size > most:
                raise refusals.too_large(most)
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return Blob(digest.hexdigest(), size)


def keep(source: Path, sha256: str, thumb: int | None = None, *, served: bool = True) -> None:
    """Give a finished file its place; one that is there already is left, and marked as wanted today."""
    target = path(sha256, thumb)
    target.parent.mkdir(parents=True, exist_ok=True)
    there = target.exists()
    if served:
        (target if there else source).chmod(0o644)  # nginx reads it as another user
    if there:
        os.utime(target)  # the sweep leaves young files alone: a link to this one is about to commit
        return
    source.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def pieces(file: Path) -> Iterator[bytes]:
    """A file in chunks."""
    with file.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk
