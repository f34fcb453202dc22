"""Keep the index true. Called inside the transaction that changed the thing, or by the nightly rebuild."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction

from anzhi.foundation.search import registry
from anzhi.foundation.search.registry import Found
from anzhi.foundation.search.rules import lexemes, searchable

BATCH = 2000
# no RETURNING: an entry may lie outside the writer's scope; a row that did not change is not written
WRITE = """
INSERT INTO search_searchentry AS e (kind, object_id, region_code, title, note, url, text, vector)
VALUES (%s, %s, %s, %s, %s, %s, %s, array_to_tsvector(%s::text[]))
ON CONFLICT (kind, object_id) DO UPDATE SET region_code = excluded.region_code, title = excluded.title,
  note = excluded.note, url = excluded.url, text = excluded.text, vector = excluded.vector
WHERE (e.region_code, e.title, e.note, e.url, e.text)
  IS DISTINCT FROM (excluded.region_code, excluded.title, excluded.note, excluded.url, excluded.text)
"""


def index(kind: str, rows: Iterable[Found]) -> int:
    """Add or renew entries of a kind; returns how many were handed in."""
    registry.kind(kind)
    count = 0
    with transaction.atomic(), connection.cursor() as cursor:
        for batch in _batches(rows):
            cursor.executemany(WRITE, [_values(kind, row) for row in batch])
            count += len(batch)
    return count


def remove(kind: str, object_ids: Iterable[str]) -> None:
    """Take entries out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM search_searchentry WHERE kind = %s AND object_id = ANY(%s)", [kind, list(object_ids)]
        )


def rebuild(kind: str) -> int:
    """Make the entries of a kind equal to its rows: what is gone goes, what changed is renewed."""
    known: set[str] = set()

    def seen() -> Iterator[Found]:
        for row in registry.kind(kind).rows():
            known.add(row.object_id)
            yield row

    with transaction.atomic():
        count = index(kind, seen())
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_searchentry WHERE kind = %s AND NOT object_id = ANY(%s)", [kind, list(known)]
            )
    return count


def _values(kind: str, row: Found) -> tuple[Any, ...]:
    text = searchable(row.title, row.note, row.text)
    return (kind, row.object_id, row.region_code, row.title[:200], row.note[:300], row.url, text, lexemes(text))


def _batches(rows: Iterable[Found]) -> Iterator[list[Found]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch
