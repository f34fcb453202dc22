"""What a benchmark says: shape, limits from the one file, and when a limit counts as kept. Nothing is timed."""

import importlib
import json
import tomllib
from pathlib import Path

import pytest
from benchmarks.figures import Figure

from benchmarks import __main__, figures, meters, tiles, tiles_sql

NAMES = {"bench", "what", "figure", "unit", "floor", "ratio", "limit", "holds"}
DOCS = Path(__file__).parents[2] / "docs/benchmarks.md"


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Another file of limits."""
    path = tmp_path / "limits.toml"
    path.write_text("[ingest]\nparse = { ratio = 1.5 }\nreplay = { most = 0 }\n")
    monkeypatch.setattr(figures, "LIMITS", path)
    figures.limits.cache_clear()
    yield path
    figures.limits.cache_clear()


def test_a_line_of_json_has_the_eight_names(limits: Path) -> None:
    [line] = figures.lines([Figure("ingest", "parse", "parse + COPY", 3.0, "CPU s", 2.0)])
    told = json.loads(line)
    assert set(told) == NAMES
    assert (told["ratio"], told["limit"], told["holds"]) == (1.5, 1.5, True)


@pytest.mark.parametrize(("figure", "floor", "holds"), [(3.0, 2.0, True), (3.1, 2.0, False), (3.0, None, False)])
def test_a_ratio_is_judged_against_its_floor(limits: Path, figure: float, floor: float | None, holds: bool) -> None:
    assert Figure("ingest", "parse", "", figure, "", floor).holds is holds


def test_a_plain_limit_needs_no_floor(limits: Path) -> None:
    assert Figure("ingest", "replay", "", 0, "rows").holds is True
    assert Figure("ingest", "replay", "", 1, "rows").holds is False


def test_what_has_no_limit_is_only_told(limits: Path) -> None:
    told = Figure("ingest", "speed", "", 9, "entries/s").plain()
    assert (told["limit"], told["holds"]) == (None, None)


def test_one_limit_serves_every_page(limits: Path) -> None:
    limits.write_text("[pages]\ncpu = { ratio = 4 }\n")
    figures.limits.cache_clear()
    assert Figure("pages", "cpu:alerts", "", 5, "", 1).holds is False


def test_the_table_says_what_was_missed(limits: Path) -> None:
    *_, last = figures.table([Figure("ingest", "parse", "parse + COPY", 4.0, "CPU s", 2.0)])
    assert "2.00×" in last
    assert last.endswith("MISSED")


def test_every_benchmark_runs_has_limits_and_stands_in_the_docs() -> None:
    known = tomllib.loads(figures.LIMITS.read_text(encoding="utf-8"))
    written = DOCS.read_text(encoding="utf-8")
    assert set(known) == set(__main__.BENCHES)
    for name in __main__.BENCHES:
        assert callable(importlib.import_module(f"benchmarks.{name}").run)
        assert f"## {name}" in written


def test_percentiles_are_of_the_nearest_rank() -> None:
    values = range(1, 101)
    assert (meters.percentile(values, 0.5), meters.percentile(values, 0.99)) == (50, 99)
    assert meters.percentile([7.0], 0.95) == 7.0


def test_a_process_that_has_gone_spent_nothing() -> None:
    assert meters.spent_by(2**22 + 1) == 0.0


def test_the_layer_of_points_counts_below_z13() -> None:
    layer = tiles.bench_layer()
    assert layer.exact_from == tiles_sql.DEEPEST + 1 == 13
    assert "bench_point" in layer.rows
    assert "bench_cell" in layer.cells
