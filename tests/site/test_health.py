"""`/healthz`: well, behind, without a worker; and nothing that would help a stranger."""

from typing import Any

import pytest
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from anzhi.site import health
from harness.people import client_of, user_at

pytestmark = pytest.mark.django_db


def asked() -> tuple[int, dict[str, Any]]:
    answer = Client(raise_request_exception=False).get("/healthz")
    return answer.status_code, answer.json()


@pytest.mark.parametrize(("alive", "worker"), [(True, "ok"), (False, "silent")])
def test_a_silent_worker_is_said_and_pages_are_still_well(
    monkeypatch: pytest.MonkeyPatch, alive: bool, worker: str
) -> None:
    monkeypatch.setattr(health, "worker_alive", lambda: alive)
    assert asked() == (200, {"status": "ok", "database": "ok", "migrations_to_run": 0, "worker": worker})


def test_a_database_behind_its_migrations_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: [("a", False), ("b", False)])
    assert asked() == (503, {"status": "behind", "database": "ok", "migrations_to_run": 2, "worker": "unknown"})


def test_a_database_that_is_gone_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*args: object) -> None:
        raise OperationalError("connection refused: secret-host")

    monkeypatch.setattr(health, "MigrationExecutor", gone)
    assert asked() == (503, {"status": "down", "database": "silent"})


def test_who_is_logged_in_is_not_asked_for(django_assert_max_num_queries: Any) -> None:
    """A session is a question to the database: it would answer an error page where JSON was promised."""
    someone = client_of(user_at("finance"))
    with django_assert_max_num_queries(6) as asked_for:
        assert someone.get("/healthz").headers["Content-Type"] == "application/json"
    assert not any("django_session" in query["sql"] for query in asked_for.captured_queries)


def test_anybody_may_ask_and_nothing_is_written(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(6) as asked_for:
        assert Client().get("/healthz").status_code == 200
    assert not any(query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) for query in asked_for.captured_queries)
