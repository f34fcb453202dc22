"""Ten million bank rows and the little tables around them, made by DuckDB as Parquet files; the same every time."""

from pathlib import Path

import duckdb

TABLES = ("rule_entry", "rule_day", "rule_account", "rule_match", "rule_leg")
AS_OF = "2026-11-22"
# one account a thousand rows; every 150th row carries out an allocation, credits as arrivals, debits as sendings
ROWS_AN_ACCOUNT, ROWS_AN_ALLOCATION = 1000, 150
MAKE = {
    "rule_entry": """
SELECT i AS id, (hash(i) % {accounts})::bigint + 1 AS account_id,
  DATE '{as_of}' - (hash(i, 1) % 1200)::int AS booked, hash(i, 2) % 10 < 3 AS credit,
  CASE WHEN hash(i, 2) % 10 < 3 THEN 3000000 + hash(i, 3) % 60000000 ELSE 10000 + hash(i, 3) % 24000000 END::bigint
    AS fen
FROM range(1, {rows} + 1) made (i)""",
    "rule_day": """
SELECT account_id, booked AS day, coalesce(sum(fen) FILTER (WHERE credit), 0)::bigint AS money_in,
  coalesce(sum(fen) FILTER (WHERE NOT credit), 0)::bigint AS money_out
FROM rule_entry GROUP BY 1, 2""",
    "rule_account": """
SELECT i AS account_id, i // 3 + 1 AS agency_id, '53' || lpad((hash(i) % 10000)::text, 4, '0') || '000000'
    AS region_code, (hash(i, 1) % 500000000)::bigint AS opening,
  DATE '{as_of}' - (hash(i, 2) % 20)::int AS covered_until
FROM range(1, {accounts} + 1) made (i)""",
    "rule_match": """
SELECT id AS entry_id, id // {every} AS allocation_id, fen, account_id FROM rule_entry
WHERE id % {every} IN (0, 1) AND id >= {every}
""",
    "rule_leg": """
SELECT i AS allocation_id, '云搬发〔2026〕' || (i // 40) || '号' AS document_key, (hash(i // 40) % 145)::bigint + 1
    AS from_agency_id, '53' || lpad((hash(i // 40) % 145)::text, 4, '0') || '000000' AS from_region,
  CASE hash(i // 40, 1) % 3 WHEN 0 THEN 'compensation' WHEN 1 THEN 'support_direct' ELSE 'support_project' END
    AS fund_type, 20000000 + (hash(i, 3) % 80000000)::bigint AS fen,
  DATE '{as_of}' - 20 - (hash(i // 40, 2) % 1180)::int AS issued_on,
  DATE '{as_of}' + 10 - (hash(i // 40, 2) % 1180)::int AS due_on, DATE '{as_of}' - (hash(i // 40, 4) % 9)::int
    AS covered_until
FROM range(1, {rows} // {every} + 1) made (i)""",
}


def make(folder: Path, rows: int) -> duckdb.DuckDBPyConnection:
    """Write the files; the connection sees them under the names that rules use."""
    engine = duckdb.connect()
    engine.execute("SET threads = 2")
    known = {"rows": rows, "accounts": max(3, rows // ROWS_AN_ACCOUNT), "every": ROWS_AN_ALLOCATION, "as_of": AS_OF}
    for name in TABLES:
        path = folder / f"{name}.parquet"
        engine.execute(f"COPY ({MAKE[name].format(**known)}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        engine.execute(f"CREATE VIEW {name} AS SELECT * FROM '{path}'")
    return engine
