"""Raw statements on disk: once, whole, or not there."""

from hashlib import sha256
from pathlib import Path

import pytest

from anzhi.supervision.funds import raw


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
    monkeypatch.setattr(raw, "BLOCK", 4)
    path = tmp_path / "a"
    path.write_bytes(b"0123456789")

    assert list(raw.blocks_of(path)) == [b"0123", b"4567", b"89"]


def test_forgetting_is_safe_to_repeat() -> None:
    kept = raw.keep([b"x"])
    raw.forget(kept.sha256)
    raw.forget(kept.sha256)
    assert files() == []
