"""The tasks there are. An app's `jobs.py` declares its own with `@registry.task(...)`.

A task is a plain function of JSON arguments. It runs in system scope (the person who asked is an argument
when it matters, never the scope) and, unless it says otherwise, in one transaction: outside of one no row
of any region can be seen. It may run twice, when a worker died in the middle: every task is idempotent.
"""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from anzhi.foundation.access.scope import system_scope

CLOCKED = "@clock"
Work = Callable[..., None]
_labels: dict[str, str | Promise] = {}


def task(
    name: str,
    *,
    label: str | Promise = "",
    queue: str = "default",
    attempts: int = 3,
    atomic: bool = True,
    every: str = "",
    priority: int = 0,
) -> Callable[[Work], Work]:
    """Declare a task; `label` is how people call it.

    `attempts` counts failures and dead workers together. `atomic=False` is for long work that commits
    in steps of its own. `every` is a cron line (a sixth field counts seconds): the task is then enqueued
    by the clock too, never twice at a time, and takes no arguments.
    """

    def declare(work: Work) -> Work:
        @wraps(work)
        def run(**arguments: Any) -> None:
            with system_scope(f"job:{name}"), transaction.atomic() if atomic else nullcontext():
                work(**arguments)

        # procrastinate counts repetitions, and takes 0 for "without end"
        retry = RetryStrategy(max_attempts=attempts - 1, exponential_wait=3) if attempts > 1 else False
        _labels[name] = label or name
        known = app.task(name=name, queue=queue, retry=retry, priority=priority)(run)
        if every:
            _by_the_clock(known, every)
        return work

    return declare


def _by_the_clock(known: Any, every: str) -> None:
    """The clock hands each run its timestamp, which our tasks do not take."""

    def tick(timestamp: int) -> None:
        known.func()

    clocked = app.task(
        name=known.name + CLOCKED, queue=known.queue, queueing_lock=f"clock:{known.name}", priority=known.priority
    )(tick)
    app.periodic(cron=every)(clocked)


def label(name: str) -> str:
    """How people call a task; its name where nobody said."""
    return str(_labels.get(name.removesuffix(CLOCKED), name))


def names() -> list[str]:
    """All tasks declared by our apps."""
    return sorted(name for name in app.tasks if ":" not in name and not name.startswith("procrastinate."))
