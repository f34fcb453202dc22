"""Migration operations about who may write: there, effective, and gone again when reversed."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException, RestrictViolation

from anzhi.foundation.access.operations import AppendOnly, Guarded, Named, RowSecurity, WritesOnly
from harness.databases import as_owner


@pytest.fixture
def owner(live_db: str) -> Iterator[psycopg.Connection]:
    """A scratch table of the owner's."""
    with as_owner(live_db) as connection:
        connection.execute("CREATE TABLE scratch (id serial, word text, made timestamptz DEFAULT now())")
        yield connection


def as_app(owner: psycopg.Connection, statement: str) -> None:
    """Run it with the application's rights."""
    with owner.transaction():
        owner.execute("SET LOCAL ROLE anzhi_app")
        owner.execute(statement)


def test_a_guard_wants_an_action_from_everybody(owner: psycopg.Connection) -> None:
    guard = Guarded("scratch")
    owner.execute(guard.sql)
    for write in ("INSERT INTO scratch (word) VALUES ('a')", "UPDATE scratch SET word = 'b'", "DELETE FROM scratch"):
        with pytest.raises(InsufficientPrivilege, match="needs an action"):
            owner.execute(write)
        with pytest.raises(InsufficientPrivilege, match="needs an action"):
            as_app(owner, write)
        with owner.transaction():
            owner.execute("SELECT set_config('app.action', 'test.done', true)")
            owner.execute(write)
        with pytest.raises(InsufficientPrivilege):  # the setting reads '' now, not NULL
            owner.execute(write)
    with pytest.raises(InsufficientPrivilege), owner.cursor() as cursor, cursor.copy("COPY scratch (word) FROM STDIN"):
        pass
    owner.execute(guard.reverse_sql)
    owner.execute("INSERT INTO scratch (word) VALUES ('free')")


def test_append_only_refuses_change_to_the_owner_too(owner: psycopg.Connection) -> None:
    rule = AppendOnly("scratch")
    owner.execute(rule.sql)
    as_app(owner, "INSERT INTO scratch (word) VALUES ('a')")
    for change in ("UPDATE scratch SET word = 'b'", "DELETE FROM scratch", "TRUNCATE scratch"):
        with pytest.raises(RaiseException, match="never changed"):
            owner.execute(change)
        with pytest.raises(InsufficientPrivilege):
            as_app(owner, change)
    owner.execute(rule.reverse_sql)
    as_app(owner, "UPDATE scratch SET word = 'b'")


def test_a_named_row_stays_and_may_change(owner: psycopg.Connection) -> None:
    owner.execute('CREATE TABLE leaf (scratch_id int, region_code text COLLATE "C")')
    owner.execute(RowSecurity("leaf").sql)
    rule = Named("scratch", (("leaf", "scratch_id"),))
    owner.execute(rule.sql)
    owner.execute("INSERT INTO scratch (word) VALUES ('named'), ('free')")
    owner.execute("INSERT INTO leaf VALUES (1, '532328000000')")
    as_app(owner, "UPDATE scratch SET word = 'changed' WHERE id = 1")
    as_app(owner, "DELETE FROM scratch WHERE id = 2")
    for loss in ("DELETE FROM scratch", "UPDATE scratch SET id = 7"):  # the app sees no leaf: it has no scope
        with pytest.raises(RestrictViolation, match="named by others"):
            owner.execute(loss)
        with pytest.raises(RestrictViolation, match="named by others"):
            as_app(owner, loss)
    with pytest.raises(RestrictViolation, match="named by others"):
        owner.execute("TRUNCATE scratch")
    assert owner.execute("SELECT word FROM scratch").fetchall() == [("changed",)]
    owner.execute(rule.reverse_sql)
    as_app(owner, "DELETE FROM scratch")


def test_other_columns_are_the_database_s(owner: psycopg.Connection) -> None:
    rule = WritesOnly("scratch", ("word",))
    owner.execute(rule.sql)
    as_app(owner, "INSERT INTO scratch (word) VALUES ('a')")
    with pytest.raises(InsufficientPrivilege):
        as_app(owner, "INSERT INTO scratch (word, made) VALUES ('a', '2000-01-01')")
    owner.execute(rule.reverse_sql)
    as_app(owner, "INSERT INTO scratch (word, made) VALUES ('a', '2000-01-01')")


@pytest.mark.parametrize(
    "operation", [Guarded("t"), AppendOnly("t"), Named("t", (("c", "t_id"),)), WritesOnly("t", ("a", "b"))]
)
def test_a_migration_can_write_them_down(operation: Guarded | AppendOnly | Named | WritesOnly) -> None:
    _name, arguments, named = operation.deconstruct()
    again = type(operation)(*arguments, **named)
    assert again.sql == operation.sql
