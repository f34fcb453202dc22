"""The inbox folder: what counts as arrived, what waits for its rest, where finished files lie."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError

from anzhi.foundation.access.actors import SYSTEM
from anzhi.supervision.funds.inbox import places, settling, taking, watching
from anzhi.supervision.funds.inbox.arrivals import Arrivals
from anzhi.supervision.funds.jobs import import_statement
from anzhi.supervision.funds.models import StatementFile, Transaction
from anzhi.supervision.funds.services import importing, receiving
from anzhi.supervision.funds.states import FileState, Source
from supervision.funds import camt
from supervision.funds.factories import account, number


@pytest.fixture
def inbox(system: None) -> Path:
    return places.folder()


@pytest.fixture
def whole(tmp_path: Path, system: None) -> Path:
    """A good statement, outside the inbox."""
    written, path = number(), tmp_path / "march.xml"
    account(written)
    camt.month(path, written, 30)
    return path


def work() -> None:
    """Do what a worker would."""
    for file in StatementFile.objects.filter(state=FileState.RECEIVED):
        import_statement(file=file.pk)


def old(path: Path) -> Path:
    """Last touched more than a minute ago."""
    past = time.time() - importing.QUIET_SECONDS - 1
    os.utime(path, (past, past))
    return path


def drop(inbox: Path, name: str, data: bytes) -> Path:
    path = inbox / name
    path.write_bytes(data)
    return path


def test_a_whole_file_is_imported_and_put_away(inbox: Path, whole: Path) -> None:
    path = drop(inbox, "march.xml", whole.read_bytes())
    taking.take(path)
    work()

    assert not path.exists()
    assert (inbox / "done/march.xml").exists()
    assert Transaction.objects.count() == 30


def test_the_same_name_again_is_put_beside(inbox: Path, whole: Path) -> None:
    for _ in range(2):
        taking.take(drop(inbox, "march.xml", whole.read_bytes()))
        work()

    assert len(list((inbox / "done").iterdir())) == 2
    assert Transaction.objects.count() == 30


def test_a_refused_file_lies_with_its_reasons(inbox: Path, tmp_path: Path) -> None:
    unknown = tmp_path / "u.xml"
    camt.month(unknown, "6228480000119999", 3)
    taking.take(drop(inbox, "u.xml", unknown.read_bytes()))
    work()

    assert (inbox / "refused/u.xml").exists()
    said = (inbox / "refused/u.xml.txt").read_text(encoding="utf-8")
    assert "6228 **** **** 9999" in said
    assert "6228480000119999" not in said


def test_a_half_file_waits_and_is_taken_whole(inbox: Path, whole: Path) -> None:
    data = whole.read_bytes()
    path = drop(inbox, "march.xml", data[: len(data) // 2])
    taking.take(path)
    work()
    file = StatementFile.objects.get()
    assert (file.state, path.exists()) == (FileState.WAITING, True)

    drop(inbox, "march.xml", data)
    taking.take(path)
    work()
    file.refresh_from_db()
    assert (file.state, file.entries) == (FileState.IMPORTED, 30)
    assert StatementFile.objects.count() == 1


def test_a_half_file_is_refused_after_a_quiet_minute(inbox: Path, whole: Path) -> None:
    path = drop(inbox, "march.xml", whole.read_bytes()[:3000])
    taking.take(path)
    work()
    watching.look_after_waiting()
    assert StatementFile.objects.get().state == FileState.WAITING

    old(path)
    watching.look_after_waiting()
    work()
    assert StatementFile.objects.get().state == FileState.REFUSED
    assert (inbox / "refused/march.xml").exists()


def test_a_waiting_file_that_is_taken_away_is_refused(inbox: Path, whole: Path) -> None:
    path = drop(inbox, "march.xml", whole.read_bytes()[:3000])
    taking.take(path)
    work()
    path.unlink()
    watching.look_after_waiting()

    assert StatementFile.objects.get().state == FileState.REFUSED


def test_an_old_half_file_is_refused_at_once(inbox: Path, whole: Path) -> None:
    taking.take(old(drop(inbox, "march.xml", whole.read_bytes()[:3000])))
    work()

    assert StatementFile.objects.get().state == FileState.REFUSED


@pytest.mark.parametrize("name", ["march.xml.part", ".march.xml", "x.tmp"])
def test_files_being_prepared_do_not_count(inbox: Path, name: str) -> None:
    assert taking.take(drop(inbox, name, b"x")) is None


def test_links_and_folders_do_not_count(inbox: Path, whole: Path) -> None:
    (inbox / "link.xml").symlink_to(whole)
    (inbox / "folder").mkdir()

    assert taking.take_all() == []
    assert not StatementFile.objects.exists()


def test_the_scan_leaves_what_is_being_written(inbox: Path, whole: Path) -> None:
    path = drop(inbox, "march.xml", whole.read_bytes())
    with path.open("ab"):
        assert taking.take_all() == [path]
    assert taking.take_all() == []
    assert StatementFile.objects.get().state == FileState.RECEIVED


def test_a_file_in_a_workers_hands_is_not_taken_twice(inbox: Path, whole: Path) -> None:
    path = drop(inbox, "march.xml", whole.read_bytes())
    taking.take(path)

    assert taking.take(path) is None
    assert StatementFile.objects.count() == 1


def test_a_crash_between_import_and_putting_away_is_healed(inbox: Path, whole: Path) -> None:
    path = drop(inbox, "march.xml", whole.read_bytes())
    file = taking.take(path)
    importing.import_file(file.pk)
    assert path.exists()

    taking.take_all()
    assert (inbox / "done/march.xml").exists()
    assert Transaction.objects.count() == 30


def test_more_written_after_taking_is_not_put_away(inbox: Path, whole: Path) -> None:
    path = drop(inbox, "march.xml", whole.read_bytes())
    file = taking.take(path)
    with path.open("ab") as more:
        more.write(b"\n")
    import_statement(file=file.pk)

    assert path.exists()


def test_a_full_disk_leaves_the_file_for_later(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(blocks: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(receiving.raw, "keep", full)
    path = drop(inbox, "march.xml", b"x")

    assert not taking.attempt(path)
    assert path.exists()


def test_other_errors_are_not_hidden(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(blocks: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(receiving.raw, "keep", denied)
    with pytest.raises(PermissionError):
        taking.attempt(drop(inbox, "march.xml", b"x"))


def test_uploaded_files_have_nothing_to_put_away(system: None) -> None:
    file = receiving.receive([b"x"], name="a", source=Source.UPLOAD, by=SYSTEM)
    assert settling.settle(importing.import_file(file.pk)) is None


def test_arrivals_names_what_was_closed_or_renamed_in(tmp_path: Path) -> None:
    with Arrivals(tmp_path) as arrivals:
        assert arrivals.wait(0) == []
        with (tmp_path / "open.xml").open("w") as file:
            file.write("x")
            file.flush()
            assert arrivals.wait(0) == []
        (tmp_path / "open.xml").rename(tmp_path / "there.xml")
        assert arrivals.wait(1) == ["open.xml", "there.xml"]


def test_arrivals_of_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Arrivals(tmp_path / "none")


def test_the_watch_takes_what_lies_there_and_what_comes(
    inbox: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)  # the test's own transaction is one
    drop(inbox, "first.xml", whole.read_bytes())
    turns = iter([False, True])

    def stopped() -> bool:
        drop(inbox, "second.xml", b"<x/>")
        return next(turns)

    watching.watch(stopped)
    assert sorted(StatementFile.objects.values_list("name", flat=True)) == ["first.xml", "second.xml"]


def test_the_watch_outlives_the_database(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def fails() -> None:
        tries.append(1)
        raise OperationalError

    monkeypatch.setattr(watching, "close_old_connections", lambda: None)
    monkeypatch.setattr(taking, "take_all", fails)
    watching.watch(iter([False, False, True]).__next__)
    assert tries


def test_the_command_stops_at_sigterm(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def watch(stopped: Callable[[], bool]) -> None:
        assert not stopped()
        os.kill(os.getpid(), signal.SIGTERM)
        assert stopped()

    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(watching, "watch", watch)
    try:
        call_command("inbox")
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
