"""The register as it came: `data/projects.csv`, 83 real projects with the basis of each line."""

import csv
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from anzhi.foundation.regions.queries import inside
from anzhi.network.projects.states import Kind, Regime, Role

SHEET = Path(__file__).parent / "data" / "projects.csv"
NEITHER = re.compile(r"^\s*$")


def lines() -> Iterator[dict[str, Any]]:
    """Each line as arguments of `services.register.register`; what is blank stays unknown."""
    codes = {row.name: row.code for row in inside("53", "county")}
    with SHEET.open(newline="", encoding="utf-8") as sheet:
        for line in csv.DictReader(sheet):
            yield _facts(line, codes)


def _facts(line: dict[str, str], codes: dict[str, str]) -> dict[str, Any]:
    def read(column: str, kind: Callable[[str], Any]) -> Any:
        return None if NEITHER.match(line[column]) else kind(line[column])

    whole = {name: read(name, int) for name in ("plan_people", "plan_people_whole", "plan_production")}
    lon, lat = read("lon", float), read("lat", float)
    return whole | {
        "region_code": codes[line["county"]],
        "name": line["name_zh"],
        "name_en": line["name_en"],
        "kind": line["type"],
        "regime": Regime.HYDROPOWER if line["type"] == Kind.HYDROPOWER else Regime.WATER,
        "river": line["river"],
        "basin": line["basin"],
        "place": (lon, lat) if lon is not None and lat is not None else None,
        "reason": f"来源坐标为近似值：{line['note'] or line['basis']}",
        "counties": {codes[name]: Role.INVOLVED.value for name in line["also"].split(";") if name},
        "installed_mw": read("installed_mw", Decimal),
        "normal_level_m": read("normal_level_m", Decimal),
        "build": line["status"],
        "suspended": line["suspended"] == "1",
        "in_service_year": read("year", int),
        "owner_org": line["owner"],
        "plan_production_whole": read("plan_production_whole", int),
        "reported_people": read("resettled_people", int),
        "basis": line["basis"],
        "note": line["note"],
    }
