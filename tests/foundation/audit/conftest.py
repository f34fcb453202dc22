"""A trail in a database of its own, with its file of seals, and a superuser who tampers."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.audit import sealing
from anzhi.foundation.audit.door import action
from anzhi.foundation.regions.models import Region

CLERK = Actor(id=12, name="杨若岚", agency_name="元谋县搬迁安置办", region_code="532328000000", prefix="532328")
HORIZON = sealing._horizon
BESIDE = """
SELECT 1 FROM pg_stat_activity
WHERE datname IS DISTINCT FROM current_database() AND backend_xid IS NOT NULL
  AND backend_xid::text::bigint = pg_snapshot_xmin(pg_current_snapshot())::text::bigint % 4294967296
"""
SUBJECT = Region(code="532328000000", name="元谋县")


def happen(name: str = "test.happened", by: Actor = CLERK, **facts: Any) -> None:
    """One committed event."""
    with action(name, by=by, on=SUBJECT, region_code="532328000000", **facts):
        pass


def alone(superuser: psycopg.Connection) -> None:
    """Wait until no older transaction of another database is open."""
    end = time.monotonic() + 60
    while superuser.execute(BESIDE).fetchone() and time.monotonic() < end:
        time.sleep(0.02)


@pytest.fixture
def ledger_file(
    settings: Any, tmp_path: Path, live_db: str, superuser: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The file of seals of this test's database, whose trail is still empty.

    Transaction numbers are the cluster's: a seal is put off while a test beside this one, in another database,
    is still in the middle of something. Here the sealer waits for it.
    """
    settings.SEALS_ROOT = tmp_path
    monkeypatch.setattr(sealing, "_horizon", lambda: alone(superuser) or HORIZON())
    superuser.execute("DELETE FROM audit_event")  # what the loaders of reference data did is not this test's matter
    return tmp_path / f"{live_db}.log"


def as_superuser(database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=os.environ["ANZHI_PGHOST"],
        user="postgres",
        password=os.environ["ANZHI_SUPER_PW"],
        dbname=database,
        autocommit=True,
    )


@pytest.fixture
def superuser(live_db: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection with every trigger off, really gone before the database is dropped."""
    with as_superuser(live_db) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection
        process = connection.info.backend_pid
    with as_superuser("postgres") as other:
        while other.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [process]).fetchone():
            time.sleep(0.01)


@pytest.fixture
def trail(ledger_file: Path) -> Path:
    """Twelve events of two actors under three seals; the file of seals."""
    from anzhi.foundation.audit.sealing import seal

    for group in range(3):
        for number in range(4):
            happen(by=SYSTEM if number % 2 else CLERK, amount="412000.00", note="拨付", list=[group, number])
        seal()
    return ledger_file
