"""Stores an edition of boundaries: replaces the open one of its tier, keeps the old with its last day."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import shapely
from django.db import connection, transaction
from shapely import MultiPolygon

from anzhi.foundation.regions import codes
from anzhi.foundation.regions.models import Band, Boundary, Edition, Level
from anzhi.foundation.regions.reference import coverage, register, tianditu

STAGE = (
    "CREATE TEMPORARY TABLE boundary_stage (code text, level text, band int, area bytea, label bytea) ON COMMIT DROP"
)
STORE = """
INSERT INTO regions_boundary
       (edition_id, region_id, level, band, geometry, geometry_3857, label_point, area_km2, valid_from)
SELECT %s, code, level, band, g, ST_Transform(g, 3857), ST_SetSRID(ST_GeomFromWKB(label), 4326),
       round((ST_Area(g::geography) / 1e6)::numeric, 3), %s
  FROM (SELECT *, ST_SetSRID(ST_GeomFromWKB(area), 4326) AS g FROM boundary_stage) AS staged
"""


def load_shipped() -> Edition | None:
    """Store the shipped county boundaries; None when they, or something newer, are already there."""
    if Edition.objects.filter(level=Level.COUNTY).exists():
        return None
    areas = {area.code: area.geometry for area in tianditu.areas()}
    areas, filled = coverage.fill_slivers(areas)
    notes = [{"kind": "filled", "code": f.code, "lon": f.lon, "lat": f.lat} for f in filled]
    return store(Level.COUNTY, areas, source=tianditu.SOURCE, approval_number=tianditu.APPROVAL, notes=notes)


def store(
    level: str, areas: dict[str, MultiPolygon], *, source: str, valid_from: date | None = None, **facts: Any
) -> Edition:
    """Write an edition in all bands; boundaries of its tiers that were open end the day before."""
    with transaction.atomic():
        _end_open(level, valid_from)
        edition = Edition.objects.create(
            level=level, source=source, fingerprint=fingerprint(areas), valid_from=valid_from, **facts
        )
        with connection.cursor() as cursor:
            cursor.execute(STAGE)
            with cursor.copy("COPY boundary_stage FROM STDIN (FORMAT binary)") as copy:
                copy.set_types(["text", "text", "int4", "bytea", "bytea"])
                for row in _rows(level, areas):
                    copy.write_row(row)
            cursor.execute(STORE, [edition.pk, valid_from])
            cursor.execute("DROP TABLE boundary_stage")
        register.bump()
    return edition


def fingerprint(areas: dict[str, MultiPolygon]) -> str:
    """A hash of codes and coordinates."""
    digest = hashlib.sha256()
    for code in sorted(areas):
        digest.update(code.encode() + shapely.to_wkb(areas[code]))
    return digest.hexdigest()


def _end_open(level: str, valid_from: date | None) -> None:
    last_day = (valid_from or date.today()) - timedelta(days=1)  # noqa: DTZ011 — a calendar day, not a moment
    open_editions = Edition.objects.filter(level=level).valid()
    Boundary.objects.filter(edition__in=open_editions).valid().update(valid_to=last_day)
    open_editions.update(valid_to=last_day)


def _rows(level: str, areas: dict[str, MultiPolygon]) -> Iterator[tuple[str, str, int, bytes, bytes]]:
    """Towns do not bring the tiers above them: those come from the counties' edition."""
    for band, shapes in coverage.bands(areas).items():
        labels = {code: coverage.label_point(area) for code, area in shapes.items()}
        for code, area in shapes.items():
            tier = codes.level(code)
            if level == Level.COUNTY or tier == level:
                yield code, tier, Band(band).value, shapely.to_wkb(area), shapely.to_wkb(labels[code])
