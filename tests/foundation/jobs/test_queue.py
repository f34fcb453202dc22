"""The queue as a worker meets it: order, patience, repeats, poison, the clock. The worker runs in this process."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from anzhi.foundation.access.scope import current, region_scope, system_scope
from anzhi.foundation.jobs import jobs, queries, registry, worker
from anzhi.foundation.jobs.services import enqueue
from anzhi.foundation.regions.models import Region
from harness import loops

pytestmark = pytest.mark.slow
Declare = Callable[..., Any]


@pytest.fixture(autouse=True)
def own(live_db: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database of its own, and a clock without tasks; those declared here are gone afterwards."""
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    before = dict(app.tasks)
    yield
    for name in set(app.tasks) - set(before):
        del app.tasks[name]
        registry._labels.pop(name, None)


def work(times: int = 1, **given: Any) -> None:
    """Do all that waits, as a worker that ends when nothing is left; jobs put off are drawn near before each turn."""
    for _ in range(times):
        ProcrastinateJob.objects.filter(status="todo").update(scheduled_at=None)
        loops.run(turn(**given))


async def turn(**given: Any) -> None:
    """What is due now."""
    with app.replace_connector(app.connector.get_worker_connector()) as known:
        async with known.open_async():
            await known.run_worker_async(
                wait=False, listen_notify=False, install_signal_handlers=False, **{"concurrency": 1} | given
            )


def close() -> None:
    """A job runs in a thread of the worker; its connection must not outlive the test."""
    connection.close()


def task(name: str, **given: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare a task whose thread closes its connection."""

    def declare(done: Callable[..., None]) -> Callable[..., None]:
        registry.task(name, **given)(done)
        known = app.tasks[name].func

        def closing(**arguments: Any) -> None:
            try:
                known(**arguments)
            finally:
                close()

        app.tasks[name].func = closing
        return done

    return declare


def states() -> list[tuple[str, str, int]]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "status", "attempts"))


def test_jobs_of_one_worker_run_in_their_order_and_urgent_ones_first() -> None:
    done: list[str] = []
    task("test.plain")(lambda word: done.append(word))
    task("test.urgent", priority=5)(lambda word: done.append(word))
    for name, word in (("plain", "一"), ("plain", "二"), ("urgent", "急"), ("plain", "三")):
        enqueue(f"test.{name}", word=word)
    work()
    assert done == ["急", "一", "二", "三"]
    assert {status for _name, status, _attempts in states()} == {"succeeded"}


def test_a_worker_of_one_queue_leaves_the_others() -> None:
    done: list[str] = []
    task("test.here", queue="long")(lambda: done.append("long"))
    task("test.there")(lambda: done.append("default"))
    enqueue("test.here")
    enqueue("test.there")
    work(queues=["long"])
    assert done == ["long"]
    assert states()[1][1] == "todo"


@pytest.mark.parametrize(
    ("attempts", "turns", "status"), [(1, 1, "failed"), (2, 1, "todo"), (2, 2, "failed"), (3, 3, "failed")]
)
def test_a_poisoned_task_is_tried_so_often_and_no_more(attempts: int, turns: int, status: str) -> None:
    tried: list[int] = []

    @task("test.poison", attempts=attempts)
    def poison() -> None:
        tried.append(1)
        raise ValueError("never")

    enqueue("test.poison")
    work(times=turns)
    assert (len(tried), states()) == (turns, [("test.poison", status, turns)])
    work()
    assert len(tried) == min(turns + 1, attempts)


def test_a_retry_waits_longer_each_time() -> None:
    task("test.poison", attempts=4)(lambda: 1 / 0)
    enqueue("test.poison")
    waits = []
    for _ in range(3):
        work()
        job = ProcrastinateJob.objects.get()
        waits.append(round((job.scheduled_at - timezone.now()) / timedelta(seconds=1)))
    assert waits == sorted(waits)
    assert waits[0] >= 0
    assert waits[2] > waits[0]


def test_a_job_that_fails_once_is_done_the_second_time_and_leaves_nothing_of_the_first() -> None:
    turns: list[int] = []
    task("test.next")(lambda: None)

    @task("test.flaky")
    def flaky() -> None:
        turns.append(1)
        enqueue("test.next")
        if len(turns) == 1:
            raise ValueError("half done")

    enqueue("test.flaky")
    work()
    assert ProcrastinateJob.objects.filter(task_name="test.next").count() == 0
    work()
    assert ProcrastinateJob.objects.filter(task_name="test.next").count() == 1
    assert states()[0] == ("test.flaky", "succeeded", 2)


def test_poison_holds_nobody_up() -> None:
    done: list[int] = []
    task("test.poison", attempts=1)(lambda: 1 / 0)
    task("test.good")(lambda: done.append(1))
    for name in ("poison", "good", "poison", "good"):
        enqueue(f"test.{name}")
    work()
    assert done == [1, 1]
    assert queries.waiting() == {"todo": 0, "doing": 0, "failed": 2}


def test_an_unknown_task_fails_and_is_listed_by_its_name() -> None:
    """Left by an older version of the system."""
    enqueue("jobs.forget")
    ProcrastinateJob.objects.filter(task_name="jobs.forget").update(task_name="old.task")
    work()
    (failure,) = queries.failures()
    assert (failure.task, failure.label) == ("old.task", "old.task")


def test_the_same_work_may_wait_again_once_it_is_taken_up() -> None:
    done: list[int] = []
    task("test.once")(lambda: done.append(1))
    assert enqueue("test.once", dedupe="once")
    assert enqueue("test.once", dedupe="once") is None
    work()
    assert enqueue("test.once", dedupe="once")
    work()
    assert done == [1, 1]


def test_the_database_itself_refuses_a_second_of_the_same() -> None:
    enqueue("jobs.forget", dedupe="once")
    row = ProcrastinateJob.objects.values("queue_name", "task_name", "queueing_lock").get()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args) VALUES (%s, %s, %s, '{}')",
            list(row.values()),
        )


def test_work_put_off_is_not_taken_up_before_its_time() -> None:
    done: list[int] = []
    task("test.later")(lambda: done.append(1))
    enqueue("test.later", after=3600)
    waits = ProcrastinateJob.objects.get().scheduled_at
    assert timedelta(minutes=59) < waits - timezone.now() < timedelta(minutes=61)
    loops.run(turn())
    assert done == []


@pytest.mark.parametrize("atomic", [True, False])
def test_a_task_runs_in_system_scope_whoever_asked(atomic: bool) -> None:
    seen: list[tuple[str, bool, int]] = []

    @task("test.look", atomic=atomic)
    def look() -> None:
        with transaction.atomic():
            seen.append((current().actor, connection.in_atomic_block, Region.objects.count()))

    with region_scope("532328"), transaction.atomic():
        enqueue("test.look")
    work()
    ((actor, _inside, regions),) = seen
    assert actor == "job:test.look"
    assert regions > 129  # the whole province, not the county of who asked


def test_arguments_come_as_they_were_given() -> None:
    heard: list[dict[str, Any]] = []
    task("test.hear")(lambda **given: heard.append(given))
    given = {"word": "大姚县", "numbers": [1, 2], "none": None, "deep": {"a": {"b": True}}}
    enqueue("test.hear", **given)
    work()
    assert heard == [given]
    assert json.loads(json.dumps(heard[0])) == given


def test_the_clock_never_stands_in_line_twice() -> None:
    done: list[int] = []
    task("test.tick", every="*/5 * * * *")(lambda: done.append(1))
    clocked = app.tasks["test.tick" + registry.CLOCKED]
    assert clocked.queueing_lock == "clock:test.tick"
    assert registry.label(clocked.name) == "test.tick"
    assert clocked.name in {name for name, _id in app.periodic_registry.periodic_tasks}
    clocked.func(timestamp=1)
    assert done == [1]


def test_finished_jobs_are_forgotten_failed_ones_wait_to_be_seen() -> None:
    for number, (status, age) in enumerate([("succeeded", 8), ("succeeded", 6), ("failed", 400), ("todo", 400)], 1):
        enqueue("jobs.forget", number=number)
        row = ProcrastinateJob.objects.latest("id")
        ProcrastinateJob.objects.filter(pk=row.pk).update(status=status)
        ProcrastinateEvent.objects.filter(job_id=row.pk).update(at=timezone.now() - timedelta(days=age))
    with system_scope(), transaction.atomic():
        jobs.forget()
    assert sorted(row.args["number"] for row in ProcrastinateJob.objects.all()) == [2, 3, 4]


def signed(silent: float) -> int:
    """A worker whose last sign of life was so many seconds ago; its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 s') RETURNING id",
            [silent],
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(("silent", "alive"), [(0, True), (29, True), (31, False)])
def test_a_worker_lives_as_long_as_it_gives_signs(silent: int, alive: bool) -> None:
    assert not queries.worker_alive()
    signed(silent)
    assert queries.worker_alive() is alive


def test_jobs_of_a_worker_that_fell_silent_are_handed_on() -> None:
    """One sweep, over real rows: the silent worker's job waits again, the living one's is left to it."""
    for name in ("silent", "living"):
        enqueue("jobs.forget", name=name)
    ids = [signed(worker.SILENCE + 5), signed(0)]
    for job, owner in zip(ProcrastinateJob.objects.order_by("id"), ids, strict=True):
        ProcrastinateJob.objects.filter(pk=job.pk).update(status="doing", worker_id=owner)
    loops.run(swept())
    assert [status for _name, status, _attempts in states()] == ["todo", "doing"]


async def swept() -> None:
    """One look of the sweep."""
    with app.replace_connector(app.connector.get_worker_connector()) as known:
        async with known.open_async():
            for job in await known.job_manager.get_stalled_jobs(seconds_since_heartbeat=worker.SILENCE):
                await worker.rescue(known, job)
