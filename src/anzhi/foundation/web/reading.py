"""GET cannot write: PostgreSQL itself refuses it, whatever the code below a page tries."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

READS = frozenset({"GET", "HEAD", "OPTIONS"})


@contextmanager
def read_only() -> Iterator[None]:
    """A savepoint in which every write raises; PostgreSQL lifts the ban when the savepoint ends."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
