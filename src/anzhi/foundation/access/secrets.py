"""Identity and account numbers: sealed in the database, found by a blind index, masked on the page.

A sealed value is one byte of key version, a nonce of twelve, then AES-256-GCM. It is bound to its place
(`table.column:row`), so that a value copied to another row does not open. Identity numbers are few enough
to be guessed: the key of the index must never lie beside the database.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12
LEAST = 1 + NONCE + 16  # version, nonce, and the tag of an empty value
SHOWN = 4  # digits left open at each end of a masked number


class Unsealable(ValueError):
    """The value was changed, moved to another row, or sealed with a key that is not here."""


@dataclass(frozen=True)
class Keyring:
    """Keys by version; the highest version seals, all of them open."""

    keys: dict[int, AESGCM]

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """From `1:secret,2:newer secret`, or one bare secret, which is version 1."""
        parts = [part.partition(":") for part in text.split(",")] if ":" in text else [("1", ":", text)]
        return cls({int(version): AESGCM(hashlib.sha256(key.encode()).digest()) for version, _, key in parts})

    @property
    def newest(self) -> int:
        """The version that seals."""
        return max(self.keys)


@lru_cache(maxsize=4)
def _ring(text: str) -> Keyring:
    return Keyring.parse(text)


def seal(value: str, *, place: str) -> bytes:
    """Encrypt `value` for one place, for example `funds_account.number:4711`."""
    ring, nonce = _ring(settings.FIELD_KEY), os.urandom(NONCE)
    sealed = ring.keys[ring.newest].encrypt(nonce, value.encode(), place.encode())
    return bytes([ring.newest]) + nonce + sealed


def unseal(blob: bytes, *, place: str) -> str:
    """The value sealed for this place; raises Unsealable for anything else."""
    blob = bytes(blob)
    key = _ring(settings.FIELD_KEY).keys.get(blob[0]) if blob else None
    if key is None:
        raise Unsealable("sealed with a key that is not here")
    if len(blob) < LEAST:
        raise Unsealable("cut short")
    try:
        return key.decrypt(blob[1 : 1 + NONCE], blob[1 + NONCE :], place.encode()).decode()
    except InvalidTag as error:
        raise Unsealable("changed, or sealed for another place") from error


def blind_index(value: str, *, column: str) -> bytes:
    """Sixteen bytes by which equal values of one column are found without opening any (HMAC-SHA256)."""
    text = f"{column}:{compact(value)}"
    return hmac.digest(settings.INDEX_KEY.encode(), text.encode(), "sha256")[:16]


def compact(value: str) -> str:
    """A number as it is compared: no blanks or hyphens, capital X."""
    return "".join(value.split()).replace("-", "").upper()


def mask(value: str, *, grouped: bool = True) -> str:
    """First and last four, `*` between: 6228 **** **** 3071; ungrouped for identity numbers and telephones.

    A number too short to hide anything between its ends keeps only its last four, or nothing.
    """
    number = compact(value)
    if len(number) < 2 * SHOWN + 2:
        return "*" * max(len(number) - SHOWN, SHOWN) + number[-SHOWN:] if len(number) > SHOWN else "*" * SHOWN
    stars = "*" * (len(number) - 2 * SHOWN)
    if not grouped:
        return number[:SHOWN] + stars + number[-SHOWN:]
    middle = [stars[at : at + SHOWN] for at in range(0, len(stars), SHOWN)]
    return " ".join([number[:SHOWN], *middle, number[-SHOWN:]])
