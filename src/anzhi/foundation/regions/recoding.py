"""Which columns of other apps hold region codes. All are found by their field; nobody has to tell.

A column that is no `RegionCodeField` and no foreign key to a region is told by `also`. Tables that can only grow
(the trail) keep the code that was true when they were written.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models

from anzhi.foundation.access.rows import RegionCodeField
from anzhi.foundation.regions.models import Region

GROW_ONLY = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only'"


@dataclass(frozen=True, order=True)
class Column:
    """A place where a code is stored."""

    table: str
    column: str


_told: set[Column] = set()


def also(table: str, column: str) -> None:
    """Tell of a column that the models do not show, such as one of a table made by SQL."""
    _told.add(Column(table, column))


def columns() -> list[Column]:
    """All columns to rewrite, outside this app."""
    with connection.cursor() as cursor:
        cursor.execute(GROW_ONLY)
        kept = {table for (table,) in cursor.fetchall()}
    found = {
        Column(model._meta.db_table, str(field.column))
        for model in apps.get_models()
        if model._meta.app_label != "regions" and model._meta.managed and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if _holds_code(field)
    }
    return sorted(column for column in found | _told if column.table not in kept)


def _holds_code(field: models.Field) -> bool:
    return isinstance(field, RegionCodeField) or (
        isinstance(field, models.ForeignKey) and field.related_model is Region
    )
