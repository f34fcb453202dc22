"""After many new rows: the database learns how they lie, at once and not when it next looks by itself."""

from django.db import connection, transaction

MANY = 5_000


def learn() -> None:
    """Let the planner look at the tables of money again, in a transaction of its own.

    Never inside an import: a table is learned by one at a time, and importers must not wait for each other.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT funds_learn()")
