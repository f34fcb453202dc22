"""Numbers of the register, given once: also where the rows that hold the others are not seen."""

from django.db import connection

# the counter's row stays locked until the transaction ends, so two at once wait for each other and leave no gap
TAKE = """
INSERT INTO projects_numbering (prefix, last) VALUES (%s, %s)
ON CONFLICT (prefix) DO UPDATE SET last = projects_numbering.last + excluded.last RETURNING last
"""


def take(prefix: str, many: int = 1) -> int:
    """The first of `many` fresh numbers under a prefix."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [prefix, many])
        return int(cursor.fetchone()[0]) - many + 1
