"""Find things."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.context import Scope
from anzhi.foundation.search import registry
from anzhi.foundation.search.registry import Kind
from anzhi.foundation.search.rules import marked, terms, tsquery

SEARCH = """
WITH hits AS (
  SELECT kind, object_id, region_code, title, note, url,
         row_number() OVER (PARTITION BY kind ORDER BY strpos(text, %(first)s), length(text), object_id) AS place,
         count(*) OVER (PARTITION BY kind) AS total
  FROM search_searchentry
  WHERE kind = ANY(%(kinds)s) AND region_code >= %(low)s AND region_code < %(high)s
    AND vector @@ %(lexemes)s::tsquery
    AND (SELECT bool_and(strpos(text, term) > 0) FROM unnest(%(terms)s::text[]) AS term)
)
SELECT kind, object_id, region_code, title, note, url, total FROM hits WHERE place <= %(most)s ORDER BY kind, place
"""


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    object_id: str
    region_code: str
    title: str
    note: str
    url: str
    parts: list[tuple[str, bool]]  # the title, what matched marked


@dataclass(frozen=True)
class Group:
    """What was found of one kind: the best hits, and how many there are in all."""

    kind: Kind
    total: int
    hits: list[Hit]


def search(question: str, actor: Actor, *, most: int = 20, only: str = "") -> list[Group]:
    """Things of the actor's area whose text holds every word of the question, best first, grouped by kind."""
    kinds = {kind.name: kind for kind in registry.open_to(actor) if only in ("", kind.name)}
    words = terms(question)
    if not words or not kinds or actor.prefix == "":
        return []
    low, high = Scope(actor.prefix).bounds
    values: dict[str, Any] = {
        "first": words[0],
        "terms": words,
        "lexemes": tsquery(words),
        "kinds": list(kinds),
        "low": low,
        "high": high,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(SEARCH, values)
        rows = cursor.fetchall()
    found: dict[str, Group] = {}
    for kind, object_id, region_code, title, note, url, total in rows:
        group = found.setdefault(kind, Group(kinds[kind], total, []))
        group.hits.append(Hit(object_id, region_code, title, note, url, marked(title, words)))
    return [found[name] for name in kinds if name in found]
