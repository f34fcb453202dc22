"""One rule, two engines: the same rows give the same findings in PostgreSQL and DuckDB, to the byte."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from benchmarks.rules_sql import IDLE_FUND as WHOLE_HISTORY
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anzhi.supervision.alerts.types.base import compile_rule
from anzhi.supervision.alerts.types.catalogue import TYPES
from anzhi.supervision.alerts.types.tables import ACCOUNT, ENTRY, LEG, MATCH

pytestmark = pytest.mark.usefixtures("system")
TODAY = date(2026, 11, 22)
TABLES = {table.get_name(): table.schema() for table in (ENTRY, ACCOUNT, MATCH, LEG)}
SQL_TYPES = {"int64": "bigint", "date": "date", "boolean": "boolean", "string": "varchar"}
SUMS_OF_DAYS = """
CREATE TEMPORARY VIEW rule_day AS SELECT account_id, booked AS day,
  coalesce(sum(fen) FILTER (WHERE credit), 0)::bigint AS money_in,
  coalesce(sum(fen) FILTER (WHERE NOT credit), 0)::bigint AS money_out
FROM rule_entry GROUP BY 1, 2
"""
LIMITS = {
    "IDLE_FUND": {
        "share": Decimal("0.1"),
        "amount": Decimal(100000),
        "blue_days": Decimal(180),
        "yellow_days": Decimal(365),
        "red_days": Decimal(730),
        "red_large_days": Decimal(365),
        "red_large_amount": Decimal(10_000_000),
    },
    "TRANSFER_LATE": {
        "amount_days": Decimal(1),
        "blue_days": Decimal(1),
        "blue_before": Decimal(5),
        "yellow_days": Decimal(10),
        "yellow_amount": Decimal(10_000_000),
        "red_days": Decimal(30),
        "red_amount": Decimal(100_000_000),
    },
}
Rows = dict[str, list[tuple[Any, ...]]]


def created(name: str, temporary: str) -> str:
    columns = ", ".join(f"{column} {SQL_TYPES[str(kind).lstrip('!')]}" for column, kind in TABLES[name].items())
    return f"CREATE {temporary} TABLE {name} ({columns})"


@pytest.fixture
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    engine = duckdb.connect()
    for name in TABLES:
        engine.execute(created(name, ""))
    engine.execute(SUMS_OF_DAYS)
    yield engine
    engine.close()


@pytest.fixture
def postgres(db: None) -> None:
    """Tables of the rules' names that hide the views; gone with the test."""
    with connection.cursor() as cursor:
        for name in TABLES:
            cursor.execute(created(name, "TEMPORARY"))
        cursor.execute(SUMS_OF_DAYS)


def load(rows: Rows, duck: duckdb.DuckDBPyConnection) -> None:
    with connection.cursor() as cursor:
        for name, schema in TABLES.items():
            marks = ", ".join(["%s"] * len(schema))
            cursor.execute(f"TRUNCATE {name}")
            duck.execute(f"DELETE FROM {name}")
            if rows.get(name):
                cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", rows[name])
                duck.executemany(f"INSERT INTO {name} VALUES ({marks.replace('%s', '?')})", rows[name])


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else int(value) if isinstance(value, Decimal) else value


def golden(names: list[str], found: list[tuple[Any, ...]]) -> str:
    rows = [dict(zip(names, map(plain, row), strict=True)) for row in found]
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def both(code: str, duck: duckdb.DuckDBPyConnection) -> tuple[str, str, int]:
    """The hash on each engine, and how many findings."""
    texts = {e: compile_rule(TYPES[code], LIMITS[code], TODAY, touched=False, engine=e) for e in ("postgres", "duckdb")}
    with connection.cursor() as cursor:
        cursor.execute(texts["postgres"])
        first = [column.name for column in cursor.description]
        ours = cursor.fetchall()
    return golden(first, ours), golden(*asked(duck, texts["duckdb"])), len(ours)


def asked(duck: duckdb.DuckDBPyConnection, text: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Names and rows, fetched at once: the connection is its own cursor."""
    answer = duck.execute(text)
    return [column[0] for column in answer.description or ()], answer.fetchall()


def same(rows: Rows, duck: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many findings by rule, after both engines agreed."""
    load(rows, duck)
    counts = {}
    for code in TYPES:
        ours, theirs, counts[code] = both(code, duck)
        assert ours == theirs, code
    return counts


def account(number: int, covered: date | None, opening: int = 0) -> tuple[Any, ...]:
    return (number, number, "532328000000", opening, covered)


def leg(
    number: int, fen: int, due: date, covered: date | None, document: str = "云搬发〔2026〕63号"
) -> tuple[Any, ...]:
    return (
        number,
        document,
        number % 3,
        "532300000000",
        "support_project",
        fen,
        due - timedelta(days=30),
        due,
        covered,
    )


def test_empty_tables_give_nothing_on_both(postgres: None, duck: Any) -> None:
    assert same({}, duck) == {"IDLE_FUND": 0, "TRANSFER_LATE": 0}


def test_ties_of_a_day_are_broken_alike(postgres: None, duck: Any) -> None:
    """Five credits and two debits on one day: which credit is spent first must not depend on the engine."""
    day = TODAY - timedelta(days=400)
    entries = [(at, 1, day, True, 20_000_000) for at in (5, 3, 1, 4, 2)]
    entries += [(at, 1, day, False, 25_000_000) for at in (6, 7)]
    rows = {
        "rule_entry": entries,
        "rule_account": [account(1, TODAY)],
        "rule_match": [(at, at, 20_000_000, 1) for at in range(1, 6)],
        "rule_leg": [leg(at, 20_000_000, day, TODAY) for at in range(1, 6)],
    }
    assert same(rows, duck)["IDLE_FUND"] == 2  # the third is half spent


def test_what_is_not_known_is_null_on_both(postgres: None, duck: Any) -> None:
    day = TODAY - timedelta(days=400)
    rows = {
        "rule_entry": [(1, 1, day, True, 20_000_000), (2, 9, day, True, 20_000_000)],
        "rule_account": [account(1, None)],
        "rule_match": [(1, 1, 20_000_000, 1), (2, 2, 20_000_000, 9), (99, 98, 1, 1)],
        "rule_leg": [leg(1, 20_000_000, day, None), leg(2, 20_000_000, day, None)],
    }
    same(rows, duck)


def test_large_sums_stay_exact_on_both(postgres: None, duck: Any) -> None:
    """131.5 billion yuan in fen, times a thousand in the comparison of shares, stays inside 64 bits."""
    day, fen = TODAY - timedelta(days=800), 131_500_000_000_00
    rows = {
        "rule_entry": [(1, 1, day, True, fen), (2, 1, day, False, fen // 10 - 1)],
        "rule_account": [account(1, TODAY)],
        "rule_match": [(1, 1, fen, 1)],
        "rule_leg": [leg(1, fen, day, TODAY)],
    }
    assert same(rows, duck)["IDLE_FUND"] == 1


NUMBERS, FEN = st.integers(1, 4), st.sampled_from([1, 9_999_999, 10_000_000, 100_000_000_000])
DAYS = st.integers(-10, 800).map(lambda back: TODAY - timedelta(days=back))
COVERED = st.one_of(st.none(), DAYS)
MADE = st.fixed_dictionaries(
    {
        "rule_entry": st.lists(st.tuples(NUMBERS, DAYS, st.booleans(), FEN), max_size=12),
        "rule_account": st.lists(st.tuples(COVERED, st.integers(0, 5)), min_size=4, max_size=4),
        "rule_match": st.lists(st.tuples(st.integers(1, 12), NUMBERS), max_size=8, unique_by=lambda pair: pair[0]),
        "rule_leg": st.lists(st.tuples(FEN, DAYS, COVERED, st.sampled_from(["甲号", "乙号"])), max_size=4),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=MADE)
def test_any_rows_give_the_same_hash(postgres: None, duck: Any, made: dict[str, list[Any]]) -> None:
    rows = {
        "rule_entry": [(at, *row) for at, row in enumerate(made["rule_entry"], 1)],
        "rule_account": [account(at, covered, open_) for at, (covered, open_) in enumerate(made["rule_account"], 1)],
        "rule_match": [(entry, number, 1_000_000, number) for entry, number in made["rule_match"]],
        "rule_leg": [leg(at, *row) for at, row in enumerate(made["rule_leg"], 1)],
    }
    same(rows, duck)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=MADE)
def test_sums_of_days_spend_as_the_whole_history_does(postgres: None, duck: Any, made: dict[str, list[Any]]) -> None:
    """First in, first out over every single row, written by hand, finds the same arrivals with the same fen spent."""
    rows = {
        "rule_entry": [(at, *row) for at, row in enumerate(made["rule_entry"], 1)],
        "rule_account": [account(at, covered, open_) for at, (covered, open_) in enumerate(made["rule_account"], 1)],
        "rule_match": [(entry, number, 1_000_000, number) for entry, number in made["rule_match"]],
        "rule_leg": [leg(at, *row) for at, row in enumerate(made["rule_leg"], 1)],
    }
    load(rows, duck)
    rule, limits = TYPES["IDLE_FUND"], LIMITS["IDLE_FUND"]
    told = {p.name: p.literal(limits[p.name]) for p in rule.parameters}
    texts = [
        compile_rule(rule, limits, TODAY, touched=False, engine="duckdb"),
        WHOLE_HISTORY.format(as_of=TODAY, **told),
    ]
    ours, by_hand = (asked(duck, text) for text in texts)
    assert golden(*ours) == golden(*by_hand)
