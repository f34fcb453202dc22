"""While the sample is built commits do not wait for the disk; afterwards they do again."""

import pytest
from django.db import connection

from anzhi.sample.build import hasty

pytestmark = pytest.mark.usefixtures("db")


def waits() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        return cursor.fetchone()[0]


def test_commits_do_not_wait_inside_and_wait_afterwards() -> None:
    before = waits()
    with hasty():
        assert waits() == "off"

    assert waits() == before


def test_a_build_that_fails_leaves_no_haste_behind() -> None:
    before = waits()
    with pytest.raises(LookupError), hasty():
        raise LookupError

    assert waits() == before
