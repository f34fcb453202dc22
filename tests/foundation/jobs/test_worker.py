"""Real worker processes: stopped, killed, replaced."""

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from anzhi.foundation.jobs import queries
from anzhi.foundation.jobs.services import enqueue
from harness import worker

pytestmark = pytest.mark.slow
PATIENCE = 25


class Pipes:
    """What a job says, and the sign it waits for."""

    def __init__(self, folder: Path) -> None:
        self.said, self.go = folder / "said", folder / "go"
        for path in (self.said, self.go):
            os.mkfifo(path)
        self.ear = os.open(self.said, os.O_RDWR)  # with a writer of our own the pipe never ends

    def hear(self) -> int:
        """The process that began the job."""
        assert select.select([self.ear], [], [], PATIENCE)[0], "no job began in time"
        return int(os.read(self.ear, 20))

    def allow(self) -> None:
        """Let the job end."""
        self.go.write_text("go")


@pytest.fixture
def pipes(tmp_path: Path) -> Iterator[Pipes]:
    made = Pipes(tmp_path)
    yield made
    os.close(made.ear)


@contextmanager
def working(*arguments: str) -> Iterator[int]:
    process = worker.start(*arguments)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def ask(pipes: Pipes) -> None:
    worker.declare()
    enqueue("test.wait", said=str(pipes.said), go=str(pipes.go))


def state() -> tuple[str, int]:
    return ProcrastinateJob.objects.filter(task_name="test.wait").values_list("status", "attempts").get()


@pytest.mark.fault
def test_a_job_whose_worker_is_killed_is_done_by_the_next_worker(live_db: str, pipes: Pipes) -> None:
    ask(pipes)
    with working() as first:
        assert pipes.hear() == first.pid
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert state() == ("doing", 0)
    with working() as second:
        assert pipes.hear() == second.pid
        assert queries.worker_alive()
        pipes.allow()
        second.send_signal(signal.SIGTERM)
        assert second.wait(PATIENCE) == 0
    assert state() == ("succeeded", 2)


def test_sigterm_lets_the_running_job_finish(live_db: str, pipes: Pipes) -> None:
    ask(pipes)
    with working() as process:
        pipes.hear()
        process.send_signal(signal.SIGTERM)
        pipes.allow()
        assert process.wait(PATIENCE) == 0
    assert state() == ("succeeded", 1)


def test_a_job_that_outlives_the_grace_is_left_for_another_worker(live_db: str, pipes: Pipes) -> None:
    ask(pipes)
    with working("--grace", "0.5") as process:
        pipes.hear()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == os.EX_TEMPFAIL
    assert state() == ("doing", 0)


def test_a_failed_job_is_listed_without_its_arguments(live_db: str, pipes: Pipes) -> None:
    worker.declare()
    enqueue("test.fail")
    ask(pipes)
    with working("--concurrency", "1") as process:
        pipes.hear()  # the second job begins when the first has ended
        process.send_signal(signal.SIGTERM)
        pipes.allow()
        process.wait(PATIENCE)
    (failure,) = queries.failures()
    assert (failure.task, failure.attempts) == ("test.fail", 1)
    assert failure.at is not None
    assert queries.waiting()["failed"] == 1
