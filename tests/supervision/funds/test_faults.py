"""Kills, a database that stops, a disk that is full: whole file or nothing, and resumed by itself.

The worker is a real process and writes the phase it enters into a pipe; a seeded moment later it is killed.
"""

import os
import random
import resource
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection, transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.supervision.funds import marks, raw
from anzhi.supervision.funds.models import AccountDay, Statement, StatementFile, SupervisedAccount, Transaction
from anzhi.supervision.funds.services import receiving
from anzhi.supervision.funds.states import FileState, Source
from harness import worker
from harness.folders import until
from supervision.funds import camt
from supervision.funds.factories import account, number

pytestmark = [pytest.mark.slow, pytest.mark.fault]
ENTRIES, MOMENTS, PATIENCE = 5000, 20, 30
PHASES = ("parse", "copy", "insert", "rules", "commit")


class Ear:
    """Hears which phase the worker enters."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.pipe, self.path, self.rest = os.open(path, os.O_RDWR | os.O_NONBLOCK), path, b""

    def lines(self) -> Iterator[str]:
        """Phases as they begin; ends when nothing is heard for long."""
        while select.select([self.pipe], [], [], PATIENCE)[0]:
            *whole, self.rest = (self.rest + os.read(self.pipe, 1 << 16)).split(b"\n")
            yield from (line.decode().split()[1] for line in whole)

    def last(self, so_far: str) -> str:
        """What was said before the end."""
        while select.select([self.pipe], [], [], 0)[0]:
            self.rest += os.read(self.pipe, 1 << 16)
        words = self.rest.decode().split()
        self.rest = b""
        return words[-1] if words and words[-1] in PHASES else so_far


@pytest.fixture
def ear(live_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    """The pipe of phases; raw files lie where the worker looks for them."""
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path))
    ear = Ear(tmp_path / "phases")
    monkeypatch.setenv(marks.PLACE, str(ear.path))
    yield ear
    os.close(ear.pipe)


@pytest.fixture
def files(ear: Ear, tmp_path: Path) -> list[StatementFile]:
    """One statement each for as many accounts as there are moments, all received."""
    made = []
    for at in range(MOMENTS):
        written, path = number(), tmp_path / f"s{at}.xml"
        with system_scope(), transaction.atomic():
            account(written)
        camt.month(path, written, ENTRIES, opening=str(1000 + at))
        made.append(
            receiving.receive(raw.blocks_of(path), name=path.name, source=Source.UPLOAD, by=SYSTEM, enqueue=True)
        )
    return made


def start() -> "subprocess.Popen[bytes]":
    return worker.start("--concurrency", "1")


def kill_at(ear: Ear, phase: str, nth: int, wait: float) -> str:
    """Kill a fresh worker when it enters `phase` for the nth time, a moment later; the phase it was in."""
    process, heard = start(), Counter()
    try:
        for said in ear.lines():
            heard[said] += 1
            if said == phase and heard[said] == nth:
                break
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.wait()
    return ear.last(phase)


def stored(file: StatementFile) -> int:
    with system_scope(), transaction.atomic():
        return Transaction.objects.filter(file_id=file.pk).count()


def states() -> Counter:
    with system_scope(), transaction.atomic():
        return Counter(StatementFile.objects.values_list("state", flat=True))


def finish(expected: int) -> None:
    """Let one worker do what is left."""
    process = start()

    def done() -> bool:
        with system_scope(), transaction.atomic():
            receiving.resume()  # what the queue gave up after five dead workers; else the clock does it
        return states()[FileState.IMPORTED] == expected

    try:
        until(done)
    finally:
        process.terminate()
        process.wait()


def check(files: list[StatementFile]) -> None:
    """Totals equal the files', once; nothing is in between."""
    with system_scope(), transaction.atomic():
        for file in files:
            rows = Transaction.objects.filter(file_id=file.pk)
            signed = sum((row.signed for row in rows), Decimal(0))
            frame = Statement.objects.get(file_id=file.pk)
            assert (rows.count(), frame.opening + signed) == (ENTRIES, frame.closing)
            assert SupervisedAccount.objects.get(pk=frame.account_id).balance == frame.closing
            days = AccountDay.objects.filter(account_id=frame.account_id)
            assert sum(day.money_in - day.money_out for day in days) == signed


def test_killed_at_twenty_moments_the_files_are_there_once(
    ear: Ear, files: list[StatementFile], capsys: pytest.CaptureFixture[str]
) -> None:
    seeded, hits = random.Random(20260301), Counter()
    for at in range(MOMENTS):
        phase = PHASES[at % len(PHASES)]
        nth = seeded.randint(1, 2) if phase in ("parse", "copy") else 1
        hits[kill_at(ear, phase, nth, seeded.uniform(0, 0.02))] += 1
        assert {stored(file) for file in files} <= {0, ENTRIES}
    finish(MOMENTS)
    check(files)
    with capsys.disabled():
        sys.stdout.write(f"\n20 kills hit: {dict(hits)}\n")
    assert set(hits) == set(PHASES)


def test_a_database_that_stops_in_mid_import(ear: Ear, files: list[StatementFile]) -> None:
    """Every backend of the worker is ended at once, as an immediate stop would."""
    process = start()
    try:
        heard = ear.lines()
        for said in heard:
            if said == "insert":
                break
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert {stored(file) for file in files} <= {0, ENTRIES}
        until(lambda: states()[FileState.IMPORTED] == MOMENTS)
    finally:
        process.terminate()
        process.wait()
    check(files)


def test_a_full_disk_is_said_clearly_and_leaves_nothing(live_db: str, tmp_path: Path) -> None:
    """The process may write no file beyond 64 KiB: what a full disk looks like to it."""
    written, path = number(), tmp_path / "big.xml"
    with system_scope(), transaction.atomic():
        account(written)
    camt.month(path, written, ENTRIES)

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "anzhi", "statements", "import", str(path)],
        env=os.environ | {"ANZHI_VAR": str(tmp_path), "PYTHONPATH": str(worker.ROOT / "src")},
        preexec_fn=lambda: (
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16)),
        ),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "big.xml" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []
    assert not states()


def test_a_watched_file_is_there_within_seconds(ear: Ear, files: list[StatementFile], tmp_path: Path) -> None:
    """Dropped into the inbox of real processes, imported, put away."""
    written, path = number(), tmp_path / "drop.xml"
    with system_scope(), transaction.atomic():
        account(written)
    camt.month(path, written, 400)
    watcher = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "anzhi", "inbox"],
        env=os.environ | {"PYTHONPATH": str(worker.ROOT / "src")},
    )
    process = start()
    try:
        until(lambda: states()[FileState.IMPORTED] == MOMENTS)
        until(lambda: (tmp_path / "inbox/refused").is_dir())
        path.rename(tmp_path / "inbox/drop.xml")
        begun = time.monotonic()
        until((tmp_path / "inbox/done/drop.xml").exists)
        assert time.monotonic() - begun < 5
    finally:
        for one in (watcher, process):
            one.terminate()
            one.wait()
