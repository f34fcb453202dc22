"""Bank rows find the allocations they carry out: by document number, else by exact amount between the two accounts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.money.field import to_yuan
from anzhi.foundation.parameters import queries as parameters
from anzhi.management.plans import services as plans
from anzhi.management.plans.states import RIVER
from anzhi.supervision.funds.models.matches import How, Match

# Words by which banks name what is theirs or the account's own: no allocation stands behind these rows.
INTERNAL = "(利息|结息|手续费|账户管理费|工本费)"

MARK_INTERNAL = """
UPDATE funds_transaction SET match_state = 'internal'
WHERE {rows} AND match_state = 'unmatched' AND NOT pending AND text ~ %(internal)s
"""

# `named` is the row's own words with document numbers made equal; `other` is the office behind the counter account.
# Few rows have either; only they are held against the allocations of their office, found by index: of rows that
# came a moment ago the planner knows nothing.
CANDIDATES = """
WITH holder AS (
  SELECT DISTINCT ON (number_index) number_index, agency_id FROM funds_supervisedaccount ORDER BY number_index, id
), rows AS MATERIALIZED (
  SELECT t.id, t.booked, t.credit, t.amount, a.agency_id, a.fund_types, a.region_code,
         coalesce(o.agency_id, n.id) AS other,
         CASE WHEN t.text || t.reference LIKE '%%号%%'
              THEN plans_document_key(t.text || ' ' || t.reference) END AS named
  FROM funds_transaction t
  JOIN funds_supervisedaccount a ON a.id = t.account_id
  LEFT JOIN holder o ON o.number_index = t.counter_index
  LEFT JOIN accounts_agency n ON n.name = t.counter_name AND o.agency_id IS NULL
  WHERE {rows} AND t.match_state = 'unmatched' AND NOT t.pending
    AND (o.agency_id IS NOT NULL OR n.id IS NOT NULL OR t.text || t.reference LIKE '%%号%%')
)
SELECT r.id, al.id, r.credit, r.amount, al.amount, r.region_code, r.booked,
       CASE WHEN strpos(r.named, al.document_key) > 0 THEN 'document' ELSE 'amount' END AS how
FROM rows r
CROSS JOIN LATERAL (
  SELECT *, from_agency_id AS wanted FROM plans_allocation WHERE r.credit AND to_agency_id = r.agency_id
  UNION ALL
  SELECT *, to_agency_id FROM plans_allocation WHERE NOT r.credit AND from_agency_id = r.agency_id
) al
WHERE al.state <> 'cancelled' AND r.booked >= al.issued_on - %(days)s
  AND (%(rivers)s::jsonb ->> al.fund_type) = ANY(r.fund_types)
  AND CASE WHEN strpos(r.named, al.document_key) > 0 THEN coalesce(r.other = al.wanted, r.amount = al.amount)
           ELSE r.other = al.wanted AND r.amount = al.amount AND abs(r.booked - al.issued_on) <= %(days)s END
ORDER BY r.booked, r.id, how DESC, al.due_on, al.id
"""
DRAWN = """
SELECT m.allocation_id, t.credit, sum(m.amount), max(t.booked) FROM funds_match m
JOIN funds_transaction t ON t.id = m.transaction_id WHERE m.allocation_id = ANY(%s) GROUP BY 1, 2
"""
MARK_MATCHED = "UPDATE funds_transaction SET match_state = 'matched_auto' WHERE id = ANY(%s)"


class Candidate(NamedTuple):
    """A bank row and an allocation it may carry out; amounts in fen."""

    transaction: int
    allocation: int
    credit: bool
    amount: int
    planned: int
    region_code: str
    booked: date
    how: str


def match_file(*, file: int, by: Actor = SYSTEM) -> set[int]:
    """Match the rows a file brought; returns the allocations touched. Part of the import's transaction."""
    return _match("file_id = %(of)s", file, by)


def match_accounts(*, accounts: Sequence[int], by: Actor = SYSTEM) -> set[int]:
    """Match what is unmatched in these accounts, after new allocations came; returns the allocations touched."""
    return _match("account_id = ANY(%(of)s)", list(accounts), by)


def _match(rows: str, of: int | list[int], by: Actor) -> set[int]:
    demand(by, Permission.STATEMENT_IMPORT)
    found = _candidates(rows, of)
    if not found:
        return set()
    touched = {candidate.allocation for candidate in found}
    links = _assign(found, _drawn(touched))
    Match.objects.bulk_create(links)
    with connection.cursor() as cursor:
        cursor.execute(MARK_MATCHED, [[link.transaction_id for link in links]])
    changed = {link.allocation_id for link in links}
    _settle(changed, by)
    return changed


def _candidates(rows: str, of: int | list[int]) -> list[Candidate]:
    rivers = "{" + ", ".join(f'"{kind}": "{river}"' for kind, river in RIVER.items()) + "}"
    days = int(parameters.value("match.days", on=timezone.localdate()))
    values = {"of": of, "internal": INTERNAL, "rivers": rivers, "days": days}
    with connection.cursor() as cursor:
        cursor.execute(MARK_INTERNAL.format(rows=rows), values)
        cursor.execute(CANDIDATES.format(rows=f"t.{rows}"), values)
        return [Candidate(*row) for row in cursor.fetchall()]


def _drawn(allocations: Iterable[int]) -> defaultdict[tuple[int, bool], int]:
    """Fen already matched of each allocation, by side."""
    drawn: defaultdict[tuple[int, bool], int] = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute(DRAWN, [list(allocations)])
        for allocation, credit, fen, _last in cursor.fetchall():
            drawn[allocation, credit] = int(fen)
    return drawn


def _assign(found: list[Candidate], drawn: defaultdict[tuple[int, bool], int]) -> list[Match]:
    """Rows in order of booking take the first allocation with room for all of them; nothing is matched twice."""
    links: list[Match] = []
    taken: set[int] = set()
    for one in found:
        if one.transaction in taken or one.amount > one.planned - drawn[one.allocation, one.credit]:
            continue
        taken.add(one.transaction)
        drawn[one.allocation, one.credit] += one.amount
        links.append(
            Match(
                region_code=one.region_code,
                allocation_id=one.allocation,
                transaction_id=one.transaction,
                amount=to_yuan(one.amount),
                how=How(one.how),
            )
        )
    return links


def _settle(allocations: set[int], by: Actor) -> None:
    sums: defaultdict[int, dict[bool, tuple[int, date]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(DRAWN, [list(allocations)])
        for allocation, credit, fen, last in cursor.fetchall():
            sums[allocation][credit] = (int(fen), last)
    nothing = (0, None)
    plans.settle(
        movements=[
            plans.Movement(
                allocation,
                to_yuan(sides.get(False, nothing)[0]),
                sides.get(False, nothing)[1],
                to_yuan(sides.get(True, nothing)[0]),
                sides.get(True, nothing)[1],
            )
            for allocation, sides in sums.items()
        ],
        by=by,
    )
