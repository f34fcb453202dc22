"""Names of regions, kept in each process and read anew when the register's version has moved."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language

from anzhi.foundation.regions.models import Level, Region, Version

FRESH_FOR = 5.0  # seconds in which the version is not asked again
FIELDS = ("code", "name", "short_name", "name_en", "level", "parent_id", "valid_from", "valid_to", "successor_id")


@dataclass(frozen=True, slots=True)
class Name:
    """What lists and paths need of a region."""

    code: str
    name: str
    short_name: str
    name_en: str
    level: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    successor: str | None

    @property
    def label(self) -> str:
        """The short name in the reader's language, where there is one."""
        english = not (get_language() or "zh").startswith("zh")
        return self.name_en if english and self.name_en else self.short_name

    def valid(self, on: date | None = None) -> bool:
        """Whether the unit is in force on a day; without a day, whether it was never closed."""
        if on is None:
            return self.valid_to is None
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass
class _Kept:
    """All units down to the town; villages are looked up when asked for."""

    version: int = -1
    checked: float = float("-inf")
    units: dict[str, Name] = field(default_factory=dict)


_kept = _Kept()


def many(codes: Iterable[str]) -> dict[str, Name]:
    """The units of these codes; unknown codes are absent. One query at most for any number of villages."""
    units = _units()
    wanted = set(codes)
    found = {code: units[code] for code in wanted if code in units}
    # not `wanted - units.keys()`: that looks at every unit there is
    if missing := [code for code in wanted if code not in units and code[9:] not in ("", "000")]:
        rows = Region.objects.filter(code__in=missing).values_list(*FIELDS)
        found |= {row[0]: Name(*row) for row in rows}
    return found


def one(code: str) -> Name | None:
    """The unit of a code, or None."""
    return _units().get(code) or many([code]).get(code)


def below(code: str) -> list[Name]:
    """The units in force one tier down, by code; of a town none, villages are not kept."""
    found = (unit for unit in _units().values() if unit.parent == code and unit.valid())
    return sorted(found, key=lambda unit: unit.code)


def forget() -> None:
    """Ask the database at the next question, and believe no version: ours may be one that was rolled back."""
    _kept.checked, _kept.version = float("-inf"), -1


def _units() -> dict[str, Name]:
    global _kept
    kept = _kept
    if time.monotonic() - kept.checked < FRESH_FOR:
        return kept.units
    version = Version.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    units = kept.units if version == kept.version else _read()
    _kept = _Kept(version, time.monotonic(), units)
    return units


def _read() -> dict[str, Name]:
    rows = Region.objects.exclude(level=Level.VILLAGE).values_list(*FIELDS)
    return {row[0]: Name(*row) for row in rows}
