"""Figures, and whether they keep their limits."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LIMITS = Path(__file__).with_name("limits.toml")
HEAD = ("bench", "what", "figure", "floor", "ratio", "limit", "")


@cache
def limits() -> dict[str, dict[str, dict[str, float]]]:
    """All limits, by benchmark and key."""
    return tomllib.loads(LIMITS.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Figure:
    """One thing measured. `key` names its limit; what has none is only told."""

    bench: str
    key: str
    what: str
    figure: float
    unit: str
    floor: float | None = None

    @property
    def ratio(self) -> float | None:
        """Figure by floor."""
        return self.figure / self.floor if self.floor else None

    @property
    def limit(self) -> float | None:
        """The number that must not be passed."""
        return next(iter(self._given.values()), None)

    @property
    def holds(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        if self.limit is None:
            return None
        judged = self.ratio if "ratio" in self._given else self.figure
        return judged is not None and judged <= self.limit

    @property
    def _given(self) -> dict[str, float]:
        key, _, _each = self.key.partition(":")
        return limits().get(self.bench, {}).get(key, {})

    def plain(self) -> dict[str, Any]:
        """As an object of JSON."""
        return {
            "bench": self.bench,
            "what": self.what,
            "figure": _short(self.figure),
            "unit": self.unit,
            "floor": _short(self.floor),
            "ratio": None if self.ratio is None else round(self.ratio, 2),
            "limit": self.limit,
            "holds": self.holds,
        }


def _short(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


def lines(figures: Iterable[Figure]) -> Iterable[str]:
    """One object of JSON a line."""
    return (json.dumps(figure.plain(), ensure_ascii=False) for figure in figures)


def sized(row: tuple[str, ...], widths: list[int]) -> Iterable[tuple[int, tuple[str, int]]]:
    """Number, cell and width."""
    return enumerate(zip(row, widths, strict=True))


def table(figures: Iterable[Figure]) -> Iterable[str]:
    """The same for people."""
    rows = [HEAD, *(_row(figure) for figure in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    for row in rows:
        cells = [cell.ljust(width) if at < 2 else cell.rjust(width) for at, (cell, width) in sized(row, widths)]
        yield "  ".join(cells).rstrip()


def _row(figure: Figure) -> tuple[str, ...]:
    limit = "" if figure.limit is None else f"≤ {figure.limit:g}" + ("×" if "ratio" in figure._given else "")
    word = {True: "holds", False: "MISSED", None: ""}[figure.holds]
    shown = (
        f"{figure.figure:,.4g} {figure.unit}" if abs(figure.figure) < 1000 else f"{figure.figure:,.0f} {figure.unit}"
    )
    floor = "" if figure.floor is None else f"{figure.floor:,.4g}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}×"
    return figure.bench, figure.what, shown.strip(), floor, ratio, limit, word
