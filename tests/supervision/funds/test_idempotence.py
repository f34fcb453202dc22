"""However a stream of days is cut, overlapped, repeated and renamed: the same rows, the same sums."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anzhi.supervision.funds.models import AccountDay, Transaction
from anzhi.supervision.funds.readers.model import Entry, Event
from supervision.funds.factories import DAY, account, arrive, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")
LENGTH = 6

AMOUNTS = st.integers(-300, 300).filter(bool).map(lambda fen: f"{Decimal(fen) / 100:+.2f}")
ROWS = st.tuples(AMOUNTS, st.sampled_from(["", "", "R1", "R2"]), st.sampled_from(["材料款", "管护费"]))
DAYS = st.lists(st.lists(ROWS, max_size=4), min_size=LENGTH, max_size=LENGTH)
CUTS = st.lists(st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)), max_size=4)


def entries_of(days: list[list[tuple[str, str, str]]], first: int, count: int) -> list[Entry]:
    return [
        entry(amount, on=DAY + timedelta(days=at), ref=ref, text=text)
        for at in range(first, min(first + count, LENGTH))
        for amount, ref, text in days[at]
    ]


def piece(written: str, days: list[list[tuple[str, str, str]]], first: int, count: int) -> list[Event]:
    opening = sum((row.signed for row in entries_of(days, 0, first)), Decimal(0))
    last = min(first + count, LENGTH) - 1
    return statement(
        written,
        *entries_of(days, first, count),
        opening=str(opening),
        from_date=DAY + timedelta(days=first),
        to_date=DAY + timedelta(days=last),
    )


@given(days=DAYS, cuts=CUTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_cutting_gives_the_same_rows(days: list[list[tuple[str, str, str]]], cuts: list[tuple[int, int]]) -> None:
    written = number()
    mine = account(written)
    for n, (first, count) in enumerate([*cuts, (0, LENGTH), *cuts]):
        file = arrive(piece(written, days, first, count), note=str(n))
        assert file.state in ("imported", "known")

    whole = entries_of(days, 0, LENGTH)
    stored = Transaction.objects.filter(account=mine)
    assert Counter((row.booked, row.signed, row.bank_ref) for row in stored) == Counter(
        (row.booked, row.signed, row.bank_ref) for row in whole
    )
    sums = AccountDay.objects.filter(account=mine)
    assert sum(day.money_in - day.money_out for day in sums) == sum(row.signed for row in whole)
    mine.refresh_from_db()
    assert mine.balance == sum((row.signed for row in whole), Decimal(0))
    assert mine.broken_chains == 0


@given(
    rows=st.lists(ROWS, min_size=1, max_size=6),
    parts=st.lists(st.integers(1, 6), min_size=1, max_size=3),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_day_that_grows_adds_only_what_is_new(rows: list[tuple[str, str, str]], parts: list[int]) -> None:
    written = number()
    mine = account(written)
    for at in [*sorted(parts), len(rows), *parts]:
        made = [entry(amount, ref=ref, text=text) for amount, ref, text in rows[:at]]
        arrive(statement(written, *made), note=str(at))

    assert Counter(row.signed for row in Transaction.objects.filter(account=mine)) == Counter(
        Decimal(amount) for amount, _, _ in rows
    )
