"""Writes the register of codes: set-based, safe to repeat, silent where nothing changed."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from anzhi.foundation.regions.models import Version
from anzhi.foundation.regions.reference import divisions

STAGE = (
    "CREATE TEMPORARY TABLE region_stage (code text, name text, short_name text, name_en text, level text, parent text)"
)
# parents come before children in the stage; the foreign key is checked at the end of the statement anyway
MERGE = """
INSERT INTO regions_region AS r (code, name, short_name, name_en, level, parent_id, validity_note)
SELECT code, name, short_name, name_en, level, parent, '' FROM region_stage
ON CONFLICT (code) DO UPDATE
   SET name = excluded.name, short_name = excluded.short_name, name_en = excluded.name_en
 WHERE (r.name, r.short_name, r.name_en) IS DISTINCT FROM (excluded.name, excluded.short_name, excluded.name_en)
   AND r.valid_from IS NULL AND r.valid_to IS NULL
"""
CLOSE = """
INSERT INTO regions_region (code, name, short_name, name_en, level, parent_id, successor_id, valid_to, validity_note)
VALUES (%s, %s, %s, '', 'county', (SELECT parent_id FROM regions_region WHERE code = %s), %s, %s, %s)
ON CONFLICT (code) DO NOTHING
"""
ONLY_YEAR_KNOWN = "仅知变更年份，确切日期待核实"


class Incomplete(RuntimeError):
    """The package does not hold what it held when it was checked."""


def load() -> Counter:
    """Bring the register to what the package says; returns units by tier. Later changes made here stay."""
    units = list(divisions.units())
    counts = Counter(unit.level for unit in units)
    if counts != divisions.EXPECTED:
        raise Incomplete(f"expected {divisions.EXPECTED}, found {dict(counts)}")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy("COPY region_stage FROM STDIN") as copy:
            for unit in units:
                copy.write_row((unit.code, unit.name, unit.short_name, unit.name_en, unit.level, unit.parent))
        cursor.execute(MERGE)
        changed = cursor.rowcount
        cursor.execute("DROP TABLE region_stage")
        changed += sum(_close(cursor, old) for old in divisions.predecessors())
        if changed:
            bump()
    return counts


def bump() -> None:
    """Tell every process that its names are old."""
    if not Version.objects.filter(pk=1).update(number=F("number") + 1):
        Version.objects.create(pk=1, number=1)


def _close(cursor: Any, old: divisions.Predecessor) -> int:
    """Write a closed unit. Of the day only the year is known, so the year's last day stands for it."""
    ended = date(old.year, 12, 31)
    values = [old.code, old.name, old.name, old.successor, old.successor, ended, ONLY_YEAR_KNOWN]
    cursor.execute(CLOSE, values)
    return cursor.rowcount
