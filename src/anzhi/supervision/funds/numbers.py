"""Account numbers: sealed, found and shown. One index for own and counter accounts, so that a transfer meets itself."""

from functools import lru_cache

from anzhi.foundation.access.secrets import blind_index, mask, seal, unseal
from anzhi.supervision.funds.rules import account_number

COLUMN = "funds_supervisedaccount.number"


@lru_cache(maxsize=4096)
def index_of(number: str) -> bytes:
    """The blind index of an account number, however it is written."""
    return blind_index(account_number(number), column=COLUMN)


def mask_of(number: str) -> str:
    """First and last four digits."""
    return mask(account_number(number))[:40] if number else ""


@lru_cache(maxsize=65536)
def counter_of(number: str) -> tuple[str, bytes | None]:
    """How the account on the other side is kept: masked, and by its index."""
    return (mask_of(number), index_of(number)) if number else ("", None)


def seal_number(number: str, bank: str) -> bytes:
    """The number sealed for its row, which is named by bank and index: it is known before the row is there."""
    return seal(account_number(number), place=_place(bank, index_of(number)))


def open_number(sealed: bytes | memoryview, bank: str, index: bytes | memoryview) -> str:
    """The number itself. Only `services.accounts.reveal` may show it."""
    return unseal(bytes(sealed), place=_place(bank, bytes(index)))


def _place(bank: str, index: bytes) -> str:
    return f"{COLUMN}:{bank}/{index.hex()}"
