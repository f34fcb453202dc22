"""Enqueue work; report how far long work has come."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued, TaskNotFound
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from anzhi.foundation.jobs.models import State

# inside a worker the app speaks over a pool of its own; a job that enqueues must stay in its own transaction
ours = JobManager(DjangoConnector())
QUIET = 0.3  # seconds between two reports of the same work
START = """
INSERT INTO jobs_progress (region_code, kind, subject, done, total, state, message, started_at, updated_at)
VALUES (%s, %s, %s, 0, %s, 'running', '', now(), now())
ON CONFLICT (kind, subject) DO UPDATE SET done = 0, total = excluded.total, state = 'running', message = '',
  region_code = excluded.region_code, started_at = now(), updated_at = now()
"""
REPORT = """
UPDATE jobs_progress SET done = %s, total = coalesce(%s, total), message = %s, state = %s, updated_at = now()
WHERE kind = %s AND subject = %s
"""


def enqueue(task: str, /, *, dedupe: str = "", after: int = 0, **arguments: Any) -> int | None:
    """Put a task in the queue as part of the open transaction; None when `dedupe` is already waiting there.

    `after` seconds may pass first. Two transactions with the same `dedupe` wait for each other's commit: name
    it as finely as the work allows. Raises TaskNotFound for an unknown task, TypeError for arguments that are
    not JSON.
    """
    json.dumps(arguments)
    if (known := app.tasks.get(task)) is None:
        raise TaskNotFound(task)
    deferrer = configure_task(
        name=task,
        job_manager=ours,
        queue=known.queue,
        priority=known.priority,
        queueing_lock=dedupe or None,
        schedule_in={"seconds": after} if after else None,
    )
    try:
        with transaction.atomic():  # a refusal costs this savepoint, not the business transaction
            return deferrer.defer(**arguments)
    except AlreadyEnqueued:
        return None


class Pen:
    """Writes progress over a connection of its own, so that a page sees it before the work commits."""

    def __init__(self, own: BaseDatabaseWrapper, kind: str, subject: str) -> None:
        self.own, self.key, self.written, self.last = own, (kind, subject), 0.0, (0, "")

    def at(self, done: int, message: str = "", total: int | None = None) -> None:
        """Report; reports that follow each other closely are left out."""
        self.last = (done, message)
        if time.monotonic() - self.written >= QUIET:
            self.close(State.RUNNING, total=total)

    def close(self, state: State, message: str | None = None, total: int | None = None) -> None:
        """Write the last report with this state."""
        done, said = self.last
        _write(self.own, REPORT, [done, total, (said if message is None else message)[:300], state, *self.key])
        self.written = time.monotonic()


@contextmanager
def progress(*, kind: str, subject: str, region_code: str, total: int | None = None) -> Iterator[Pen]:
    """Report long work under (kind, subject) while it runs, and how it ended. Call it under a scope."""
    own = connection.copy()
    try:
        _write(own, START, [region_code, kind, subject, total])
        pen = Pen(own, kind, subject)
        try:
            yield pen
        except BaseException as error:
            pen.close(State.FAILED, type(error).__name__)  # no message: it may hold what a page must not show
            raise
        pen.close(State.DONE)
    finally:
        own.close()


def _write(own: BaseDatabaseWrapper, statement: str, values: list[Any]) -> None:
    with transaction_of(own), own.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def transaction_of(own: BaseDatabaseWrapper) -> Iterator[None]:
    """A transaction on a connection that Django's registry does not know; the scope is bound at its start."""
    own.set_autocommit(False)
    try:
        yield
        own.commit()
    except BaseException:
        own.rollback()
        raise
    finally:
        own.set_autocommit(True)
