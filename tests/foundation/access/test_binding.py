"""The engine binds the scope to every transaction, whoever opens it, and lets it go with it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from anzhi.foundation.access.context import Scope, current
from anzhi.foundation.access.scope import no_scope, region_scope, system_scope

pytestmark = pytest.mark.slow


def bound() -> tuple[str, str, str]:
    """What the database has been told."""
    with connection.cursor() as cursor:
        names = ("app.region_lo", "app.region_hi", "app.actor")
        cursor.execute("SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in names))
        return cursor.fetchone()


@pytest.fixture
def free(live_db: str) -> Any:
    """A database in which transactions really begin and end."""
    yield live_db
    connection.close()


def test_each_outermost_transaction_is_bound_and_the_next_one_is_free(free: str) -> None:
    with region_scope("5323", actor="7"):
        with transaction.atomic():
            assert bound() == ("5323", "5323:", "7")
        assert bound() == ("", "", ""), "outside a transaction nothing is bound"
        with transaction.atomic():
            assert bound() == ("5323", "5323:", "7")
    with transaction.atomic():
        assert bound() == ("", "", "")


def test_a_scope_opened_inside_a_transaction_binds_it_anew_and_gives_it_back(free: str) -> None:
    with region_scope("53", actor="1"), transaction.atomic():
        with region_scope("532328", actor="2"):
            assert bound() == ("532328", "532328:", "2")
            with system_scope("3"):
                assert bound() == ("0", ":", "3")
            assert bound() == ("532328", "532328:", "2")
        assert bound() == ("53", "53:", "1")
        with no_scope():
            assert bound() == ("", "", "")
        assert bound() == ("53", "53:", "1")


def test_a_savepoint_neither_binds_nor_frees(free: str) -> None:
    with region_scope("53"), transaction.atomic():
        with transaction.atomic():
            assert bound()[0] == "53"
        with pytest.raises(RuntimeError), transaction.atomic():
            raise RuntimeError
        assert bound()[0] == "53", "a savepoint rolled back leaves what was bound before it"


def test_a_scope_that_ends_in_a_broken_transaction_does_not_hide_the_error(free: str) -> None:
    with pytest.raises(ZeroDivisionError), region_scope("53"), transaction.atomic(), region_scope("5323"):
        transaction.set_rollback(True)
        raise ZeroDivisionError
    assert current() is None
    with transaction.atomic():
        assert bound() == ("", "", "")


def test_binding_is_not_counted_as_a_question(free: str, django_assert_num_queries: Any) -> None:
    with region_scope("53"), django_assert_num_queries(3), transaction.atomic():  # BEGIN, the question, COMMIT
        bound()


def test_transactions_are_numbered_so_that_memories_can_end_with_them(free: str) -> None:
    before = connection.transactions  # type: ignore[attr-defined]
    with transaction.atomic():
        first = connection.transactions  # type: ignore[attr-defined]
        with transaction.atomic():
            assert connection.transactions == first, "a savepoint is no transaction"  # type: ignore[attr-defined]
    with transaction.atomic():
        assert connection.transactions == first + 1 == before + 2  # type: ignore[attr-defined]


def test_two_threads_never_see_each_other_s_scope(free: str) -> None:
    def work(prefix: str) -> set[str]:
        seen = set()
        for _ in range(20):
            with region_scope(prefix), transaction.atomic():
                seen.add(bound()[0])
        connection.close()
        return seen

    prefixes = ["53", "5323", "532328", "5306", "530622", "5301"]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(work, prefixes))
    assert found == [{prefix} for prefix in prefixes]


@pytest.mark.parametrize("prefix", ["5", "532", "53232", "5323280", "53x", "53 ", "532328100201000", "五三"])
def test_what_is_no_prefix_is_no_scope(prefix: str) -> None:
    with pytest.raises(ValueError, match="not a region prefix"), region_scope(prefix):
        pass
    assert current() is None


@pytest.mark.parametrize(
    ("prefix", "inside", "outside"),
    [
        ("", ["530000000000", "999999999999", "010000000000"], []),
        ("53", ["530000000000", "539999999999"], ["540000000000", "520000000000"]),
        ("532328", ["532328000000", "532328999999"], ["532327999999", "532329000000", "530000000000"]),
        ("532328100201", ["532328100201"], ["532328100202", "532328100000"]),
    ],
)
def test_bounds_and_contains_say_the_same(prefix: str, inside: list[str], outside: list[str]) -> None:
    scope = Scope(prefix)
    low, high = scope.bounds
    judged: Callable[[str], bool] = lambda code: low <= code < high  # noqa: E731 — one line, used twice
    assert [code for code in (*inside, *outside) if judged(code)] == inside
    assert [code for code in (*inside, *outside) if scope.contains(code)] == inside
