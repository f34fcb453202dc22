"""One movement in an account, before any bank writes it down."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class Row:
    """`fen` is signed: what comes in is positive. `ref` is the bank's own number for it."""

    day: date
    at: time
    fen: int
    ref: str
    name: str
    number: str
    text: str
