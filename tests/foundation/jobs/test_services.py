"""Enqueued in the transaction, or not at all."""

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import TaskNotFound

from anzhi.foundation.access.scope import current, region_scope, system_scope
from anzhi.foundation.jobs import queries, registry
from anzhi.foundation.jobs.models import Progress, State
from anzhi.foundation.jobs.services import enqueue, progress


def jobs() -> list[tuple[str, dict]]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "args"))


def test_a_job_waits_with_its_arguments(db: None) -> None:
    assert enqueue("jobs.forget", days=3)
    assert jobs() == [("jobs.forget", {"days": 3})]
    assert queries.waiting() == {"todo": 1, "doing": 0, "failed": 0}


def test_a_rolled_back_transaction_leaves_no_job(db: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue("jobs.forget")
        raise ZeroDivisionError
    assert jobs() == []


def test_the_same_work_waits_once(db: None) -> None:
    assert enqueue("jobs.forget", dedupe="forget")
    assert enqueue("jobs.forget", dedupe="forget") is None
    assert enqueue("jobs.forget", dedupe="other")
    assert len(jobs()) == 2


def test_a_refused_double_leaves_the_transaction_usable(db: None) -> None:
    enqueue("jobs.forget", dedupe="forget")
    with transaction.atomic():
        enqueue("jobs.forget", dedupe="forget")
        enqueue("jobs.forget")
    assert len(jobs()) == 2


def test_later_means_scheduled(db: None) -> None:
    enqueue("jobs.forget", after=60)
    assert ProcrastinateJob.objects.get().scheduled_at is not None


def test_an_unknown_task_and_unsendable_arguments_are_errors(db: None) -> None:
    with pytest.raises(TaskNotFound):
        enqueue("nobody.knows")
    with pytest.raises(TypeError):
        enqueue("jobs.forget", when=object())
    assert jobs() == []


@pytest.fixture
def declared() -> object:
    """Declare a task for one test."""
    before = dict(app.tasks)
    yield registry.task
    for name in set(app.tasks) - set(before):
        del app.tasks[name]


def test_a_task_runs_in_system_scope_and_one_transaction(db: None, declared: object) -> None:
    seen = []

    @declared("test.look")
    def look(word: str) -> None:
        seen.append((word, current().prefix, current().actor, connection.in_atomic_block))

    app.tasks["test.look"].func(word="here")
    assert seen == [("here", "", "job:test.look", True)]
    assert current() is None


def test_every_task_of_ours_is_listed() -> None:
    assert "jobs.forget" in registry.names()
    assert registry.label("jobs.forget@clock") == registry.label("jobs.forget") != "jobs.forget"
    assert registry.label("nobody.knows") == "nobody.knows"
    assert not [name for name in registry.names() if "procrastinate" in name]


def test_progress_is_seen_before_the_work_commits(live_db: str) -> None:
    with system_scope(), progress(kind="import", subject="7", region_code="532328000000", total=10) as pen:
        pen.at(4, "半途")
        with transaction.atomic():
            row = queries.progress_of("import", "7")
        assert (row.done, row.total, row.percent, row.state, row.message) == (4, 10, 40, State.RUNNING, "半途")
    with system_scope(), transaction.atomic():
        assert queries.progress_of("import", "7").state == State.DONE


def test_failed_work_says_so_without_details_and_a_new_run_starts_over(live_db: str) -> None:
    with system_scope():
        work = progress(kind="import", subject="7", region_code="532328000000")
        with pytest.raises(ValueError, match="secret"), work:
            raise ValueError("secret")
        with transaction.atomic():
            row = queries.progress_of("import", "7")
            assert (row.state, row.message, row.percent) == (State.FAILED, "ValueError", None)
        with progress(kind="import", subject="7", region_code="532328000000"):
            pass
        with transaction.atomic():
            assert Progress.objects.get().state == State.DONE


def test_progress_stays_in_its_region(live_db: str) -> None:
    with system_scope(), progress(kind="import", subject="7", region_code="532328000000"):
        pass
    with region_scope("532328"), transaction.atomic():
        found = queries.progress_of("import", "7")
        assert queries.progress(found.pk) == found
    with region_scope("5301"), transaction.atomic():
        assert queries.progress_of("import", "7") is None
        assert queries.progress(found.pk) is None
