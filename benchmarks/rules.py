"""`bench rules`: both rules over ten million rows on DuckDB beside hand-written SQL; the same answer on PostgreSQL."""

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import psycopg
from django.db import transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.supervision.alerts.findings import limits_of
from anzhi.supervision.alerts.types.base import RuleType, compile_rule
from anzhi.supervision.alerts.types.catalogue import TYPES
from benchmarks import rules_data, rules_sql, scratch
from benchmarks.figures import Figure

ROWS, TURNS = 10_000_000, 3
DAY = date.fromisoformat(rules_data.AS_OF)
WRITTEN = {"IDLE_FUND": rules_sql.IDLE_FUND, "TRANSFER_LATE": rules_sql.TRANSFER_LATE}
KINDS = {"BIGINT": "bigint", "BOOLEAN": "boolean", "DATE": "date", "VARCHAR": 'text COLLATE "C"'}
Answer = tuple[list[str], list[tuple[Any, ...]]]


def run(scale: float) -> list[Figure]:
    """Every rule on every engine."""
    with scratch.database(), system_scope(), transaction.atomic():
        limits = {code: limits_of(rule, DAY) for code, rule in TYPES.items()}
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(dir=os.environ["ANZHI_VAR"]) as folder, scratch.database("template0") as name:
        engine = rules_data.make(Path(folder), round(ROWS * scale))
        with scratch.bare(name) as postgres:
            load(engine, postgres, Path(folder))
            for code, rule in TYPES.items():
                found += measure(rule, limits[code], engine, postgres)
    return found


def measure(
    rule: RuleType, limits: dict[str, Decimal], engine: duckdb.DuckDBPyConnection, postgres: psycopg.Connection
) -> list[Figure]:
    """CPU of one rule beside its hand-written text, and its answers compared."""
    key, name = rule.code.lower(), f"{rule.code} on DuckDB"
    ours = compile_rule(rule, limits, DAY, touched=False, engine="duckdb")
    values = {p.name: p.literal(limits[p.name]) for p in rule.parameters}
    plain = WRITTEN[rule.code].format(as_of=DAY, **values)
    cost, wall = best(lambda: engine.execute(ours).fetchall())
    floor, _ = best(lambda: engine.execute(plain).fetchall())
    answers = [ask(engine, ours), ask(engine, plain)]
    begun = time.monotonic()
    answers.append(ask(postgres, compile_rule(rule, limits, DAY, touched=False, engine="postgres")))
    on_postgres = time.monotonic() - begun
    different = len({digest(answer) for answer in answers}) - 1
    if not answers[0][1]:
        raise AssertionError(f"{rule.code} finds nothing in the generated rows: the figures would say nothing")
    return [
        Figure("rules", key, f"{name}, {len(answers[0][1]):,} findings", cost, "CPU s", floor),
        Figure("rules", f"{key}_wall", f"{name}, wall", wall, "s"),
        Figure("rules", f"{key}_pg", f"{rule.code} on PostgreSQL, wall", on_postgres, "s"),
        Figure("rules", "same", f"{rule.code}, differing hashes ({digest(answers[0])[:12]})", different, ""),
    ]


def best(work: Callable[[], object]) -> tuple[float, float]:
    """The least CPU and wall seconds of some turns."""
    turns = []
    for _ in range(TURNS):
        cpu, wall = time.process_time(), time.monotonic()
        work()
        turns.append((time.process_time() - cpu, time.monotonic() - wall))
    return min(cpu for cpu, _ in turns), min(wall for _, wall in turns)


def ask(engine: Any, sql: str) -> Answer:
    """Column names and rows."""
    cursor = engine.execute(sql)
    return [column[0] for column in cursor.description], cursor.fetchall()


def digest(answer: Answer) -> str:
    """One hash for the same facts, whatever the order of columns and the engine's types."""
    names, rows = answer
    order = sorted(range(len(names)), key=lambda at: names[at])
    told = sorted("|".join(_plain(row[at]) for at in order) for row in rows)
    return hashlib.sha256("\n".join([",".join(sorted(names)), *told]).encode()).hexdigest()


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, Decimal) else str(value)


def load(engine: duckdb.DuckDBPyConnection, postgres: psycopg.Connection, folder: Path) -> None:
    """The same rows into plain tables of the same names."""
    for name in rules_data.TABLES:
        columns = [(column[0], KINDS[column[1]]) for column in engine.execute(f"DESCRIBE {name}").fetchall()]
        postgres.execute(f"CREATE UNLOGGED TABLE {name} ({', '.join(map(' '.join, columns))})")  # type: ignore[arg-type]
        path = folder / f"{name}.csv"
        engine.execute(f"COPY {name} TO '{path}' (FORMAT csv, HEADER false)")
        with postgres.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:  # type: ignore[arg-type]
            for block in blocks(path):
                copy.write(block)
        path.unlink()
        postgres.execute(f"ANALYZE {name}")  # type: ignore[arg-type]


def blocks(path: Path) -> Iterable[bytes]:
    """A file in blocks."""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            yield block
