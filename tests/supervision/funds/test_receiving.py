"""A file is kept once by its bytes, also when two come at once, and not at all when the disk is full."""

import errno
import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.supervision.funds import raw
from anzhi.supervision.funds.models import StatementFile, Transaction
from anzhi.supervision.funds.services import importing, receiving
from anzhi.supervision.funds.states import FileState, Source
from harness.people import actor
from supervision.funds import camt
from supervision.funds.conftest import speak
from supervision.funds.factories import account, entry, number, statement


def receive(data: bytes = b"x", **facts: object) -> StatementFile:
    return receiving.receive([data], **{"name": "a.xml", "source": Source.CLI, "by": SYSTEM} | facts)


def test_bytes_are_kept_by_hash(system: None) -> None:
    file = receive(b"abc")

    assert raw.path_of(file.sha256).read_bytes() == b"abc"
    assert (file.size, file.state) == (3, FileState.RECEIVED)
    assert [path.name for path in raw.root().rglob("*") if path.is_file()] == [file.sha256]


def test_only_who_may_import_brings_files(system: None) -> None:
    with pytest.raises(Denied):
        receive(by=actor("leader"))
    assert not raw.root().exists()


def test_a_file_is_seen_where_it_was_brought(system: None) -> None:
    receive(by=actor("finance", region="532328"))

    with region_scope("530622"):
        assert not StatementFile.objects.exists()
    with region_scope("532328"):
        assert StatementFile.objects.count() == 1


def test_a_full_disk_leaves_nothing(system: None) -> None:
    def blocks() -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        receiving.receive(blocks(), name="a.xml", source=Source.CLI, by=SYSTEM)
    assert [path for path in raw.root().rglob("*") if path.is_file()] == []
    assert not StatementFile.objects.exists()


def test_a_lost_raw_file_is_said(system: None) -> None:
    file = receive()
    raw.path_of(file.sha256).unlink()

    assert [known["code"] for known in importing.import_file(file.pk).errors] == ["file.lost"]


def test_files_without_a_job_are_enqueued_again_once(system: None) -> None:
    receive(enqueue=True, source=Source.UPLOAD)
    receive(b"other", source=Source.UPLOAD)

    assert [receiving.resume(), receiving.resume()] == [1, 0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'funds.import'")
        assert cursor.fetchone() == (2,)


def test_a_file_that_fails_again_and_again_is_refused(system: None) -> None:
    file = receive(source=Source.UPLOAD)
    StatementFile.objects.update(attempts=receiving.MOST_ATTEMPTS)
    receiving.resume()

    file.refresh_from_db()
    assert (file.state, file.errors[0]["code"]) == (FileState.REFUSED, "file.failed")


@pytest.mark.slow
def test_the_same_file_at_once_is_stored_once(live_db: str, tmp_path: Path) -> None:
    written, path = number(), tmp_path / "one.xml"
    with system_scope(), transaction.atomic():
        account(written)
    camt.month(path, written, 300)

    assert at_once([path] * 5) == ["imported"] + ["known"] * 4
    with system_scope(), transaction.atomic():
        assert Transaction.objects.count() == 300


@pytest.mark.slow
def test_two_importers_of_the_same_two_accounts_wait_and_never_deadlock(
    live_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four files hold both accounts, each in another order: the fixed order of locks decides."""
    speak(monkeypatch)
    first, second = number(), number()
    with system_scope(), transaction.atomic():
        account(first)
        account(second)
    paths = []
    for at, (one, two) in enumerate([(first, second), (second, first)] * 2):
        rows = [entry("+1", ref=f"{at}-{n}") for n in range(200)]
        events = [*statement(one, *rows, opening=None), *statement(two, *rows, opening=None, ordinal=2)]
        paths.append(tmp_path / f"{at}.pickle")
        paths[-1].write_bytes(pickle.dumps(("", events)))

    assert at_once(paths) == ["imported"] * 4
    with system_scope(), transaction.atomic():
        assert Transaction.objects.count() == 1600


def at_once(paths: list[Path]) -> list[str]:
    with ThreadPoolExecutor(len(paths)) as pool:
        return sorted(pool.map(bring, paths))


def bring(path: Path) -> str:
    try:
        with system_scope():
            file = receiving.receive(raw.blocks_of(path), name=path.name, source=Source.CLI, by=SYSTEM)
            return importing.import_file(file.pk).state if file.state == FileState.RECEIVED else file.state
    finally:
        connection.close()
