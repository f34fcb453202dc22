"""Hashing of the trail: leaves, the Merkle root of one seal, the chain of seals. Pure."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

START = bytes(32)  # what the first seal follows
ID, HASH = 8, 32
LEAF = ID + HASH


def leaf(text: str) -> bytes:
    """The hash of one event's canonical text."""
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def merkle(leaves: Iterable[tuple[int, bytes]]) -> bytes:
    """The root over the numbered leaves in order; an odd one out moves up unpaired, so no two lists share a root."""
    level = [hashlib.sha256(b"\x00" + pack([one])).digest() for one in leaves]
    if not level:
        raise ValueError("a seal holds at least one event")
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def pack(leaves: Iterable[tuple[int, bytes]]) -> bytes:
    """Event numbers with their leaves, 40 bytes each: what lets a check name the very event that was changed."""
    return b"".join(number.to_bytes(ID, "big", signed=True) + digest for number, digest in leaves)


def unpack(packed: bytes) -> Iterator[tuple[int, bytes]]:
    """The inverse of `pack`. Raises ValueError for a length that cannot be."""
    if len(packed) % LEAF:
        raise ValueError("not whole leaves")
    for at in range(0, len(packed), LEAF):
        yield int.from_bytes(packed[at : at + ID], "big", signed=True), packed[at + ID : at + LEAF]


@dataclass(frozen=True)
class Stamp:
    """Everything of a seal that its hash covers. `below` is the transaction number its events lie under."""

    number: int
    from_id: int
    to_id: int
    count: int
    below: int
    version: int
    at: datetime
    root: bytes
    previous: bytes

    def digest(self) -> bytes:
        """The seal's own hash, which the next seal takes up."""
        numbers = (self.number, self.from_id, self.to_id, self.count, self.below, self.version)
        text = ",".join(map(str, numbers)) + "," + self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return hashlib.sha256(b"\x02" + self.previous + self.root + text.encode()).digest()

    def line(self) -> str:
        """The seal as one line of the file outside the database."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        return f"{self.number} {self.digest().hex()} {self.from_id}-{self.to_id} {self.count} {at}\n"
