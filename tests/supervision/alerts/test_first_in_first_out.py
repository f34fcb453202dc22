"""What came in first is spent first: whatever an account's book, no yuan is spent twice, lost, or spent before it came.

The book is followed here entry by entry with a queue, and the rule's one sum must say the same.
"""

from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from anzhi.supervision.alerts.types.base import compile_rule
from anzhi.supervision.alerts.types.catalogue import TYPES
from supervision.alerts.test_engines import SUMS_OF_DAYS, TABLES, created

FIRST, TODAY = date(2020, 1, 1), date(2026, 11, 22)
EVERYTHING = {  # limits under which every arrival shows of which a fen is left
    "share": Decimal(1),
    "amount": Decimal(0),
    "blue_days": Decimal(0),
    "yellow_days": Decimal(0),
    "red_days": Decimal(0),
    "red_large_days": Decimal(0),
    "red_large_amount": Decimal(0),
}


class Entry(NamedTuple):
    """A row of the book: fen in or out on a day; an arrival is of an allocation."""

    day: int
    fen: int
    credit: bool
    arrival: bool


BOOK = st.lists(st.builds(Entry, st.integers(0, 40), st.integers(1, 10**9), st.booleans(), st.booleans()), max_size=24)


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    engine = duckdb.connect()
    for name in TABLES:
        engine.execute(created(name, ""))
    engine.execute(SUMS_OF_DAYS)
    yield engine
    engine.close()


def followed(opening: int, book: list[Entry]) -> dict[int, int]:
    """Fen left of each row that came in, by its place: each payment takes from the front of the queue."""
    queue = deque([(-1, opening)])
    due = sum(entry.fen for entry in book if not entry.credit)
    queue.extend((at, entry.fen) for at, entry in enumerate(book) if entry.credit)
    while due and queue:
        at, fen = queue.popleft()
        taken = min(due, fen)
        due -= taken
        if fen > taken:
            queue.appendleft((at, fen - taken))
    return dict(queue)


def asked(duck: duckdb.DuckDBPyConnection, opening: int, book: list[Entry]) -> dict[int, tuple[int, int, int]]:
    """What the rule says of each arrival of which something is left: arrived, spent, left."""
    for name in TABLES:
        duck.execute(f"DELETE FROM {name}")
    duck.execute("INSERT INTO rule_account VALUES (1, 1, '532328000000', ?, ?)", [opening, TODAY])
    for at, entry in enumerate(book):
        day = FIRST + timedelta(days=entry.day)
        duck.execute("INSERT INTO rule_entry VALUES (?, 1, ?, ?, ?)", [at + 1, day, entry.credit, entry.fen])
        if entry.credit and entry.arrival:
            duck.execute("INSERT INTO rule_match VALUES (?, ?, ?, 1)", [at + 1, at + 1, entry.fen])
            row = [at + 1, "63号", 2, "532300000000", "support_project", entry.fen, FIRST, TODAY, TODAY]
            duck.execute("INSERT INTO rule_leg VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    text = compile_rule(TYPES["IDLE_FUND"], EVERYTHING, TODAY, touched=False, engine="duckdb")
    answer = duck.execute(text)
    names = [column[0] for column in answer.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return {row["entry_id"] - 1: (row["arrived"], int(row["spent"]), int(row["fen"])) for row in rows}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(opening=st.integers(0, 10**9), book=BOOK)
@example(opening=0, book=[])
@example(opening=5, book=[Entry(0, 5, True, True), Entry(0, 10, False, False)])
@example(opening=0, book=[Entry(1, 7, True, True), Entry(1, 7, True, True), Entry(1, 7, False, False)])
@example(opening=0, book=[Entry(3, 9, False, False), Entry(4, 9, True, True)])
def test_the_rule_spends_as_a_queue_does(duck: duckdb.DuckDBPyConnection, opening: int, book: list[Entry]) -> None:
    book = sorted(book, key=lambda entry: entry.day)
    left = followed(opening, book)
    told = asked(duck, opening, book)

    arrivals = {at for at, entry in enumerate(book) if entry.credit and entry.arrival}
    assert {at: fen for at, (_arrived, _spent, fen) in told.items()} == {
        at: fen for at, fen in left.items() if at in arrivals and fen
    }
    for arrived, spent, fen in told.values():
        assert arrived == spent + fen
        assert 0 <= spent <= arrived


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(opening=st.integers(0, 10**9), book=BOOK)
def test_what_is_left_is_what_came_less_what_went(
    duck: duckdb.DuckDBPyConnection, opening: int, book: list[Entry]
) -> None:
    """Where every credit is an arrival, what is left of all and of the opening is the balance, or nothing."""
    book = sorted((entry._replace(arrival=True) for entry in book), key=lambda entry: entry.day)
    came = sum(entry.fen for entry in book if entry.credit)
    went = sum(entry.fen for entry in book if not entry.credit)

    left = sum(fen for _arrived, _spent, fen in asked(duck, opening, book).values())

    assert left + max(opening - went, 0) == max(opening + came - went, 0)
