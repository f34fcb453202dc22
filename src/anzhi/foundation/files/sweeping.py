"""Blobs on disk that no row knows: left behind by transactions that were rolled back after the file was written."""

import time
from collections.abc import Iterator
from pathlib import Path

from anzhi.foundation.files import store
from anzhi.foundation.files.models import StoredFile

YOUNG = 24 * 3600  # seconds; a link to a younger file may be about to commit
BATCH = 1000


def sweep(now: float | None = None) -> int:
    """Remove orphans and abandoned uploads; returns how many files."""
    limit = (now or time.time()) - YOUNG
    gone = 0
    for batch in _batches(_old(limit)):
        known = set(StoredFile.objects.filter(sha256__in={_hash(p) for p in batch}).values_list("sha256", flat=True))
        for path in batch:
            if _hash(path) not in known and _is_old(path, limit):  # still: it may have been sent again meanwhile
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def _old(limit: float) -> Iterator[Path]:
    """Files of ours that were not touched since."""
    for pattern in ("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*", "incoming/*"):
        for path in store.root().glob(pattern):
            if _is_old(path, limit):
                yield path


def _is_old(path: Path, limit: float) -> bool:
    try:
        return path.is_file() and path.stat().st_mtime < limit
    except FileNotFoundError:  # an upload that was just finished
        return False


def _hash(path: Path) -> str:
    return path.name.split(".", 1)[0]


def _batches(paths: Iterator[Path]) -> Iterator[list[Path]]:
    batch: list[Path] = []
    for path in paths:
        batch.append(path)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
