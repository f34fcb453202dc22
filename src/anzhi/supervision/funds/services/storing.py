"""From the staging table into the book of transactions, set by set: each row once, however often it comes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from anzhi.supervision.funds.models import StatementFile
from anzhi.supervision.funds.rules import INTERNAL, Frame, chains
from anzhi.supervision.funds.services.learning import MANY
from anzhi.supervision.funds.services.staging import Staged

# a sample is enough to know how many rows an account has
FRUGAL = "SET LOCAL work_mem = '96MB'; SET LOCAL default_statistics_target = 10"
AS_STAGED = "CREATE TEMP VIEW funds_numbered AS SELECT s.*, s.n AS position, 1 AS occurrence FROM funds_staged s"
ORDER = """
CREATE TEMP TABLE funds_chain ON COMMIT DROP AS
SELECT row_number() OVER () AS statement, * FROM unnest(%(chains)s::int[], %(turns)s::int[]) AS known (chain, turn)
"""
# equal rows are numbered within a chain of statements; they are few, so only they are sorted
TWINS = """
CREATE TEMP TABLE funds_twin ON COMMIT DROP AS
SELECT s.n, row_number() OVER (PARTITION BY c.chain, s.account_id, s.booked, s.key ORDER BY s.n) AS occurrence
FROM funds_staged s JOIN funds_chain c USING (statement)
WHERE (s.account_id, s.booked, s.key) IN (
  SELECT account_id, booked, key FROM funds_staged GROUP BY 1, 2, 3 HAVING count(*) > 1)
"""
# the file's own order is kept, turned where it runs backwards
NUMBERED = """
CREATE TEMP VIEW funds_numbered AS
SELECT s.*, s.n * c.turn AS position, coalesce(t.occurrence, 1)::int AS occurrence
FROM funds_staged s JOIN funds_chain c USING (statement) LEFT JOIN funds_twin t USING (n)
"""
INSERT = """
INSERT INTO funds_transaction (region_code, account_id, booked, value, booked_at, credit, amount, balance_after,
  bank_ref, reference, text, counter_name, counter_mask, counter_index, counter_bank, reversal, pending, conflict,
  match_state, key, occurrence, file_id, place)
SELECT s.region_code, s.account_id, s.booked, s.value, s.booked_at, s.credit, s.fen, s.balance_after,
  left(s.bank_ref, 120), left(s.reference, 120), s.text, left(s.counter_name, 200), s.counter_mask,
  s.counter_index, left(s.counter_bank, 120), s.reversal, s.pending, false,
  CASE WHEN s.text ~ %(internal)s AND NOT s.pending THEN 'internal' ELSE 'unmatched' END,
  s.key, s.occurrence, %(file)s, s.place
FROM funds_numbered s {chosen}
ON CONFLICT (account_id, booked, key, occurrence) DO NOTHING
"""
IN_ORDER, TWINS_ONLY = "ORDER BY s.position", "WHERE s.occurrence > 1 ORDER BY s.position"
WAITING = "SELECT EXISTS (SELECT 1 FROM funds_transaction WHERE pending AND account_id = ANY(%s))"
# a pending row that comes back booked moves forward, into the file that booked it: its matching looks there; a
# pending row whose booked one is there already is dropped
SETTLE = """
WITH came AS (
  SELECT s.*, row_number() OVER (PARTITION BY s.account_id, s.key ORDER BY s.n) AS turn
  FROM funds_numbered s WHERE NOT s.pending
), waiting AS (
  SELECT id, account_id, key, row_number() OVER (PARTITION BY account_id, key ORDER BY booked, occurrence) AS turn
  FROM funds_transaction WHERE pending AND account_id = ANY(%(accounts)s)
)
UPDATE funds_transaction t SET pending = false, booked = c.booked, value = c.value, booked_at = c.booked_at,
  balance_after = c.balance_after, occurrence = c.occurrence, file_id = %(file)s, place = c.place,
  match_state = CASE WHEN t.match_state = 'unmatched' AND t.text ~ %(internal)s THEN 'internal' ELSE t.match_state END
FROM waiting w JOIN came c USING (account_id, key, turn)
WHERE t.id = w.id AND NOT EXISTS (
  SELECT 1 FROM funds_transaction o WHERE o.account_id = c.account_id AND o.booked = c.booked AND o.key = c.key
    AND o.occurrence = c.occurrence AND o.id <> t.id)
"""
DROP_LATE = """
DELETE FROM funds_staged s USING funds_transaction t
WHERE s.pending AND NOT t.pending AND t.account_id = s.account_id AND t.key = s.key
  AND t.booked BETWEEN s.booked - 10 AND s.booked + 10
"""
DETAILS = """
INSERT INTO funds_entrydetail (region_code, transaction_id, ordinal, amount, credit, bank_ref, reference,
  counter_name, counter_mask, counter_index, counter_bank, text)
SELECT t.region_code, t.id, d.ordinal, d.fen, d.credit, left(d.bank_ref, 120), left(d.reference, 120),
  left(d.counter_name, 200), d.counter_mask, d.counter_index, left(d.counter_bank, 120), d.text
FROM funds_staged_detail d JOIN funds_numbered s ON s.n = d.n
JOIN funds_transaction t ON t.account_id = s.account_id AND t.booked = s.booked AND t.key = s.key
  AND t.occurrence = s.occurrence AND t.file_id = %(file)s
ON CONFLICT (transaction_id, ordinal) DO NOTHING
"""
# the same reference on the same day and side with another amount: both stay, and both are marked
CONFLICTS = """
WITH odd AS (
  SELECT account_id, booked, bank_ref, credit FROM funds_staged WHERE bank_ref <> '' AND NOT reversal
  GROUP BY 1, 2, 3, 4 HAVING min(fen) <> max(fen)
  UNION
  SELECT s.account_id, s.booked, s.bank_ref, s.credit FROM funds_accountday d
  JOIN funds_staged s ON s.account_id = d.account_id AND s.booked = d.day
  JOIN funds_transaction t ON t.account_id = d.account_id AND t.booked = d.day AND t.bank_ref = left(s.bank_ref, 120)
    AND t.credit = s.credit AND t.amount <> s.fen AND NOT t.reversal
  WHERE s.bank_ref <> '' AND NOT s.reversal AND d.account_id = ANY(%(accounts)s)
)
UPDATE funds_transaction t SET conflict = true FROM odd
WHERE t.account_id = odd.account_id AND t.booked = odd.booked AND t.bank_ref = left(odd.bank_ref, 120)
  AND t.credit = odd.credit AND NOT t.reversal AND NOT t.conflict
"""
DAYS = """
INSERT INTO funds_accountday (region_code, account_id, day, money_in, rows_in, money_out, rows_out)
SELECT t.region_code, t.account_id, t.booked,
  coalesce(sum(t.amount) FILTER (WHERE t.credit), 0), count(*) FILTER (WHERE t.credit),
  coalesce(sum(t.amount) FILTER (WHERE NOT t.credit), 0), count(*) FILTER (WHERE NOT t.credit)
FROM (SELECT DISTINCT account_id, booked FROM funds_staged WHERE NOT pending) s
JOIN funds_transaction t ON t.account_id = s.account_id AND t.booked = s.booked AND NOT t.pending
GROUP BY 1, 2, 3
ON CONFLICT (account_id, day) DO UPDATE SET money_in = excluded.money_in, rows_in = excluded.rows_in,
  money_out = excluded.money_out, rows_out = excluded.rows_out
"""
# where every staged row was new, the days grow by what was staged: no row is read again
MORE_DAYS = """
INSERT INTO funds_accountday AS d (region_code, account_id, day, money_in, rows_in, money_out, rows_out)
SELECT min(region_code), account_id, booked,
  coalesce(sum(fen) FILTER (WHERE credit), 0), count(*) FILTER (WHERE credit),
  coalesce(sum(fen) FILTER (WHERE NOT credit), 0), count(*) FILTER (WHERE NOT credit)
FROM funds_staged WHERE NOT pending GROUP BY account_id, booked
ON CONFLICT (account_id, day) DO UPDATE SET money_in = d.money_in + excluded.money_in,
  rows_in = d.rows_in + excluded.rows_in, money_out = d.money_out + excluded.money_out,
  rows_out = d.rows_out + excluded.rows_out
"""


@dataclass(frozen=True)
class Stored:
    """What the store changed."""

    added: int
    conflicts: int


def store(file: StatementFile, staged: Staged) -> Stored:
    """Move the staged rows into the book; rows already there stay as they are."""
    size = max((frame.statement.ordinal for frame in staged.frames), default=0)
    values: dict[str, Any] = {"file": file.pk, "accounts": sorted({frame.account.pk for frame in staged.frames})}
    values |= {"chains": _chains(staged, size), "turns": _turns(staged, size), "internal": INTERNAL}
    with connection.cursor() as cursor:
        if staged.entries >= MANY:
            cursor.execute(FRUGAL)
            cursor.execute("ANALYZE funds_staged")
        cursor.execute("DROP TABLE IF EXISTS pg_temp.funds_chain, pg_temp.funds_twin CASCADE")
        if staged.pending:
            cursor.execute(DROP_LATE)
        added, settled = _insert(cursor, staged, values)
        if staged.details:
            cursor.execute(DETAILS, values)
        cursor.execute(CONFLICTS, values)
        conflicts = cursor.rowcount
        if added == staged.entries and not settled:
            cursor.execute(MORE_DAYS)
        elif added or settled:
            cursor.execute(DAYS)
    return Stored(added, conflicts)


def _insert(cursor: CursorWrapper, staged: Staged, values: dict[str, Any]) -> tuple[int, int]:
    """How many rows are new, and how many pending ones came back booked.

    Mostly no row of a file equals another: all are taken as single, in the order they lie in. Only where some were
    not taken (they were there, or they are twins), where rows wait to be booked, or the file runs backwards, is each
    row numbered.
    """
    cursor.execute(WAITING, [values["accounts"]])
    (waiting,) = cursor.fetchone()
    if waiting or -1 in values["turns"]:
        _number(cursor, values)
        settled = _executed(cursor, SETTLE, values) if waiting else 0
        return _executed(cursor, INSERT.format(chosen=IN_ORDER), values), settled
    cursor.execute(AS_STAGED)
    added = _executed(cursor, INSERT.format(chosen=""), values)
    if added < staged.entries:
        cursor.execute("DROP VIEW funds_numbered")
        _number(cursor, values)
        added += _executed(cursor, INSERT.format(chosen=TWINS_ONLY), values)
    return added, 0


def _number(cursor: CursorWrapper, values: dict[str, Any]) -> None:
    cursor.execute(ORDER, values)
    cursor.execute(TWINS)
    cursor.execute(NUMBERED)


def _executed(cursor: CursorWrapper, statement: str, values: dict[str, Any]) -> int:
    cursor.execute(statement, values)
    return cursor.rowcount


def _chains(staged: Staged, size: int) -> list[int]:
    frames = [
        Frame(known.account.pk, _fen(known.statement.opening), _fen(known.statement.closing)) for known in staged.frames
    ]
    return _spread(staged, size, chains(frames))


def _turns(staged: Staged, size: int) -> list[int]:
    return _spread(staged, size, [-1 if known.sums and known.sums.backwards else 1 for known in staged.frames])


def _spread(staged: Staged, size: int, values: list[int]) -> list[int]:
    """Values by statement number, from 1."""
    spread = [0] * size
    for known, value in zip(staged.frames, values, strict=True):
        spread[known.statement.ordinal - 1] = value
    return spread


def _fen(yuan: Decimal | None) -> int | None:
    return None if yuan is None else int(yuan * 100)
