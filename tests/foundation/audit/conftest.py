"""A trail in a database of its own, with its file of seals, and a superuser who tampers."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.audit.door import action
from anzhi.foundation.regions.models import Region

CLERK = Actor(id=12, name="杨若岚", agency_name="元谋县搬迁安置办", region_code="532328000000", prefix="532328")
SUBJECT = Region(code="532328000000", name="元谋县")


def happen(name: str = "test.happened", by: Actor = CLERK, **facts: Any) -> None:
    """One committed event."""
    with action(name, by=by, on=SUBJECT, region_code="532328000000", **facts):
        pass


@pytest.fixture
def ledger_file(settings: Any, tmp_path: Path, live_db: str) -> Path:
    """The file of seals of this test's database."""
    settings.SEALS_ROOT = tmp_path
    return tmp_path / f"{live_db}.log"


@pytest.fixture
def superuser(live_db: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection with every trigger off."""
    with psycopg.connect(
        host=os.environ["ANZHI_PGHOST"],
        user="postgres",
        password=os.environ["ANZHI_SUPER_PW"],
        dbname=live_db,
        autocommit=True,
    ) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.fixture
def trail(ledger_file: Path) -> Path:
    """Twelve events of two actors under three seals; the file of seals."""
    from anzhi.foundation.audit.sealing import seal

    for group in range(3):
        for number in range(4):
            happen(by=SYSTEM if number % 2 else CLERK, amount="412000.00", note="拨付", list=[group, number])
        seal()
    return ledger_file
