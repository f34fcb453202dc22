"""Migration operations about who may write: there, effective, and gone again when reversed."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException, RestrictViolation

from anzhi.foundation.access.operations import AppendOnly, Guarded, Kept, WritesOnly
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


def test_kept_rows_change_but_stay(owner: psycopg.Connection) -> None:
    rule = Kept("scratch")
    owner.execute(rule.sql)
    as_app(owner, "INSERT INTO scratch (word) VALUES ('a')")
    as_app(owner, "UPDATE scratch SET word = 'b'")
    for loss in ("DELETE FROM scratch", "TRUNCATE scratch", "UPDATE scratch SET id = 7"):
        with pytest.raises(RestrictViolation, match="never removed"):
            owner.execute(loss)
        with pytest.raises((InsufficientPrivilege, RestrictViolation)):
            as_app(owner, loss)
    assert owner.execute("SELECT word FROM scratch").fetchall() == [("b",)]
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


@pytest.mark.parametrize("operation", [Guarded("t"), AppendOnly("t"), Kept("t"), WritesOnly("t", ("a", "b"))])
def test_a_migration_can_write_them_down(operation: Guarded | AppendOnly | Kept | WritesOnly) -> None:
    _name, arguments, named = operation.deconstruct()
    again = type(operation)(*arguments, **named)
    assert again.sql == operation.sql
