"""Loads the banks."""

import csv
from pathlib import Path

from anzhi.supervision.funds.models import Bank

SEED = Path(__file__).parents[1] / "data" / "banks.csv"


def load() -> int:
    """Bring the table in line with the seed list; says how many there are."""
    with SEED.open(encoding="utf-8", newline="") as file:
        rows = [Bank(position=at, **row) for at, row in enumerate(csv.DictReader(file), 1)]
    Bank.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "short_name", "mapping", "position"],
    )
    return len(rows)
