"""Bank rows find the allocations they carry out: by document number, else by exact amount between the two accounts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.money.field import to_yuan
from anzhi.foundation.parameters import queries as parameters
from anzhi.management.plans import services as plans
from anzhi.supervision.funds.hooks import Landed
from anzhi.supervision.funds.models.matches import How, Match
from anzhi.supervision.funds.services.learning import MANY

# `named` is the row's own words with document numbers made equal; `other` is the office behind the counter account.
# The order is that of the money itself, whatever files it came in: day, larger amounts first, key.
# Few rows name an office or a document; only they are held against allocations, and find those of their office by
# index: of rows that came a moment ago the planner knows nothing, and would hold each against every allocation.
CANDIDATES = """
WITH telling AS MATERIALIZED (
  SELECT t.* FROM funds_transaction t
  WHERE {rows} AND t.match_state IN {states} AND NOT t.pending
    AND (t.counter_index IN (SELECT number_index FROM funds_supervisedaccount)
      OR t.counter_name IN (SELECT name FROM accounts_agency) OR t.text || t.reference LIKE '%%号%%')
), rows AS MATERIALIZED (
  SELECT t.id, t.account_id, t.booked, t.credit, t.amount, t.key, t.occurrence, a.number_index, a.agency_id,
         a.rivers, a.region_code, coalesce(o.agency_id, n.id) AS other,
         CASE WHEN t.text || t.reference LIKE '%%号%%'
              THEN plans_document_key(t.text || ' ' || t.reference) END AS named
  FROM telling t
  JOIN funds_supervisedaccount a ON a.id = t.account_id
  LEFT JOIN LATERAL (
    SELECT agency_id FROM funds_supervisedaccount WHERE number_index = t.counter_index LIMIT 1) o ON true
  LEFT JOIN accounts_agency n ON n.name = t.counter_name AND o.agency_id IS NULL
)
SELECT r.id, al.id, r.credit, r.amount, al.amount, r.region_code, al.issued_on, r.agency_id, r.account_id,
       CASE WHEN strpos(r.named, al.document_key) > 0 THEN 'document' ELSE 'amount' END AS how
FROM rows r
CROSS JOIN LATERAL (
  SELECT *, from_agency_id AS wanted FROM plans_allocation WHERE r.credit AND to_agency_id = r.agency_id
  UNION ALL
  SELECT *, to_agency_id FROM plans_allocation WHERE NOT r.credit AND from_agency_id = r.agency_id
) al
WHERE al.state <> 'cancelled' AND r.booked >= al.issued_on - %(days)s
  AND al.river = ANY(r.rivers)
  AND CASE WHEN strpos(r.named, al.document_key) > 0 THEN coalesce(r.other = al.wanted, r.amount = al.amount)
           ELSE r.other = al.wanted AND r.amount = al.amount AND abs(r.booked - al.issued_on) <= %(days)s END
ORDER BY r.booked, r.amount DESC, r.key, r.occurrence, r.number_index, how DESC, al.due_on, al.number
"""
NEW = "('unmatched')"
OPEN = "('unmatched', 'matched_auto')"
DRAWN = """
SELECT m.allocation_id, t.credit, sum(m.amount), max(t.booked) FROM funds_match m
JOIN funds_transaction t ON t.id = m.transaction_id WHERE m.allocation_id = ANY(%s) GROUP BY 1, 2
"""
BY_HAND = DRAWN.replace("WHERE", "WHERE m.how = 'hand' AND")
MARK = "UPDATE funds_transaction SET match_state = %s FROM unnest(%s::bigint[]) AS known (row) WHERE id = known.row"
NARROW = " AND t.account_id = ANY(%(accounts)s) AND t.booked BETWEEN %(first)s AND %(last)s"
# Rows that compete with the new ones: of the same offices and sides, since the oldest allocation concerned.
RIVALS = """
t.account_id IN (SELECT id FROM funds_supervisedaccount WHERE agency_id = ANY(%(agencies)s))
AND t.booked >= %(since)s
"""


class Candidate(NamedTuple):
    """A bank row and an allocation it may carry out; amounts in fen."""

    transaction: int
    allocation: int
    credit: bool
    amount: int
    planned: int
    region_code: str
    issued_on: date
    agency: int
    account: int
    how: str


def match_landed(*, landed: Landed, by: Actor = SYSTEM) -> set[int]:
    """Match the rows a file brought; returns the allocations touched. Part of the import's transaction.

    Few rows are found by account and day, many by reading the book: an index of files would cost every row.
    """
    demand(by, Permission.STATEMENT_IMPORT)
    first, last = landed.days
    values = {"file": landed.file, "accounts": list(landed.accounts), "first": first, "last": last}
    return _match("t.file_id = %(file)s" + (NARROW if landed.added < MANY else ""), values, by)


def match_accounts(*, accounts: Sequence[int], by: Actor = SYSTEM) -> set[int]:
    """Match what is unmatched in these accounts, after new allocations came; returns the allocations touched."""
    demand(by, Permission.STATEMENT_IMPORT)
    return _match("t.account_id = ANY(%(accounts)s)", {"accounts": list(accounts)}, by)


def _match(rows: str, values: dict[str, Any], by: Actor) -> set[int]:
    """Give the new rows and all that compete with them their allocations anew, in the order of the money.

    So the outcome depends on the rows alone, not on the files they came in or the order of those.
    """
    search = _search()
    found = _candidates(rows, NEW, search | values)
    if not found:
        return set()
    found = _with_rivals(found, search)
    wanted = _assign(found, _drawn(BY_HAND, {one.allocation for one in found}))
    changed = _replace({one.transaction for one in found}, wanted)
    _settle(changed, by)
    return changed


def _search() -> dict[str, Any]:
    return {"days": int(parameters.value("match.days", on=timezone.localdate()))}


def _candidates(rows: str, states: str, values: dict[str, Any]) -> list[Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES.format(rows=rows, states=states), values)
        return [Candidate(*row) for row in cursor.fetchall()]


def _with_rivals(found: list[Candidate], search: dict[str, Any]) -> list[Candidate]:
    """All rows that may want the same allocations, and what else those may want: until no older one turns up."""
    agencies, since = list({one.agency for one in found}), date.max
    while (oldest := min(one.issued_on for one in found)) < since:
        since = oldest
        reach = since - timedelta(days=search["days"])
        found = _candidates(RIVALS, OPEN, search | {"agencies": agencies, "since": reach})
    return found


def _replace(rows: set[int], wanted: list[Match]) -> set[int]:
    """Keep the links that stand, drop and add the others; returns the allocations whose money changed."""
    have = {
        (m.transaction_id, m.allocation_id): m for m in Match.objects.filter(transaction__in=rows).exclude(how=How.HAND)
    }
    want = {(m.transaction_id, m.allocation_id): m for m in wanted}
    gone, new = have.keys() - want.keys(), want.keys() - have.keys()
    Match.objects.filter(pk__in=[have[key].pk for key in gone]).delete()
    Match.objects.bulk_create(want[key] for key in sorted(new))
    with connection.cursor() as cursor:
        cursor.execute(MARK, ["unmatched", [row for row, _allocation in gone]])
        cursor.execute(MARK, ["matched_auto", [row for row, _allocation in new]])
    return {allocation for _row, allocation in gone | new}


def _drawn(statement: str, allocations: Iterable[int]) -> defaultdict[tuple[int, bool], int]:
    """Fen already matched of each allocation, by side."""
    drawn: defaultdict[tuple[int, bool], int] = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(allocations)])
        for allocation, credit, fen, _last in cursor.fetchall():
            drawn[allocation, credit] = int(fen)
    return drawn


def _assign(found: list[Candidate], drawn: defaultdict[tuple[int, bool], int]) -> list[Match]:
    """Each row takes the allocation it fills exactly, else the first with room for all of it; none is matched twice."""
    links: list[Match] = []
    for _row, choices in groupby(found, key=lambda one: one.transaction):
        room = [(one, one.planned - drawn[one.allocation, one.credit]) for one in choices]
        fitting = [one for one, left in room if one.amount == left] + [one for one, left in room if one.amount < left]
        if fitting:
            one = fitting[0]
            drawn[one.allocation, one.credit] += one.amount
            links.append(_link(one))
    return links


def _link(one: Candidate) -> Match:
    return Match(
        region_code=one.region_code,
        allocation_id=one.allocation,
        transaction_id=one.transaction,
        account_id=one.account,
        amount=to_yuan(one.amount),
        how=How(one.how),
    )


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
            for allocation in allocations
            for sides in [sums[allocation]]
        ],
        by=by,
    )
