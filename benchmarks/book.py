"""A book of 2.5 million bank rows, made by set-based SQL: not through the importer, whose cost `ingest` measures."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import psycopg
from django.db import transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.network.indicators import services as indicators
from anzhi.supervision.alerts.services import engine
from benchmarks import scratch, world

ROWS = 2_500_000
COLUMNS = """region_code, account_id, booked, value, booked_at, credit, amount, balance_after, bank_ref, reference,
  text, counter_name, counter_mask, counter_index, counter_bank, reversal, pending, conflict, match_state, key,
  occurrence, file_id, place"""
FILES = """
INSERT INTO funds_statementfile (region_code, name, sha256, size, source, mapping_wanted, path, state, kind, mapping,
  errors, remarks, statements, entries, added, pending, conflicts, credits, debits, raised, regions, by_name, by_prefix,
  received_at, ended_at, attempts)
SELECT '530000000000', 'CCB' || i || '.xml', md5(i::text) || md5(i::text), 400000, 'inbox', 'auto', '', 'imported',
  'camt.053', '', '[]', '[]', 26, %(rows)s / 144, %(rows)s / 144, 0, 0, 0, 0, 0, '[]', '', '',
  now() - i * interval '2 days', now() - i * interval '2 days', 1
FROM generate_series(1, 144) i
"""
BOOK = f"""
INSERT INTO funds_transaction ({COLUMNS})
SELECT a.region_code, a.id, day, day, day + time '09:30', h %% 10 < 3, 1000 + abs(h) %% 30000000, 0,
  'R' || a.id || '-' || i, '', '大棚滴灌项目 第' || i %% 9 || '期进度款', '云南禾顺水利工程有限公司',
  '6228****' || h %% 9999, decode(md5(h::text), 'hex'), '中国农业银行', false, false, false, 'unmatched',
  decode(md5(a.id || '-' || i), 'hex'), 1, f.low + (a.id %% 144), 'Stmt[1]/Ntry[' || i || ']'
FROM funds_supervisedaccount a CROSS JOIN (SELECT min(id) AS low FROM funds_statementfile) f
CROSS JOIN generate_series(1, %(rows)s / (SELECT count(*) FROM funds_supervisedaccount)) i
CROSS JOIN LATERAL (SELECT hashint8(a.id * 1000003 + i) AS h, %(today)s::date - (360 - i * 360 /
  (%(rows)s / (SELECT count(*) FROM funds_supervisedaccount)))::int AS day) made
ORDER BY day, a.id
"""
# the first row of an account in each sixth of the year carries out one of its allocations
ARRIVALS = """
WITH leg AS (
  SELECT al.id AS allocation_id, a.id AS account_id, al.amount, al.issued_on, a.region_code
  FROM plans_allocation al JOIN funds_supervisedaccount a ON a.agency_id = al.to_agency_id
), row AS (
  SELECT leg.allocation_id, leg.region_code, leg.account_id, leg.amount,
    (SELECT t.id FROM funds_transaction t
     WHERE t.account_id = leg.account_id AND t.credit AND t.booked >= leg.issued_on + 3
     ORDER BY t.booked, t.id LIMIT 1) AS id
  FROM leg
)
INSERT INTO funds_match (region_code, allocation_id, transaction_id, account_id, amount, how)
SELECT region_code, allocation_id, id, account_id, amount, 'document' FROM row WHERE id IS NOT NULL
ON CONFLICT DO NOTHING
"""
DAYS = """
INSERT INTO funds_accountday (region_code, account_id, day, money_in, rows_in, money_out, rows_out)
SELECT region_code, account_id, booked, coalesce(sum(amount) FILTER (WHERE credit), 0), count(*) FILTER (WHERE credit),
  coalesce(sum(amount) FILTER (WHERE NOT credit), 0), count(*) FILTER (WHERE NOT credit)
FROM funds_transaction GROUP BY 1, 2, 3
"""
STATEMENTS = """
INSERT INTO funds_statement (region_code, file_id, account_id, ordinal, number, from_date, to_date, opening, closing,
  entries)
SELECT a.region_code, (SELECT min(id) FROM funds_statementfile) + a.id %% 144, a.id, a.id, '', %(today)s::date - 360,
  %(today)s::date, 900000000000, 0, 0 FROM funds_supervisedaccount a
"""
COVERED = """
UPDATE funds_supervisedaccount SET balance = 123456789, balance_at = %(today)s, covered_until = %(today)s
"""


@contextmanager
def filled(rows: int) -> Iterator[str]:
    """A scratch database with so many rows, statistics, alerts raised by the engine; its name."""
    with scratch.database() as name:
        held = world.accounts()
        world.allocations(held, 6, Random(3))
        with scratch.bare(name) as plain:
            fill(plain, rows)
        with system_scope(), transaction.atomic():
            regions = {account.region_code for account in world.numbered()}
            indicators.refresh(indicators=["money", "entries"], regions=regions, by=SYSTEM)
            engine.run(as_of=world.TODAY)
        with scratch.bare(name) as plain:
            plain.execute("ANALYZE")
        yield name


def fill(plain: psycopg.Connection, rows: int) -> None:
    """Rows first, indexes afterwards."""
    values = {"rows": rows, "today": world.TODAY}
    plain.execute(FILES, values)
    indexes = drop_indexes(plain)
    plain.execute(BOOK, values)
    for statement in indexes:
        plain.execute(statement)  # type: ignore[arg-type]  # what PostgreSQL itself wrote
    plain.execute("ANALYZE funds_transaction")
    for sql in (ARRIVALS, DAYS, STATEMENTS, COVERED):
        plain.execute(sql, values)
    plain.execute("VACUUM funds_transaction")  # type: ignore[arg-type]


def drop_indexes(plain: psycopg.Connection) -> list[str]:
    """Take away the indexes that no constraint needs; answers how to make them again."""
    found = plain.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'funds_transaction' AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint WHERE conrelid = 'funds_transaction'::regclass)"
    ).fetchall()
    for name, _ in found:
        plain.execute(f'DROP INDEX "{name}"')  # type: ignore[arg-type]
    return [statement for _, statement in found]
