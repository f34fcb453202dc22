"""An event as canonical text: one place, used by sealing and by checking."""

from collections.abc import Iterator

from django.db import connection

from anzhi.foundation.audit.rules import leaf

# every column, by version: a column added later gets a new version, and old seals stay checkable
COLUMNS = {
    1: (
        "id",
        "region_code",
        "at",
        "name",
        "actor_id",
        "actor_label",
        "actor_agency",
        "subject_type",
        "subject_id",
        "subject_label",
        "facts",
        "xid",
    )
}
VERSION = max(COLUMNS)
BATCH = 5_000


def leaves(version: int, low: int | None, below: int) -> Iterator[tuple[int, bytes]]:
    """Number and leaf of each event whose transaction lies from `low` (None: from the beginning) up to `below`.

    The text comes from the database, the hash is made here.
    """
    # a JSON array tells NULL from "", and where a value ends; seconds since 1970 say a moment in one way only
    parts = ", ".join("extract(epoch FROM at)::text" if name == "at" else name for name in COLUMNS[version])
    query = f"SELECT id, jsonb_build_array({parts})::text FROM audit_event WHERE xid < %s"  # noqa: S608 — our own names
    values = [below]
    if low is not None:
        query, values = f"{query} AND xid >= %s", [below, low]
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"{query} ORDER BY id", values)
        while rows := cursor.fetchmany(BATCH):
            yield from ((number, leaf(text)) for number, text in rows)
