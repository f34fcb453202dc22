"""What makes two bank rows the same row, and how account numbers and amounts are read. Pure Python."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from anzhi.foundation.access.context import LENGTHS

BLANK = re.compile(r"[\s\-*]+")
NOT_A_NUMBER = re.compile(r"[^0-9A-Z]")
INTERNAL = "(利息|结息|手续费|账户管理费|工本费)"
"""Words by which banks name what is theirs or the account's own: no allocation stands behind these rows."""


@lru_cache(maxsize=4096)
def account_number(written: str) -> str:
    """An account number as it is compared: full-width folded, blanks and dashes dropped, capitals."""
    return NOT_A_NUMBER.sub("", unicodedata.normalize("NFKC", written).upper())


def is_account_number(written: str) -> bool:
    """Whether this can be a number of an account: 9 to 30 digits or letters; no bank states a check digit."""
    return 9 <= len(account_number(written)) <= 30


def plain_text(*parts: str) -> str:
    """Words of a bank row as they are compared: one width, no blanks, one case."""
    return BLANK.sub("", unicodedata.normalize("NFKC", "|".join(parts))).casefold()


def key_of(*, bank_ref: str, text: str, counter_name: str, credit: bool, fen: int) -> bytes:
    """What tells a row from others of its account and day: the bank's reference, else its words; side and amount."""
    name = f"r{bank_ref}" if bank_ref else f"t{plain_text(counter_name, text)}"
    return blake2b(f"{name}|{credit:d}|{fen}".encode(), digest_size=16).digest()


def whole_fen(yuan: Decimal) -> int | None:
    """Fen of an exact amount; None when it has a part of a fen or does not fit an account."""
    fen = int(cents := yuan * 100)
    return fen if fen == cents and -(2**62) < fen < 2**62 else None


def common_region(codes: Iterable[str]) -> str:
    """The smallest region that holds all of these 12-digit codes; zeros where there is none."""
    low, high = min(known := list(codes)), max(known)
    length = max((length for length in LENGTHS if low[:length] == high[:length]), default=0)
    return low[:length].ljust(LENGTHS[-1], "0")


class Frame(NamedTuple):
    """What the order of statements in a file is judged by. Balances in fen."""

    account: int
    opening: int | None
    closing: int | None


def chains(frames: list[Frame]) -> list[int]:
    """For each statement the number of its chain: pages and parts of a day that continue each other share one.

    Equal rows are counted within a chain. Statements that repeat one another are different chains, and of
    rows that both hold the larger count is taken.
    """
    last: dict[int, int] = {}
    chain: list[int] = []
    for at, frame in enumerate(frames):
        before = last.get(frame.account)
        chain.append(at if before is None or not _continues(frames[before], frame) else chain[before])
        last[frame.account] = at
    return chain


def _continues(before: Frame, frame: Frame) -> bool:
    return before.closing is not None and before.closing == frame.opening and before.opening != frame.opening
