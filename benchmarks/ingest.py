"""`bench ingest`: a million entries from a camt file into the book, beside bare parsing, COPY and INSERT."""

import os
import shutil
from pathlib import Path
from random import Random

import psycopg
from django.db import connection, transaction
from lxml import etree

from anzhi.foundation.access.scope import system_scope
from anzhi.sample.money.holders import Holder
from benchmarks import camt, importing, scratch, world
from benchmarks.figures import Figure
from benchmarks.meters import Meter

ENTRIES = 1_000_000
HOARD = 90_000_000_000_000  # fen: what a fourth of the accounts begin with, so that arrivals lie idle there
SMALL = 10  # the smaller file holds a tenth
DATED = "{urn:iso:std:iso:20022:tech:xsd:camt.053.001.08}"
BARE_STAGING = "CREATE TEMP TABLE bare_staged (booked date, credit bool, amount numeric, ref text)"
BARE_COPY = "COPY bare_staged FROM STDIN"
# the floor of storing: the columns that must be kept, a primary key, the key of deduplication, and one index to read by
KEPT = """account_id, booked, value, booked_at, credit, amount, balance_after, bank_ref, reference, text, counter_name,
  counter_mask, counter_index, counter_bank, reversal, pending, key, occurrence, place"""
BARE_SOURCE = f"CREATE TABLE bare_source AS SELECT {KEPT} FROM funds_transaction ORDER BY file_id, id"
BARE_TABLE = f"""
CREATE TABLE bare_book AS SELECT 0::bigint AS id, {KEPT} FROM funds_transaction LIMIT 0;
ALTER TABLE bare_book ALTER id ADD GENERATED ALWAYS AS IDENTITY, ALTER id SET NOT NULL, ADD PRIMARY KEY (id),
  ADD UNIQUE (account_id, booked, key, occurrence);
CREATE INDEX ON bare_book (account_id, booked_at)
"""
BARE_INSERT = f"INSERT INTO bare_book ({KEPT}) SELECT {KEPT} FROM bare_source ON CONFLICT DO NOTHING"


def run(scale: float) -> list[Figure]:
    """Large file, the same again, and a small one; each import in a process of its own."""
    folder = Path(os.environ["ANZHI_VAR"])
    with scratch.database() as name:
        held = world.accounts()
        promised = world.allocations(held, 4, Random(5))
        large = told(folder / "large.xml", held, promised, round(ENTRIES * scale), "A")
        small = told(folder / "small.xml", held, {}, round(ENTRIES * scale / SMALL), "B")
        with scratch.bare(name, autocommit=False) as plain:
            parsing = parse_floor(plain, large)
        first = imported(large)
        before = fingerprint()
        with large.open("ab") as file:
            file.write(b"\n")  # another file by its hash, the same by its entries
        replay = imported(large)
        changed = int(fingerprint() != before) or replay["added"]
        with scratch.bare(name, autocommit=False) as plain:
            storing = store_floor(plain, first["added"])
        little = imported(small)
        shutil.rmtree(folder / "files", ignore_errors=True)
    return figures(first, replay, little, parsing, storing, changed, large)


def told(path: Path, held: list[Holder], promised: dict[str, list[world.Promise]], count: int, mark: str) -> Path:
    """A file of `count` entries over all accounts."""
    each = max(20, count // len(held))
    camt.write(
        path,
        [
            camt.Told(
                one.number, each, promised.get(one.number, ()), mark=mark, opening=camt.OPENING if at % 4 else HOARD
            )
            for at, one in enumerate(held)
        ],
    )
    return path


def imported(path: Path) -> dict:
    """Import; anything but stored rows is an error of the benchmark."""
    done = importing.elsewhere(path)
    if done["state"] != "imported":
        raise AssertionError(f"{path.name}: {done['errors'][:3]}")
    return done


def parse_floor(plain: psycopg.Connection, path: Path) -> float:
    """Bare `iterparse` of four fields, written by COPY as they come."""
    plain.execute(BARE_STAGING)
    meter = Meter(plain.info.backend_pid)
    with plain.cursor() as cursor, cursor.copy(BARE_COPY) as copy:
        for _, entry in etree.iterparse(str(path), tag=f"{DATED}Ntry"):
            day = entry.findtext(f"{DATED}BookgDt/{DATED}DtTm")[:10]
            side = "t" if entry.findtext(f"{DATED}CdtDbtInd") == "CRDT" else "f"
            copy.write_row((day, side, entry.findtext(f"{DATED}Amt"), entry.findtext(f"{DATED}AcctSvcrRef")))
            entry.clear()
            while entry.getprevious() is not None:
                del entry.getparent()[0]
    cost = meter.seconds()
    plain.rollback()
    return cost


def store_floor(plain: psycopg.Connection, rows: int) -> float:
    """Bare INSERT … ON CONFLICT of the same values from a staging table, committed."""
    plain.execute(BARE_SOURCE)
    for statement in BARE_TABLE.split(";"):
        plain.execute(statement)  # type: ignore[arg-type]
    plain.execute("ANALYZE bare_source")
    plain.commit()
    meter = Meter(plain.info.backend_pid)
    stored = plain.execute(BARE_INSERT).rowcount
    plain.commit()
    if stored != rows:
        raise AssertionError(f"the floor stored {stored} rows, the product {rows}")
    return meter.seconds()


def fingerprint() -> tuple:
    """Every row of the book, and what the accounts and days say, as one value."""
    sums = [
        "SELECT count(*), sum(hashtextextended(t::text, 0)) FROM funds_transaction t",
        "SELECT count(*), sum(hashtextextended((account_id, day, money_in, money_out)::text, 0)) FROM funds_accountday",
        "SELECT count(*), sum(amount) FROM funds_match",
        "SELECT count(*), sum(amount) FROM alerts_alert",
        "SELECT count(*), sum(balance) FROM funds_supervisedaccount",
    ]
    with system_scope(), transaction.atomic(), connection.cursor() as cursor:
        return tuple(_one(cursor, sql) for sql in sums)


def _one(cursor, sql: str) -> tuple:  # type: ignore[no-untyped-def]  # Django's wrapper has no public name
    cursor.execute(sql)
    return cursor.fetchone()


def figures(
    first: dict, replay: dict, little: dict, parsing: float, storing: float, changed: int, large: Path
) -> list[Figure]:
    """What was seen."""
    n, size = first["entries"], large.stat().st_size / 1e6
    told = f"{n:,} entries, {size:,.0f} MB"
    return [
        Figure("ingest", "parse", f"parse + COPY, {told}", first["parse"], "CPU s", parsing),
        Figure("ingest", "store", "staged → stored, matched, judged", first["store"], "CPU s", storing),
        Figure("ingest", "insert", "  of it: into the book", first["insert"], "CPU s", storing),
        Figure("ingest", "rules", f"  of it: matching and rules, {first['raised']:,} alerts", first["rules"], "CPU s"),
        Figure("ingest", "speed", "whole import, wall", n / first["wall"], "entries/s"),
        Figure("ingest", "replay", "rows changed by a replay", changed, "rows"),
        Figure("ingest", "replayed", "staged → nothing new", replay["store"], "CPU s", storing),
        Figure("ingest", "memory_100", f"peak memory at {size / SMALL:,.0f} MB", little["megabytes"], "MB"),
        Figure(
            "ingest", "memory_1000", f"peak memory at {size:,.0f} MB", first["megabytes"], "MB", little["megabytes"]
        ),
    ]
