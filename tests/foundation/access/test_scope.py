"""The scope, and the policies that read it."""

import pytest
from django.db import ProgrammingError, connection, transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.scope import current, no_scope, prefix_of, region_scope, system_scope
from anzhi.foundation.accounts.models import User
from anzhi.foundation.audit.door import action
from anzhi.foundation.audit.models import Event


@pytest.mark.parametrize(
    ("code", "prefix"),
    [
        ("530000000000", "53"),
        ("532300000000", "5323"),
        ("532328000000", "532328"),
        ("532328100000", "532328100"),
        ("532328100201", "532328100201"),
    ],
)
def test_prefix_is_the_significant_part(code: str, prefix: str) -> None:
    assert prefix_of(code) == prefix


@pytest.mark.parametrize("code", ["", "53", "53232800000", "5323280000000", "53232800000x"])
def test_a_code_of_another_length_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="12 digits"):
        prefix_of(code)


def test_bounds_hold_the_subtree_and_nothing_else() -> None:
    low, high = Scope("5323").bounds
    assert low <= "532300000000" < high
    assert low <= "532399999999" < high
    assert not low <= "532400000000" < high
    assert not low <= "532299999999" < high


def test_scopes_nest_and_come_back() -> None:
    with region_scope("53"):
        with region_scope("5323"):
            assert current() == Scope("5323")
        assert current() == Scope("53")
    assert current() is None


@pytest.fixture
def trail(db: None) -> None:
    """One event in each of two counties."""
    subject = User(username="u", name="测试")
    with system_scope():
        for code in ("532328000000", "530102000000"):
            with action("test.happened", by=SYSTEM, on=subject, region_code=code):
                pass


def count() -> int:
    return Event.objects.filter(name="test.happened").count()


def test_rows_follow_the_scope(trail: None) -> None:
    with region_scope("53"):
        assert count() == 2
    with region_scope("532328"):
        assert count() == 1
    with region_scope("5304"):
        assert count() == 0


def test_no_scope_means_no_rows_also_after_another_scope(trail: None) -> None:
    with region_scope("53"):
        assert count() == 2
    with no_scope():
        assert count() == 0


def test_the_trail_is_never_changed(trail: None) -> None:
    with system_scope():
        for statement in ("UPDATE audit_event SET name = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_the_application_role_is_neither_owner_nor_inheriting(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolinherit, rolbypassrls, rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("anzhi_app", False, False, False)
