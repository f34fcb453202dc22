"""The sealer: what it takes, what it waits for, what it writes outside."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit import ledger, sealing
from anzhi.foundation.audit.checking import verify
from anzhi.foundation.audit.jobs import seal_forever
from anzhi.foundation.audit.leaves import COLUMNS, VERSION
from anzhi.foundation.audit.models import Event, Seal
from anzhi.foundation.audit.rules import Stamp
from anzhi.foundation.audit.sealing import Disagreement, seal
from foundation.audit.conftest import happen

INSERT = """
INSERT INTO audit_event (name, actor_label, actor_agency, subject_type, subject_id, subject_label, region_code, facts)
VALUES ('slow.one', 'x', '', 't', '1', 's', '532328000000', '{}')
"""


def seals() -> list[Seal]:
    return list(Seal.objects.order_by("number"))


def other(live_db: str) -> psycopg.Connection:
    """Another transaction of the application, outside Django."""
    return psycopg.connect(
        host=os.environ["ANZHI_PGHOST"], user="anzhi_app", password=os.environ["ANZHI_APP_PW"], dbname=live_db
    )


def test_a_leaf_covers_every_column() -> None:
    assert set(COLUMNS[VERSION]) == {field.column for field in Event._meta.concrete_fields}


def test_seals_chain_and_the_file_knows_them(trail: Path) -> None:
    made = seals()
    loaded = made[0].count
    assert [row.number for row in made] == [1, 2, 3]
    assert [row.count for row in made[1:]] == [4, 4]
    assert [bytes(row.previous) for row in made[1:]] == [bytes(row.hash) for row in made[:2]]
    assert [line.digest for line in ledger.read(trail)] == [bytes(row.hash).hex() for row in made]
    assert verify().events == loaded + 8


def test_nothing_new_makes_no_seal(trail: Path) -> None:
    assert seal() == 0
    assert len(seals()) == 3
    assert [str(row) for row in seals()] == ["1", "2", "3"]


def test_a_transaction_that_commits_late_is_never_slipped_under_a_seal(trail: Path, live_db: str) -> None:
    with other(live_db) as late:
        late.execute(INSERT)  # holds a low number and is not committed
        happen()
        assert seal() == 0  # the newer event waits
        late.commit()
    assert seal() == 2
    assert verify().unsealed == 0


def test_a_low_number_taken_before_its_transaction_number_is_no_false_alarm(trail: Path, live_db: str) -> None:
    with other(live_db) as early, other(live_db) as late:
        early.execute("SELECT pg_current_xact_id()")
        late.execute("SELECT pg_current_xact_id()")
        late.execute(INSERT)  # the lower event number, the higher transaction number
        early.execute(INSERT)
        early.commit()
        assert seal() == 1
        late.commit()
    assert seal() == 1
    with system_scope(), transaction.atomic():
        numbers = list(Event.objects.filter(name="slow.one").order_by("id").values_list("xid", flat=True))
    assert numbers == sorted(numbers, reverse=True)
    assert verify().unsealed == 0


def test_a_rolled_back_event_leaves_a_gap_and_no_alarm(trail: Path, live_db: str) -> None:
    with other(live_db) as lost:
        lost.execute(INSERT)
        lost.rollback()
    happen()
    assert seal() == 1
    assert verify().unsealed == 0


def test_what_is_not_sealed_yet_is_counted(trail: Path) -> None:
    happen()
    assert verify().unsealed == 1


def test_a_crash_between_commit_and_file_is_made_good(trail: Path) -> None:
    lines = trail.read_text().splitlines(keepends=True)
    trail.write_text("".join(lines[:2]) + lines[2][:30])  # the power went in the middle of the line
    verify()
    happen()
    seal()
    assert trail.read_text().splitlines(keepends=True)[:3] == lines
    assert len(ledger.read(trail)) == 4


def test_a_crash_before_the_first_line_is_made_good(ledger_file: Path) -> None:
    happen()
    seal()
    ledger_file.unlink()
    happen()
    seal()
    assert len(ledger.read(ledger_file)) == 2


@pytest.mark.parametrize("left", [0, 1])
def test_a_file_that_lost_more_is_not_written_on(trail: Path, left: int) -> None:
    trail.write_text("".join(trail.read_text().splitlines(keepends=True)[:left]))
    happen()
    with pytest.raises(Disagreement, match="audit verify"):
        seal()
    with pytest.raises(CommandError, match="audit verify"):
        call_command("seal")


def test_a_file_that_says_otherwise_is_not_written_on(trail: Path) -> None:
    lines = trail.read_text().splitlines(keepends=True)
    digest = lines[2].split()[1]
    trail.write_text("".join(lines).replace(digest, digest[::-1]))
    with pytest.raises(Disagreement):
        seal()


def test_an_end_that_is_no_seal_stops_sealing_and_not_the_loop(trail: Path, caplog: pytest.LogCaptureFixture) -> None:
    with trail.open("a") as file:
        file.write("something else\n")
    happen()
    with pytest.raises(Disagreement, match="audit verify"):
        seal()
    stop = threading.Event()
    stop.set()
    seal_forever(stop)
    assert "nothing can be sealed" in caplog.text
    assert len(seals()) == 3


def test_a_sealer_between_commit_and_line_is_waited_for(trail: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, others = ledger.append, []

    def slow(file: Path, stamp: Stamp) -> None:
        others.append(threading.Thread(target=seal_forever, args=(stopped, 0.01)))
        others[-1].start()
        others[-1].join(0.5)  # it would write the missing line itself, and then there were two
        real(file, stamp)

    stopped = threading.Event()
    stopped.set()
    happen()
    monkeypatch.setattr(ledger, "append", slow)
    seal()
    monkeypatch.setattr(ledger, "append", real)
    for thread in others:
        thread.join(10)
    assert [line.number for line in ledger.read(trail)] == [1, 2, 3, 4]


def test_a_restored_dump_is_noticed(trail: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_horizon", lambda: 5)
    with pytest.raises(Disagreement, match="restored"):
        seal()


def test_many_sealers_make_one_chain(ledger_file: Path) -> None:
    stop = threading.Event()
    loops = [threading.Thread(target=seal_forever, args=(stop, 0.01)) for _ in range(3)]
    for loop in loops:
        loop.start()
    for number in range(60):
        happen(number=number)
    stop.set()
    for loop in loops:
        loop.join(10)
    report = verify()
    assert report.unsealed == 0
    assert [line.number for line in ledger.read(ledger_file)] == [row.number for row in seals()]


def test_the_loop_outlives_faults_and_says_each_once(
    ledger_file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop, tries = threading.Event(), []

    def failing() -> int:
        tries.append(1)
        if len(tries) == 3:
            stop.set()
        raise OSError("disk full")

    monkeypatch.setattr("anzhi.foundation.audit.jobs.seal", failing)
    loop = threading.Thread(target=seal_forever, args=(stop, 0.01))
    loop.start()
    loop.join(10)
    assert len(tries) == 4  # the last one after the stop
    assert caplog.text.count("disk full") == 1


def test_the_command_seals_once(ledger_file: Path, capsys: pytest.CaptureFixture) -> None:
    happen()
    call_command("seal")
    assert "events sealed" in capsys.readouterr().out
    assert verify().unsealed == 0


@pytest.mark.slow
def test_the_loop_as_a_process_stops_at_sigterm(ledger_file: Path, settings: Any) -> None:
    happen()
    env = os.environ | {"ANZHI_SEALS": str(settings.SEALS_ROOT)}
    process = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "anzhi", "seal", "--loop"], env=env)
    try:
        deadline = time.monotonic() + 20
        while not ledger_file.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
    assert verify().unsealed == 0
