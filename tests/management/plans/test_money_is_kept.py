"""Whatever sheets are given in, in whatever order: no yuan is passed on twice, none beyond its plan, no half sheet."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from anzhi.management.plans import queries, services
from anzhi.management.plans.models import Allocation, PlanFile
from anzhi.management.plans.sheet_rows import AllocationRow
from harness.acting import acting
from harness.people import actor, agency_at
from management.plans.factories import leg, line

pytestmark = pytest.mark.usefixtures("system")
PREFECTURE = actor("finance", region="5323")
COUNTIES = ("532328", "532301")
ISSUED, PLANNED = Decimal(1000), Decimal(700)
FEN = st.integers(1, 60_000).map(lambda fen: Decimal(fen) / 100)
ROW = st.tuples(FEN, st.sampled_from(COUNTIES), st.sampled_from(["", "TOP"]), st.sampled_from(["", "L-1"]))
SHEETS = st.lists(st.lists(ROW, min_size=1, max_size=5), min_size=1, max_size=5)
some = settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Undone(Exception):
    """Takes an example back."""


@contextmanager
def example() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


def give(folder: Path, number: int, rows: list[tuple[Decimal, str, str, str]]) -> PlanFile:
    """One sheet of the prefecture."""
    lines = [",".join(AllocationRow.columns())]
    for at, (amount, county, upper, of) in enumerate(rows):
        ends = f"{agency_at('5323').name},{agency_at(county).name}"
        head = f"S{number}-{at},{of},{upper},{ends}"
        lines.append(f"{head},后期扶持-项目,{amount},云搬发〔2026〕{number}号,2026-09-10,2026-10-10")
    path = folder / f"{number}.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return services.import_allocations(path=path, name=path.name, by=PREFECTURE)


@some
@given(sheets=SHEETS)
def test_no_more_is_passed_on_than_came_and_none_beyond_its_plan(tmp_path: Path, sheets: list[list]) -> None:
    with example():
        top = leg("53", "5323", str(ISSUED), number="TOP")
        of = line(number="L-1", amount=str(PLANNED))
        taken = [rows for number, rows in enumerate(sheets) if give(tmp_path, number, rows).accepted]

        passed = sum((amount for rows in taken for amount, _county, upper, _of in rows if upper), Decimal(0))
        reached = sum(
            (amount for rows in taken for amount, county, _upper, of in rows if of and county == "532328"), Decimal(0)
        )
        assert passed <= ISSUED
        assert queries.left_of_allocations([top]) == {top.pk: ISSUED - passed}
        assert queries.drawn_from(of) == reached
        assert all(rest >= 0 for rest in queries.left_of_lines([of]).values())


@some
@given(sheets=SHEETS)
def test_a_sheet_is_taken_whole_or_not_at_all(tmp_path: Path, sheets: list[list]) -> None:
    with example():
        leg("53", "5323", str(ISSUED), number="TOP")
        line(number="L-1", amount=str(PLANNED))
        files = [give(tmp_path, number, rows) for number, rows in enumerate(sheets)]

        for file, rows in zip(files, sheets, strict=True):
            stored = list(file.allocations.values_list("amount", flat=True))
            assert sorted(stored) == (sorted(amount for amount, *_ends in rows) if file.accepted else [])
            assert bool(file.errors) is not file.accepted


@some
@given(amounts=st.lists(FEN, min_size=1, max_size=8))
def test_a_refused_row_names_by_how_much_it_is_too_much(tmp_path: Path, amounts: list[Decimal]) -> None:
    with example():
        leg("53", "5323", str(ISSUED), number="TOP")
        file = give(tmp_path, 0, [(amount, COUNTIES[0], "TOP", "") for amount in amounts])

        drawn, over = Decimal(0), {}
        for at, amount in enumerate(amounts, start=2):
            drawn += amount
            if drawn > ISSUED:
                over[at] = f"{drawn - ISSUED:,.2f}"
        assert [fault["row"] for fault in file.errors] == list(over)
        assert all(over[fault["row"]] in fault["message"] for fault in file.errors)


MOVES = st.lists(st.tuples(st.integers(0, 2), FEN, FEN), min_size=1, max_size=10)


@some
@given(moves=MOVES)
def test_settling_follows_the_last_word_of_the_bank(moves: list[tuple[int, Decimal, Decimal]]) -> None:
    """Rows are matched anew with every file: an allocation shows what they add up to now, not the sum of tellings."""
    with example():
        legs = [leg("5323", "532328", "300") for _ in range(3)]
        last: dict[int, tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0), Decimal(0)))
        for at, sent, arrived in moves:
            with acting():
                services.settle(movements=[services.Movement(legs[at].pk, sent, None, arrived, None)], by=PREFECTURE)
            last[legs[at].pk] = (sent, arrived)

        told = {row.pk: (row.sent, row.arrived) for row in Allocation.objects.filter(pk__in=[one.pk for one in legs])}
        assert told == {one.pk: last[one.pk] for one in legs}
