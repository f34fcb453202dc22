"""The worlds that benchmarks stand on, small: their sums fit, and each bench really measures what it says."""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection

from anzhi.network.maps import registry
from anzhi.sample.money.holders import Holder
from benchmarks import (
    alert,
    book,
    camt,
    ingest,
    pages,
    rules,
    rules_data,
    scope,
    scratch,
    servers,
    tiles,
    tiles_sql,
    world,
)

pytestmark = pytest.mark.slow
ROWS, POINTS = 6220, 900


@pytest.fixture
def own_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A var folder, seen by processes as well."""
    monkeypatch.setattr("django.conf.settings.FILES_ROOT", tmp_path / "files")
    monkeypatch.setenv("ANZHI_VAR", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A book of twenty rows an account."""
    with django_db_blocker.unblock(), book.filled(ROWS) as name:
        yield name


@pytest.fixture
def plain(filled: str) -> Iterator[psycopg.Connection]:
    with scratch.bare(filled) as opened:
        yield opened


def one(plain: psycopg.Connection, sql: str) -> Any:
    (value,) = plain.execute(sql).fetchone() or (None,)  # type: ignore[arg-type]
    return value


def test_a_book_has_its_rows_spread_over_all_accounts(plain: psycopg.Connection) -> None:
    assert one(plain, "SELECT count(*) FROM funds_transaction") == ROWS
    assert one(plain, "SELECT count(DISTINCT account_id) FROM funds_transaction") == 311
    assert one(plain, "SELECT max(booked) - min(booked) FROM funds_transaction") > 300


def test_days_of_accounts_are_the_sums_of_their_rows(plain: psycopg.Connection) -> None:
    days = "SELECT sum(money_in) - sum(money_out), sum(rows_in) + sum(rows_out) FROM funds_accountday"
    rows = "SELECT sum(CASE WHEN credit THEN amount ELSE -amount END), count(*) FROM funds_transaction"
    assert plain.execute(days).fetchone() == plain.execute(rows).fetchone()


def test_an_arrival_comes_after_its_document_at_the_right_office(plain: psycopg.Connection) -> None:
    wrong = """SELECT count(*) FROM funds_match m JOIN plans_allocation a ON a.id = m.allocation_id
      JOIN funds_transaction t ON t.id = m.transaction_id JOIN funds_supervisedaccount s ON s.id = t.account_id
      WHERE t.booked < a.issued_on + 3 OR s.agency_id <> a.to_agency_id OR NOT t.credit"""
    assert one(plain, "SELECT count(*) FROM funds_match") > 100
    assert one(plain, wrong) == 0


def test_the_indexes_that_were_taken_away_are_back(plain: psycopg.Connection, live_db: str) -> None:
    names = "SELECT indexname FROM pg_indexes WHERE tablename = 'funds_transaction' ORDER BY 1"
    with scratch.bare(live_db) as fresh:
        assert plain.execute(names).fetchall() == fresh.execute(names).fetchall()


def test_the_engine_has_judged_it(plain: psycopg.Connection) -> None:
    assert one(plain, "SELECT count(*) FROM alerts_alert") > 0


def test_the_database_of_a_benchmark_works_alone_and_goes(filled: str, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        with scratch.database("template0") as name, scratch.bare(name) as empty:
            assert one(empty, "SHOW max_parallel_workers_per_gather") == "0"
            assert one(empty, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0
            assert connection.settings_dict["NAME"] == os.environ["ANZHI_PGDATABASE"] == name
        assert connection.settings_dict["NAME"] == before
        with scratch.bare(filled) as other:
            assert one(other, f"SELECT count(*) FROM pg_database WHERE datname = '{name}'") == 0


@pytest.mark.parametrize("question", scope.QUESTIONS, ids=[question[0] for question in scope.QUESTIONS])
def test_scope_asks_the_same_both_ways(question: tuple, filled: str) -> None:
    key, what, area, _times, sql = question
    with scratch.bare(filled, "app") as app, scratch.bare(filled) as owner:
        figure = scope.ask(app, owner, key, what, area, 3, sql)
        forgotten = scope.ask(app, owner, key, what, area, 3, sql, alone=True)
    assert (figure.key, forgotten.key) == (key, f"{key}_alone")
    assert forgotten.what.endswith("; the policy alone")


def test_scope_stops_where_the_two_ways_differ(filled: str) -> None:
    with scratch.bare(filled, "app") as app, scratch.bare(filled) as owner:
        with pytest.raises(AssertionError, match="answer differently"):
            scope.same(app, owner, ("530000", "540000"), "SELECT 1", "SELECT 2")
        with pytest.raises(AssertionError, match="answer differently"):
            scope.same(app, owner, ("530000", "540000"), "SELECT 1 WHERE false", "SELECT 1 WHERE false")


def test_each_busy_page_is_measured_beside_its_own_statements(
    filled: str, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "TURNS", 1)
    with django_db_blocker.unblock(), scratch.bare(filled, "app") as app:
        addresses = pages.busiest()
        assert set(addresses) == {"transactions", "accounts", "account", "alerts", "alert"}
        page = pages.Page(get_wsgi_application(), servers.cookie(), addresses["alerts"])
        cpu, queries = pages.alone("alerts", "alerts:alerts", page, app)
        missing = pages.Page(page.handler, page.cookie, "/funds/accounts/999999999/")
        with pytest.raises(AssertionError, match="answers 404"):
            missing.get()
    assert cpu.figure > 0
    assert queries.figure >= 1
    assert queries.holds is True, "the page keeps its budget"


@pytest.fixture
def accounts(live_db: str, own_var: Path) -> list[Holder]:
    return world.accounts()


def test_promises_are_the_allocations_by_which_arrivals_are_known(accounts: list[Holder], live_db: str) -> None:
    promised = world.allocations(accounts, 2, Random(1))
    numbers = {one.number for one in accounts}
    assert len(accounts) == 311
    assert set(promised) < numbers
    assert {len(several) for several in promised.values()} == {2}
    assert all(promise.sender in numbers for several in promised.values() for promise in several)
    assert all(first.issued < second.issued <= world.TODAY for first, second in promised.values())
    with scratch.bare(live_db) as owner:
        whole = one(owner, "SELECT sum(amount) FROM plans_allocation")
    assert whole == sum(promise.fen for several in promised.values() for promise in several)


def test_the_same_seed_promises_the_same(accounts: list[Holder]) -> None:
    first = world.allocations(accounts[:40], 1, Random(7))
    with scratch.bare(os.environ["ANZHI_PGDATABASE"]) as owner, owner.transaction():
        owner.execute(world.ACTING)
        owner.execute("DELETE FROM plans_allocation")
    assert world.allocations(accounts[:40], 1, Random(7)) == first


def test_an_import_is_measured_from_its_file_to_its_alerts(accounts: list[Holder], own_var: Path, live_db: str) -> None:
    held = accounts[:60]
    promised = world.allocations(held, 1, Random(5), oldest=560)
    path = own_var / "a.xml"
    ingest.told(path, held, promised, 1200, "A")
    done = ingest.imported(path)
    assert (done["entries"], done["added"]) == (1200, 1200)
    assert all(done[part] >= 0 for part in ("parse", "insert", "rules", "store", "wall"))
    assert done["store"] >= done["insert"]
    assert done["megabytes"] > 20
    with scratch.bare(live_db, autocommit=False) as owner:
        assert ingest.parse_floor(owner, path) >= 0
        assert ingest.store_floor(owner, 1200) >= 0


def test_a_file_that_is_refused_is_an_error_of_the_benchmark(accounts: list[Holder], own_var: Path) -> None:
    path = own_var / "b.xml"
    camt.write(path, [camt.Told(accounts[0].number, 3)])
    path.write_text(path.read_text().replace("CLBD", "XXXX", 1)[:-40])
    with pytest.raises(AssertionError, match=r"b\.xml"):
        ingest.imported(path)


def test_a_drop_holds_one_arrival_that_nobody_spends(accounts: list[Holder], own_var: Path, live_db: str) -> None:
    promised = world.allocations(accounts[:80], 1, Random(2), oldest=560)
    receivers = [one for one in accounts[:80] if one.number in promised][:2]
    files = alert.statements(own_var / "drops", receivers, promised)
    assert [path.name for path in files] == ["CCB0000.xml", "CCB0001.xml"]
    for path, receiver in zip(files, receivers, strict=True):
        (promise,) = promised[receiver.number]
        text = path.read_text()
        assert text.count("<Ntry>") == alert.ENTRIES
        assert text.count(promise.text) == 1
    assert alert.bare_drop(live_db, files[0]) > 0


@pytest.fixture
def layer() -> Iterator[None]:
    """The layer of points is a benchmark's alone."""
    before = dict(registry._layers)
    yield
    registry._layers.clear()
    registry._layers.update(before)


def test_tiles_leave_no_point_out_and_cells_count_them_all(
    live_db: str, own_var: Path, layer: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "EACH", 1)
    found = {figure.key: figure for figure in tiles.run(POINTS / tiles.POINTS)}
    assert found["capped"].figure == 0
    assert set(tiles.KEYS.values()) <= set(found)
    assert all(found[key].figure > 0 for key in tiles.KEYS.values())


def test_cells_of_every_zoom_hold_every_point(live_db: str) -> None:
    with scratch.bare(live_db) as owner:
        for statement in tiles_sql.MAKE:
            owner.execute(statement, {"points": POINTS})  # type: ignore[arg-type]
        sums = owner.execute("SELECT z, sum(n) FROM bench_cell GROUP BY z ORDER BY z").fetchall()
        assert sums == [(z, POINTS) for z in range(6, tiles_sql.DEEPEST + 1)]
        assert tiles.chosen(owner, 12) == tiles.chosen(owner, 12)
        assert len(tiles.chosen(owner, 12)) <= tiles.EACH


def test_rules_find_the_same_on_every_engine(live_db: str, own_var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "TURNS", 1)
    found = rules.run(200_000 / rules.ROWS)
    assert [figure.holds for figure in found if figure.key == "same"] == [True, True]
    assert {figure.key for figure in found} >= {"idle_fund", "transfer_late"}


def test_rows_for_rules_are_as_many_as_asked_and_hang_together(tmp_path: Path) -> None:
    engine = rules_data.make(tmp_path, 3000)
    assert engine.execute("SELECT count(*) FROM rule_entry").fetchone() == (3000,)
    assert engine.execute("SELECT count(*), min(fen) > 0 FROM rule_leg").fetchone() == (20, True)
    astray = "SELECT count(*) FROM rule_entry WHERE account_id NOT IN (SELECT account_id FROM rule_account)"
    assert engine.execute(astray).fetchone() == (0,)
    assert engine.execute("SELECT count(*) FROM rule_leg WHERE due_on < issued_on").fetchone() == (0,)
