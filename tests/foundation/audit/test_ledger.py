"""The file of seals: what is written, what is read back, what is not believed."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anzhi.foundation.audit import ledger
from anzhi.foundation.audit.ledger import Line, Unreadable
from anzhi.foundation.audit.rules import START, Stamp

FIRST = Stamp(1, 1, 4, 4, 700, 1, datetime(2026, 11, 23, 9, 30, tzinfo=UTC), b"r" * 32, START)
STAMPS = [replace(FIRST, number=number) for number in range(1, 200)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deeper" / "anzhi.log"


def written(file: Path, count: int) -> list[Line]:
    for stamp in STAMPS[:count]:
        ledger.append(file, stamp)
    return [Line(stamp.number, stamp.digest().hex()) for stamp in STAMPS[:count]]


def test_no_file_is_an_empty_one(file: Path) -> None:
    assert ledger.read(file) == []


def test_what_is_appended_is_read_back(file: Path) -> None:
    assert written(file, 199) == ledger.read(file)


def test_only_its_owner_may_read_it(file: Path) -> None:
    written(file, 1)
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("cut", [1, 30, 100])
def test_half_a_last_line_is_left_out_and_overwritten(file: Path, cut: int) -> None:
    lines = written(file, 50)
    text = file.read_bytes()
    file.write_bytes(text[:-cut])
    assert ledger.read(file) == lines[:49]
    ledger.append(file, STAMPS[49])
    assert file.read_bytes() == text


def test_a_file_of_half_a_line_starts_anew(file: Path) -> None:
    written(file, 1)
    whole = file.read_bytes()
    file.write_bytes(whole[:20])
    assert ledger.read(file) == []
    ledger.append(file, FIRST)
    assert file.read_bytes() == whole


@pytest.mark.parametrize(
    "line",
    [
        "",
        "x",
        "2 short 1-4 4 2026",
        "3 " + "a" * 64 + " 1-4 4 2026",
        "2 " + "a" * 64 + " 1-4 4",
        "安 " + "a" * 64 + " 1 2 3",
    ],
)
def test_a_line_that_is_no_seal_is_named(file: Path, line: str) -> None:
    written(file, 1)
    with file.open("a", encoding="utf-8") as out:
        out.write(line + "\n")
    with pytest.raises(Unreadable, match="line 2"):
        ledger.read(file)


def test_the_last_line_is_found_without_the_others(file: Path) -> None:
    assert ledger.last(file) is None
    lines = written(file, 1)
    assert ledger.last(file) == lines[0]
    lines = lines + [Line(stamp.number, stamp.digest().hex()) for stamp in STAMPS[1:60]]
    for stamp in STAMPS[1:60]:
        ledger.append(file, stamp)
    assert file.stat().st_size > ledger.TAIL
    assert ledger.last(file) == lines[-1]
    file.write_bytes(file.read_bytes()[:-5])
    assert ledger.last(file) == lines[-2]
    file.write_bytes(b"half a line")
    assert ledger.last(file) is None


@pytest.mark.parametrize("line", ["x", "7 short", "seven " + "a" * 64 + " 1-4 4 2026"])
def test_a_last_line_that_is_no_seal_is_not_believed(file: Path, line: str) -> None:
    written(file, 1)
    with file.open("a", encoding="utf-8") as out:
        out.write(line + "\n")
    with pytest.raises(Unreadable):
        ledger.last(file)


def test_a_second_writer_waits_for_the_first(file: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with ledger.held(file):
            order.append("second")

    with ledger.held(file):
        other = threading.Thread(target=second)
        other.start()
        other.join(0.2)
        order.append("first")
    other.join(10)
    assert order == ["first", "second"]
