"""Databases and folders of a benchmark's own, gone at its end."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from django.db import connection, connections
from tests.harness import databases

# one process does the work that is measured: helpers of the database would hide from the meter
ALONE = "ALTER DATABASE {} SET max_parallel_workers_per_gather = 0"
numbers, TURNS, PAUSE = count(1), 60, 1.0


@contextmanager
def folder() -> Iterator[Path]:
    """A var folder of our own, also for every process that we start; set before Django reads its settings."""
    real = Path(os.environ["ANZHI_VAR"])
    made = Path(tempfile.mkdtemp(prefix="bench-", dir=real))
    os.environ["ANZHI_VAR"] = str(made)
    if (real / "static").is_dir():
        (made / "static").symlink_to(real / "static")
    try:
        yield made
    finally:
        os.environ["ANZHI_VAR"] = str(real)
        shutil.rmtree(made)


@contextmanager
def database(source: str = "") -> Iterator[str]:
    """A clone of the template, or an empty database with `source="template0"`; Django works on it meanwhile."""
    name, before = f"anzhi_bench_{os.getpid()}_{next(numbers)}", connection.settings_dict["NAME"]
    databases.clone(name, source)
    with databases.as_owner() as owner:
        owner.execute(ALONE.format(name))  # type: ignore[arg-type]  # a name of our own
    _use(name)
    try:
        yield name
    finally:
        _use(before)
        drop(name)


def drop(name: str) -> None:
    """Drop a database; the server's own vacuum may sit in it, which the owner may not end, so it is asked again."""
    for turn in range(TURNS):
        try:
            databases.drop(name)
        except psycopg.errors.InsufficientPrivilege:
            if turn == TURNS - 1:
                raise
            time.sleep(PAUSE)
        else:
            return


def _use(name: str) -> None:
    connection.close()
    for settings in (connections.databases["default"], connection.settings_dict):
        settings["NAME"] = name
    os.environ["ANZHI_PGDATABASE"] = name


def bare(database: str, role: str = "owner", *, autocommit: bool = True) -> psycopg.Connection:
    """A plain connection without Django."""
    secret = os.environ["ANZHI_OWNER_PW" if role == "owner" else "ANZHI_APP_PW"]
    known = {"host": os.environ["ANZHI_PGHOST"], "user": f"anzhi_{role}", "password": secret}
    return psycopg.connect(**known, dbname=database, autocommit=autocommit)
