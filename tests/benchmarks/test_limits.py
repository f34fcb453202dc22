"""Limits and figures: each limit judges a figure that is measured, and stands on the page with its row."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from benchmarks.figures import Figure

from benchmarks import __main__, alert, clients, figures, ingest, pages, rules, scope, tiles, workflow

PAGE = (Path(__file__).parents[2] / "docs/benchmarks.md").read_text(encoding="utf-8")
LIMITED = [(bench, key) for bench, keys in figures.limits().items() for key in keys]
# what the row of a limited figure is called on the page
CALLED = {
    "parse": "parse + COPY", "store": "staged → stored", "replay": "a replay", "memory_100": "peak memory",
    "memory_1000": "peak memory", "p50": "p50", "p99": "p99", "idle_fund": "IDLE_FUND",
    "transfer_late": "TRANSFER_LATE",
    "same": "hash", "county": "count", "site": "sites", "points": "points", "capped": "left out", "p95": "p95",
    "cpu": "CPU", "queries": "queries", "failed": "other than 200", "page": "newest 50 rows", "province": "province",
    "act": "one act, ", "deep": "long past", "inbox": "inbox", "publish": "resolved",
}  # fmt: skip


def ingested() -> list[Figure]:
    done = dict.fromkeys(("parse", "store", "insert", "rules", "wall", "megabytes"), 2.0)
    done |= {"entries": 100, "raised": 3}
    large = SimpleNamespace(stat=lambda: SimpleNamespace(st_size=10**8))
    return ingest.figures(done, done, done | {"megabytes": 1.0}, 1.0, 0.5, 0, large)  # type: ignore[arg-type]


def heard() -> clients.Heard:
    return clients.Heard({"/a/": [100.0, 300.0], "/b/": [900.0]}, ["404 /b/"])


KEYS = {
    "ingest": {one.key for one in ingested()},
    "alert": {one.key for one in alert.figures([1.0], [1.0])},
    "rules": {code.lower() for code in rules.WRITTEN} | {"same"},
    "tiles": {*tiles.KEYS.values(), "capped"},
    "pages": {one.key for one in pages.crowd({"a": "/a/"}, heard(), 2.0)} | {"cpu", "queries"},
    "scope": {question[0] for question in scope.QUESTIONS},
    "workflow": set(workflow.KEYS),
}


@pytest.mark.parametrize(("bench", "key"), LIMITED)
def test_a_limit_judges_a_figure_that_is_measured(bench: str, key: str) -> None:
    assert key in KEYS[bench]


@pytest.mark.parametrize(("bench", "key"), LIMITED)
def test_a_limit_is_one_number_of_a_known_kind(bench: str, key: str) -> None:
    [(kind, number)] = figures.limits()[bench][key].items()
    assert kind in ("ratio", "most")
    assert number >= 0


@pytest.mark.parametrize(("bench", "key"), LIMITED)
def test_a_figure_with_a_limit_has_its_row_on_the_page(bench: str, key: str) -> None:
    rows = [row for row in PAGE.splitlines() if row.startswith(f"| {bench} |")]
    assert any(CALLED[key] in row for row in rows), f"{bench} {key}: no row"


def test_every_benchmark_has_a_limit_that_can_be_missed() -> None:
    assert {bench for bench, _key in LIMITED} == set(__main__.BENCHES)


def test_a_row_says_whether_it_holds() -> None:
    table = PAGE.partition("## Measured")[2]
    rows = [row for row in table.splitlines() if re.match(r"\| [a-z]+ \| ", row) and not row.startswith("| bench")]
    assert len(rows) > 15
    assert [row for row in rows if row.count("|") != 9] == []
    judged = [row for row in rows if re.search(r"\d", row.split("|")[7])]  # the others are only told
    assert len(judged) > 15
    assert [row for row in judged if not re.search(r"holds|missed|not run yet|not noted", row)] == []


def test_what_an_import_costs_is_told_in_parts() -> None:
    told = {one.key: one for one in ingested()}
    assert told["parse"].ratio == 2.0
    assert told["store"].ratio == 4.0
    assert told["speed"].figure == 50
    assert told["memory_1000"].ratio == 2.0
    assert told["replay"].holds is True
    assert "3 alerts" in told["rules"].what


def test_a_replay_that_changes_a_row_is_missed() -> None:
    done = dict.fromkeys(("parse", "store", "insert", "rules", "wall", "megabytes", "entries", "raised"), 1.0)
    large = SimpleNamespace(stat=lambda: SimpleNamespace(st_size=1))
    (replay,) = [
        one
        for one in ingest.figures(done, done, done, 1, 1, 1, large)
        if one.key == "replay"  # type: ignore[arg-type]
    ]
    assert replay.holds is False


def test_drops_are_told_by_the_middle_the_last_hundredth_and_the_slowest() -> None:
    took = [float(n) for n in range(1, 101)]
    p50, p99, worst = alert.figures(took, [1.0])
    assert (p50.figure, p99.figure, worst.figure) == (50, 99, 100)
    assert worst.holds is None


def test_a_crowd_is_told_together_and_page_by_page() -> None:
    told = {one.key: one for one in pages.crowd({"a": "/a/", "b": "/b/", "c": "/c/"}, heard(), 2.0)}
    assert told["p95"].figure == 900
    assert told["median"].figure == 300
    assert told["rate"].figure == 1.5
    assert told["failed"].holds is False
    assert told["p95:a"].figure == 300
    assert told["p95:c"].figure == 0, "a page nobody clicked"


def test_one_slow_page_misses_the_limit_of_all() -> None:
    told = pages.crowd({"a": "/a/", "b": "/b/"}, heard(), 2.0)
    assert [one.key for one in told if one.holds is False] == ["p95", "failed", "p95:b"]
