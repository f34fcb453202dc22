"""What must be said on every page: sample data, a drill. `sample` fills it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Banner:
    """A dashed tag and, when the data stand still, their day."""

    tag: Any
    as_of: date | None = None
    words: Any = ""


_source: list[Callable[[], Banner | None]] = []


def register(source: Callable[[], Banner | None]) -> None:
    """`source()` gives the banner of the moment, or None; the last one registered speaks."""
    _source[:] = [source]


def current() -> Banner | None:
    """The banner of the moment."""
    return _source[0]() if _source else None
