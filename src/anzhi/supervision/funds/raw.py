"""The bytes of statement files: kept by `files`, once by their SHA-256, like everything else."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from anzhi.foundation.files import services, store


class Kept(NamedTuple):
    """What was kept."""

    sha256: str
    size: int


def root() -> Path:
    """The folder they lie in."""
    return store.root()


def path_of(digest: str) -> Path:
    """Where the bytes with this hash lie."""
    return store.path(digest)


def keep(blocks: Iterable[bytes]) -> Kept:
    """Write the blocks once; raises OSError (ENOSPC) without leaving anything behind. `name` them next."""
    blob = services.write_raw(blocks)
    return Kept(blob.sha256, blob.size)


def name(digest: str, size: int) -> None:
    """A row names these bytes: in the transaction that writes it."""
    services.name_raw(store.Blob(digest, size))


def blocks_of(path: Path) -> Iterator[bytes]:
    """A file in blocks."""
    return store.pieces(path)


def forget(digest: str) -> None:
    """No row names these bytes any more; they are swept away in a day."""
    services.unname_raw(digest)


def room() -> int:
    """Bytes left on the disk they lie on."""
    root().mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(root()).free
