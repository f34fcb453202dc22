"""Writing rows by statements composed and planned once a connection: an act writes a dozen, and must stay cheap.

Django binds values into the text, so that PostgreSQL plans each statement anew, with its row security; here they are
sent beside it and the statement is prepared.
"""

from collections.abc import Sequence
from enum import Enum
from functools import cache
from typing import Any

import psycopg
from django.db import connection
from django.db.models import Field, Model


def change(row: Model, *names: str) -> None:
    """Write these fields of a row."""
    text, fields = _update(type(row), names)
    ask(text, [*_values(row, fields), row.pk])


def add(rows: Sequence[Model], *, once: bool = False) -> None:
    """Insert rows of one table and give them their numbers; `once` leaves out those that are there."""
    if not rows:
        return
    text, line, fields = _insert(type(rows[0]))
    tail = " ON CONFLICT DO NOTHING" if once else " RETURNING id"
    values = [value for row in rows for value in _values(row, fields)]
    numbers = ask(text + ", ".join([line] * len(rows)) + tail, values)
    for row, (number,) in zip(rows, numbers, strict=False):
        row.pk, row._state.adding = number, False


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> tuple[str, list[Field]]:
    fields = [model._meta.get_field(name) for name in names]
    changed = ", ".join(f'"{field.column}" = %s' for field in fields)  # type: ignore[union-attr]  # no relations back
    text = f'UPDATE "{model._meta.db_table}" SET {changed} WHERE id = %s'  # noqa: S608 — names of our own fields
    return text, fields  # type: ignore[return-value]  # the same


@cache
def _insert(model: type[Model]) -> tuple[str, str, list[Field]]:
    """The head of the statement, one line of it, and the fields written; the database fills in its own defaults."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key and not field.has_db_default()]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    text = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES '  # noqa: S608 — names of our own fields
    return text, "(" + ", ".join(["%s"] * len(fields)) + ")", fields


def ask(text: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a prepared statement answers; nothing for one that only writes."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(text, values, prepare=True)  # type: ignore[call-overload]  # text of our own, not a literal
        return cursor.fetchall() if cursor.description else []


def _values(row: Model, fields: list[Field]) -> list[Any]:
    found = (field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields)
    return [value.value if isinstance(value, Enum) else value for value in found]
