"""The hash chain of a case's log: each entry covers the one before."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

START = b""


def link(previous: bytes, entry: Mapping[str, Any]) -> bytes:
    """The hash of an entry after the one before it."""
    body = json.dumps(entry, ensure_ascii=False, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(previous + body.encode()).digest()


def broken_at(entries: Iterable[tuple[int, bytes, Mapping[str, Any]]]) -> int | None:
    """The number of the first entry that is missing or does not fit, of (number, hash, entry) in order."""
    previous, expected = START, 1
    for number, kept, entry in entries:
        if number != expected:
            return expected
        previous, expected = link(previous, entry), number + 1
        if previous != kept:
            return number
    return None
