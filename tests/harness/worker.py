"""A worker as it runs in production, that also knows the tasks of the tests. They speak through named pipes."""

import os
import subprocess
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]


def declare() -> None:
    """The tasks; also called by the tests, which enqueue."""
    from procrastinate.contrib.django import app

    from anzhi.foundation.jobs.registry import task

    if "test.wait" not in app.tasks:
        task("test.wait", atomic=False)(wait)
        task("test.fail", attempts=1)(fail)


def wait(said: str, go: str) -> None:
    """Say that we began, then wait to be allowed to end."""
    with open(said, "w") as pipe:
        pipe.write(f"{os.getpid()}\n")
    with open(go) as pipe:
        pipe.read()


def fail() -> None:
    """A job that cannot be done."""
    raise ValueError("never")


def start(*arguments: str) -> subprocess.Popen:
    """Start a worker that counts silent workers as dead after two seconds."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", __file__, *arguments],
        env=os.environ | {"PYTHONPATH": path, "ANZHI_WORKER_SILENCE": "2"},
    )


if __name__ == "__main__":
    django.setup()
    declare()
    from django.core.management import call_command

    call_command("work", *sys.argv[1:])
