"""Rows that tests put straight into guarded tables: they stand for an act that happened before the test."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def acting(name: str = "test.arranged") -> Iterator[None]:
    """As inside of `audit.action`, without an event."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.action', %s, true)", [name])
        yield
        cursor.execute("SELECT set_config('app.action', '', true)")
