"""What each form of row security lets the application see, write and lose, on tables of its own."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from anzhi.foundation.access.backend.base import BIND
from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.operations import RowSecurity, SharedRows, inside
from harness.databases import as_owner

HERE, NEAR, FAR = "532328000000", "532301000000", "530622000000"
TABLE = 'CREATE TABLE {} (id int PRIMARY KEY, region_code varchar(12) COLLATE "C", other varchar(12) COLLATE "C")'


@pytest.fixture(scope="module")
def owner(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """Three tables, one of each form, in the worker's own database; gone at the end."""
    from django.db import connections

    with as_owner(connections["default"].settings_dict["NAME"]) as connection:
        tables = ("pol_plain", "pol_both", "pol_log")
        for name in tables:
            connection.execute(TABLE.format(name))
        connection.execute(RowSecurity("pol_plain").sql)
        connection.execute(RowSecurity("pol_both", columns=("region_code", "other")).sql)
        connection.execute(RowSecurity("pol_log", insert="any").sql)
        try:
            yield connection
        finally:
            for name in tables:
                connection.execute(f"DROP TABLE {name}")


@pytest.fixture(autouse=True)
def rows(owner: psycopg.Connection) -> None:
    """One row here, one near, one far; the second column points the other way round."""
    for name in ("pol_plain", "pol_both", "pol_log"):
        owner.execute(f"DELETE FROM {name}")
        owner.execute(
            f"INSERT INTO {name} VALUES (1, %s, %s), (2, %s, %s), (3, %s, NULL)", (HERE, FAR, NEAR, NEAR, FAR)
        )


def ask(owner: psycopg.Connection, prefix: str | None, statement: str) -> list[int]:
    """The first column of what the application gets under a scope; the work is undone."""
    with owner.transaction(force_rollback=True), owner.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE anzhi_app")
        if prefix is not None:
            cursor.execute(BIND, (*Scope(prefix).bounds, "test"))
        cursor.execute(statement)
        return sorted(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("prefix", "plain", "both"),
    [
        ("", [1, 2, 3], [1, 2, 3]),
        ("53", [1, 2, 3], [1, 2, 3]),
        ("5323", [1, 2], [1, 2]),
        ("532328", [1], [1]),
        ("532301", [2], [2]),
        ("530622", [3], [1, 3]),
        ("5306", [3], [1, 3]),
        ("5301", [], []),
        (None, [], []),
    ],
    ids=[
        "every region",
        "province",
        "prefecture",
        "county",
        "next county",
        "far county",
        "far prefecture",
        "no rows",
        "no scope",
    ],
)
def test_who_sees_which_rows(owner: psycopg.Connection, prefix: str | None, plain: list[int], both: list[int]) -> None:
    assert ask(owner, prefix, "SELECT id FROM pol_plain") == plain
    assert ask(owner, prefix, "SELECT id FROM pol_both") == both
    assert ask(owner, prefix, "SELECT id FROM pol_log") == plain, "a log is read like any table"


@pytest.mark.parametrize("change", ["UPDATE {} SET other = NULL RETURNING id", "DELETE FROM {} RETURNING id"])
def test_what_is_not_seen_is_not_changed(owner: psycopg.Connection, change: str) -> None:
    assert ask(owner, "532328", change.format("pol_plain")) == [1]
    assert ask(owner, None, change.format("pol_plain")) == []
    assert owner.execute("SELECT count(*) FROM pol_plain WHERE other = %s", (NEAR,)).fetchone() == (1,)


@pytest.mark.parametrize(
    ("table", "code", "allowed"),
    [
        ("pol_plain", HERE, True),
        ("pol_plain", NEAR, False),
        ("pol_plain", FAR, False),
        ("pol_both", HERE, True),
        ("pol_both", FAR, False),
        ("pol_log", FAR, True),
        ("pol_log", HERE, True),
    ],
)
def test_a_row_is_written_into_one_s_own_area_and_logs_anywhere(
    owner: psycopg.Connection, table: str, code: str, allowed: bool
) -> None:
    def write() -> list[int]:
        returned = "" if table == "pol_log" else " RETURNING id"  # a row beyond the scope cannot be given back
        with owner.transaction(force_rollback=True), owner.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE anzhi_app")
            cursor.execute(BIND, (*Scope("532328").bounds, "test"))
            cursor.execute(f"INSERT INTO {table} VALUES (9, '{code}', NULL){returned}")  # type: ignore[arg-type]
            return [cursor.rowcount]

    if allowed:
        assert write() == [1]
    else:
        with pytest.raises(InsufficientPrivilege, match="row-level security"):
            write()


def test_a_row_cannot_be_moved_out_of_one_s_area(owner: psycopg.Connection) -> None:
    with pytest.raises(InsufficientPrivilege, match="row-level security"):
        ask(owner, "532328", f"UPDATE pol_plain SET region_code = '{FAR}' WHERE id = 1 RETURNING id")
    assert ask(owner, "53", f"UPDATE pol_plain SET region_code = '{FAR}' WHERE id = 1 RETURNING id") == [1]


def test_after_the_transaction_nothing_of_the_scope_is_left(owner: psycopg.Connection) -> None:
    """The setting then reads '', not NULL: a policy that forgot it would show everything from '' on."""
    assert ask(owner, "53", "SELECT id FROM pol_plain") == [1, 2, 3]
    setting = owner.execute("SELECT current_setting('app.region_lo', true)").fetchone()
    assert setting == ("",)
    assert ask(owner, None, "SELECT id FROM pol_plain") == []


def test_shared_rows_are_read_and_never_written(owner: psycopg.Connection) -> None:
    shared = SharedRows("pol_plain", "other >= %(low)s AND other < %(high)s")
    owner.execute(shared.sql)
    try:
        assert ask(owner, "530622", "SELECT id FROM pol_plain") == [1, 3], "row 1 points here"
        assert ask(owner, "530622", "DELETE FROM pol_plain RETURNING id") == [3]
        assert ask(owner, None, "SELECT id FROM pol_plain") == []
    finally:
        owner.execute(shared.reverse_sql)
    assert ask(owner, "530622", "SELECT id FROM pol_plain") == [3]


def test_the_owner_sees_all_and_a_reversed_operation_leaves_nothing(owner: psycopg.Connection) -> None:
    assert owner.execute("SELECT count(*) FROM pol_plain").fetchone() == (3,)
    security = RowSecurity("pol_log", insert="any")
    owner.execute(security.reverse_sql)
    try:
        assert ask(owner, None, "SELECT id FROM pol_log") == [1, 2, 3]
        flags = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'pol_log'"
        assert owner.execute(flags).fetchone() == (False, False)
    finally:
        owner.execute(security.sql)
    assert ask(owner, None, "SELECT id FROM pol_log") == []


def test_a_county_s_policy_is_an_index_range(owner: psycopg.Connection) -> None:
    """Not a filter over the table: the scope's ends are known when the plan begins to run."""
    owner.execute("CREATE INDEX pol_plain_region ON pol_plain (region_code)")
    many = "SELECT 100 + i, '53' || lpad((i % 9000)::text, 4, '0') || '000000' FROM generate_series(1, 20000) i"
    owner.execute(f"INSERT INTO pol_plain {many}")  # type: ignore[arg-type]
    owner.execute("ANALYZE pol_plain")
    with owner.transaction(force_rollback=True):
        owner.execute("SET LOCAL ROLE anzhi_app")
        owner.execute(BIND, (*Scope("532328").bounds, "test"))
        plan = "\n".join(row[0] for row in owner.execute("EXPLAIN SELECT count(*) FROM pol_plain").fetchall())
    owner.execute("DELETE FROM pol_plain WHERE id > 100")
    assert "Index Cond" in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize(
    "operation",
    [RowSecurity("t"), RowSecurity("t", ("a", "b")), RowSecurity("t", insert="any"), SharedRows("t", "a = %(low)s")],
    ids=["plain", "two columns", "a log", "shared"],
)
def test_a_migration_can_write_them_down(operation: RowSecurity | SharedRows) -> None:
    _name, arguments, named = operation.deconstruct()
    again = type(operation)(*arguments, **named)
    assert (again.sql, again.reverse_sql) == (operation.sql, operation.reverse_sql)


def test_the_condition_names_both_ends_and_survives_an_empty_setting() -> None:
    said = inside("region_code")
    assert said.count("nullif(") == 2
    assert ">= nullif(current_setting('app.region_lo', true), '')" in said
    assert "< nullif(current_setting('app.region_hi', true), '')" in said
