"""The bytes of statement files, kept once by their SHA-256."""

import os
import shutil
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

from django.conf import settings

BLOCK = 1 << 20


class Kept(NamedTuple):
    """What was kept."""

    sha256: str
    size: int


def root() -> Path:
    """The folder of raw statements."""
    return Path(settings.FILES_ROOT) / "statements"


def path_of(digest: str) -> Path:
    """Where the bytes with this hash lie."""
    return root() / digest[:2] / digest


def keep(blocks: Iterable[bytes]) -> Kept:
    """Write the blocks once; raises OSError (ENOSPC) without leaving anything behind."""
    root().mkdir(parents=True, exist_ok=True)
    digest, size = sha256(), 0
    with NamedTemporaryFile(dir=root(), prefix="new-", delete=False) as new:
        try:
            for block in blocks:
                digest.update(block)
                size += new.write(block)
            new.flush()
            os.fsync(new.fileno())
            home = path_of(digest.hexdigest())
            home.parent.mkdir(exist_ok=True)
            Path(new.name).replace(home)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise
    return Kept(digest.hexdigest(), size)


def blocks_of(path: Path) -> Iterator[bytes]:
    """A file in blocks."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def forget(digest: str) -> None:
    """Remove bytes that no row names any more."""
    path_of(digest).unlink(missing_ok=True)


def room() -> int:
    """Bytes left on the disk of raw statements."""
    root().mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(root()).free
