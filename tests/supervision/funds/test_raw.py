"""Raw statements on disk: once, whole, or not there."""

import time
from hashlib import sha256
from pathlib import Path

import pytest

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import region_scope
from anzhi.foundation.files import store
from anzhi.foundation.files.models import Sort
from anzhi.foundation.files.queries import links_of
from anzhi.foundation.files.services import store_document
from anzhi.foundation.files.sweeping import sweep
from anzhi.supervision.funds import raw
from harness import people


def files() -> list[Path]:
    return [path for path in raw.root().rglob("*") if path.is_file()]


def test_the_same_bytes_lie_there_once() -> None:
    assert raw.keep([b"ab", b"c"]) == raw.keep([b"abc"]) == (sha256(b"abc").hexdigest(), 3)
    assert len(files()) == 1


def test_an_empty_file_is_a_file_too() -> None:
    kept = raw.keep([])
    assert (kept.size, raw.path_of(kept.sha256).read_bytes()) == (0, b"")


@pytest.mark.parametrize("error", [OSError(28, "full"), KeyboardInterrupt(), ValueError()])
def test_whatever_breaks_off_leaves_nothing(error: BaseException) -> None:
    def blocks():
        yield b"x" * 100
        raise error

    with pytest.raises(type(error)):
        raw.keep(blocks())
    assert files() == []


def test_a_file_comes_back_in_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "CHUNK", 4)
    path = tmp_path / "a"
    path.write_bytes(b"0123456789")

    assert list(raw.blocks_of(path)) == [b"0123", b"4567", b"89"]


def in_two_days() -> float:
    return time.time() + 2 * 24 * 3600


def test_what_a_row_names_stays_and_what_is_forgotten_is_swept(db: None) -> None:
    kept = raw.keep([b"x"])
    raw.name(*kept)
    assert sweep(in_two_days()) == 0
    for _time in range(2):
        raw.forget(kept.sha256)
    assert raw.path_of(kept.sha256).exists(), "whoever still reads it reads on"
    assert sweep() == 0
    assert sweep(in_two_days()) == 1
    assert files() == []


def test_bytes_no_row_came_to_name_are_swept(db: None) -> None:
    raw.keep([b"the process died after this"])
    assert sweep(in_two_days()) == 1


def test_an_attached_statement_stays_when_the_import_forgets_it(db: None) -> None:
    data = b"<?xml version='1.0'?><Document/>"
    raw.name(*raw.keep([data]))
    with region_scope("532328"):
        owner = people.agency_at("532328")
        link = store_document(
            by=people.actor("officer"), owner=owner, permission=Permission.SITE_VIEW, name="流水.xml", chunks=[data]
        )
        raw.forget(link.file.sha256)
        assert [one.pk for one in links_of(owner, Sort.DOCUMENT)] == [link.pk]
    assert (link.file.content_type, sweep(in_two_days())) == ("application/xml", 0)
    assert raw.path_of(link.file.sha256).stat().st_mode & 0o044, "nginx sends it now"
