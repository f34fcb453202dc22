"""One template database, built once by the owner; clones of it for workers and single tests.

Nothing is ever flushed: the trail refuses it. A test that must commit gets a clone of its own.
"""

import fcntl
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
SAMPLE_DAY = "2026-11-22"
SHOWING = re.compile(r"/(views|urls)(\.py$|/)|/site/(shots|serve)/")
REFERENCE = ("migrations/*.py", "management/commands/*.py", "data/*", "reference/*.py", "settings/base.py")


def fingerprint() -> str:
    """Changes with every migration and everything the reference loaders may read."""
    digest = hashlib.sha256()
    for pattern in REFERENCE:
        for path in sorted((ROOT / "src").rglob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    digest.update((ROOT / "package-lock.json").read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def as_owner(database: str = "postgres") -> Iterator[psycopg.Connection]:
    """A connection of the owner, outside Django, in autocommit."""
    with psycopg.connect(
        host=os.environ["ANZHI_PGHOST"],
        user="anzhi_owner",
        password=os.environ["ANZHI_OWNER_PW"],
        dbname=database,
        autocommit=True,
    ) as connection:
        yield connection


def template() -> str:
    """The name of the template database, built when it is not there; safe between processes."""
    name = f"anzhi_template_{fingerprint()}"
    with open(Path(os.environ["ANZHI_VAR"]) / "template.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with as_owner() as owner:
            if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return name
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name + "_new")))
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name + "_new")))
            for command in (["migrate", "--no-input", "-v0"], ["reference", "-v0"]):
                _manage(name + "_new", *command)
            owner.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name + "_new"), sql.Identifier(name))
            )
    return name


def _manage(database: str, *command: str) -> None:
    env = os.environ | {"ANZHI_PGDATABASE": database, "ANZHI_DB_ROLE": "owner"}
    subprocess.run([sys.executable, "-W", "ignore", "-m", "anzhi", *command], env=env, cwd=ROOT, check=True)


def clone(name: str, source: str = "") -> None:
    """Make `name` a fresh copy of a template, by default the empty one."""
    source = source or template()
    with as_owner() as owner:
        drop(name)
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))


def drop(name: str) -> None:
    """Drop a clone, ending whatever is still connected to it.

    PostgreSQL's own vacuum may be in it, which no plain role may end; without FORCE it makes way by itself.
    """
    statement = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    with as_owner() as owner:
        try:
            owner.execute(statement + sql.SQL(" WITH (FORCE)"))
        except psycopg.errors.InsufficientPrivilege:
            owner.execute(statement)


def sample_template() -> str:
    """A template with the sample province in it, built once for the code at hand; safe between processes."""
    name = f"anzhi_sample_{_sample_fingerprint()}"
    with open(Path(os.environ["ANZHI_VAR"]) / "sample.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with as_owner() as owner:
            if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return name
        clone(name + "_new")
        env = os.environ | {"ANZHI_PGDATABASE": name + "_new", "ANZHI_DB_ROLE": "app"}
        command = [sys.executable, "-W", "ignore", "-m", "anzhi", "sample", "--as-of", SAMPLE_DAY]
        subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with as_owner() as owner:
            owner.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name + "_new"), sql.Identifier(name))
            )
    return name


def _sample_fingerprint() -> str:
    """Changes with all code but that which only shows what is there: a page that changed builds no province anew."""
    digest = hashlib.sha256(fingerprint().encode())
    for path in sorted((ROOT / "src").rglob("*.py")):
        if not SHOWING.search(path.as_posix()):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
