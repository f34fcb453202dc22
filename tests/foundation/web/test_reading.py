"""The ban on writing: every way to write is refused, and it is lifted exactly at the end."""

import pytest
from django.db import InternalError, connection, transaction

from anzhi.foundation.accounts.models import User
from anzhi.foundation.web.reading import read_only

pytestmark = pytest.mark.django_db
WRITES = (
    "INSERT INTO accounts_department (name, agency_id) SELECT 'x', id FROM accounts_agency LIMIT 1",
    "UPDATE accounts_user SET name = 'x'",
    "DELETE FROM accounts_user",
    "CREATE TABLE anything (x int)",
    "SELECT nextval('accounts_user_id_seq')",
)


def run(sql: str) -> None:
    """One statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("sql", WRITES)
def test_no_way_to_write(sql: str) -> None:
    with pytest.raises(InternalError, match="read-only transaction"), read_only():
        run(sql)


def test_the_orm_is_refused_too() -> None:
    with pytest.raises(InternalError, match="read-only transaction"), read_only():
        User.objects.create(username="x", name="x")


def test_reading_goes_on_inside_savepoints() -> None:
    with read_only(), transaction.atomic():
        assert User.objects.count() >= 0
        with pytest.raises(InternalError), transaction.atomic():
            run(WRITES[1])
        assert User.objects.count() >= 0


def test_nobody_lifts_the_ban_from_inside() -> None:
    with pytest.raises(InternalError, match="cannot set transaction read-write"), read_only():
        run("SET TRANSACTION READ WRITE")


def test_the_ban_ends_with_its_block() -> None:
    with read_only():
        pass
    user = User.objects.create_user("after", name="后")
    with pytest.raises(InternalError), read_only():
        run(WRITES[2])
    assert User.objects.get(pk=user.pk).name == "后"
    User.objects.filter(pk=user.pk).update(name="又后")


def test_the_ban_is_the_database_s_own_state() -> None:
    def state() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            return str(cursor.fetchone()[0])

    assert state() == "off"
    with read_only():
        assert state() == "on"
    assert state() == "off"
