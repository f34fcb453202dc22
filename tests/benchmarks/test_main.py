"""`./anzhi bench`: what it says, in which shape, and with which code it ends."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from benchmarks.figures import Figure

from benchmarks import __main__ as bench
from benchmarks import figures, scope, tiles

KEPT = Figure("tiles", "county", "counties, p95", 12.0, "ms", 1.0)
MISSED = Figure("tiles", "points", "points, p95", 41.0, "ms", 1.0)
TOLD = Figure("tiles", "county_worst", "counties, slowest", 900.0, "ms")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No database, no folder, no Django of its own; clock and signals are put back."""

    @contextmanager
    def folder() -> Iterator[Path]:
        yield tmp_path

    monkeypatch.setenv("TZ", os.environ.get("TZ", ""))
    monkeypatch.setattr(bench.databases, "template", lambda: "")
    monkeypatch.setattr(bench.scratch, "folder", folder)
    monkeypatch.setattr(bench.django, "setup", lambda: None)
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)
    monkeypatch.undo()
    time.tzset()


def asked(monkeypatch: pytest.MonkeyPatch, *words: str, **answers: list[Figure]) -> int:
    """Run it with these words; each benchmark named answers its figures."""
    monkeypatch.setattr(sys, "argv", ["bench", *words])
    for module, name in ((tiles, "tiles"), (scope, "scope")):
        monkeypatch.setattr(module, "run", lambda scale, name=name: answers.get(name, []))
    return bench.main()


@pytest.mark.parametrize(
    ("found", "code"), [([KEPT], 0), ([TOLD], 0), ([KEPT, MISSED], 1), ([MISSED, TOLD], 1), ([], 0)]
)
def test_a_missed_limit_is_a_code_of_one(found: list[Figure], code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, "tiles", tiles=found) == code


def test_the_table_is_for_people(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked(monkeypatch, "tiles", tiles=[KEPT, MISSED, TOLD])
    told = capsys.readouterr()
    head, *rows = told.out.splitlines()
    assert head.split() == ["bench", "what", "figure", "floor", "ratio", "limit"]
    assert [row.split()[-1] for row in rows] == ["holds", "MISSED", "ms"]
    assert "≤ 40" in rows[0]
    assert "bench tiles:" in told.err


def test_with_json_there_is_one_object_a_line_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(monkeypatch, "tiles", "--json", tiles=[KEPT, MISSED, TOLD]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["holds"] for one in told] == [True, False, None]
    assert told[0] == {
        "bench": "tiles", "what": "counties, p95", "figure": 12.0, "unit": "ms", "floor": 1.0, "ratio": 12.0,
        "limit": 40, "holds": True,
    }  # fmt: skip


def test_the_scale_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    scales: list[float] = []
    monkeypatch.setattr(sys, "argv", ["bench", "tiles", "--scale", "0.25"])
    monkeypatch.setattr(tiles, "run", lambda scale: scales.append(scale) or [])
    bench.main()
    assert scales == [0.25]


def test_all_is_every_benchmark_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(sys, "argv", ["bench", "all"])
    monkeypatch.setattr(bench, "measure", lambda name, scale, as_json: ran.append(name) or [])
    assert bench.main() == 0
    assert tuple(ran) == bench.BENCHES


@pytest.mark.parametrize("words", [[], ["speed"], ["tiles", "--scale", "half"], ["tiles", "--fast"]])
def test_misuse_ends_with_two_and_the_names_there_are(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        asked(monkeypatch, *words)
    assert ended.value.code == 2
    assert "anzhi bench" in capsys.readouterr().err


def test_figures_are_told_as_they_come(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A run of an hour that is stopped has said what it had."""
    monkeypatch.setattr(tiles, "run", lambda scale: [KEPT])
    assert bench.measure("tiles", 1.0, as_json=True) == [KEPT]
    assert json.loads(capsys.readouterr().out)["what"] == KEPT.what
    bench.measure("tiles", 1.0, as_json=False)
    assert capsys.readouterr().out == ""


def test_the_clock_is_that_of_the_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    asked(monkeypatch, "tiles")
    assert time.tzname[0] == "CST"


def test_being_told_to_stop_ends_through_every_finally(monkeypatch: pytest.MonkeyPatch) -> None:
    asked(monkeypatch, "tiles")
    with pytest.raises(SystemExit) as ended:
        signal.raise_signal(signal.SIGTERM)
    assert ended.value.code == 143


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (Figure("x", "", "", 0.12345, "CPU s"), "0.1235 CPU s"),
        (Figure("x", "", "", 999.4, "ms"), "999.4 ms"),
        (Figure("x", "", "", 199_973, "entries/s"), "199,973 entries/s"),
        (Figure("x", "", "", 0, ""), "0"),
    ],
)
def test_figures_are_short(figure: Figure, shown: str) -> None:
    *_, row = figures.table([figure])
    assert row.split("  ")[-1].strip() == shown


@pytest.mark.parametrize(("floor", "ratio"), [(2.0, 1.5), (None, None), (0.0, None)])
def test_a_ratio_needs_a_floor_that_is_something(floor: float | None, ratio: float | None) -> None:
    assert Figure("x", "", "", 3.0, "", floor).ratio == ratio
