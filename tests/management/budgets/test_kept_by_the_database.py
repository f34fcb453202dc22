"""What the database itself refuses, whoever asks; and that the sums are those of the movements."""

from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.foundation.audit import door as audit
from anzhi.foundation.parameters import clock
from anzhi.management.budgets.models import BudgetLine, BudgetMove
from anzhi.management.budgets.services import expenses, making
from anzhi.management.budgets.states import MoveKind
from management.budgets.factories import asked, finance, in_force, leader, officer, only_line, sums

D = Decimal


def put(line: BudgetLine, kind: str, amount: str) -> None:
    """A movement past the services."""
    row = {"region_code": line.region_code, "line": line, "on": clock.today(), "by_label": "x"}
    with transaction.atomic(), audit.action("budget.adjusted", by=SYSTEM, on=line):
        BudgetMove.objects.create(kind=kind, amount=D(amount), **row)


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize(
    ("kind", "amount", "constraint"),
    [
        ("freeze", "100000.01", "never_below_zero"),
        ("spend", "100000.01", "never_below_zero"),
        ("adjust", "-100000.01", "never_below_zero"),
        ("release", "0.01", "sums_not_negative"),
        ("freeze", "-1", "signed_right"),
        ("adjust", "0", "signed_right"),
    ],
)
def test_no_movement_takes_a_line_below_zero(kind: str, amount: str, constraint: str) -> None:
    line = only_line(in_force())
    with pytest.raises(IntegrityError, match=constraint):
        put(line, kind, amount)
    assert sums(line)[4] == D(100000)


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("column", ["approved", "adjusted", "frozen", "spent"])
def test_the_application_cannot_write_the_sums(column: str) -> None:
    line = only_line(in_force())
    act = audit.action("budget.adjusted", by=SYSTEM, on=line)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), act:
        BudgetLine.objects.filter(pk=line.pk).update(**{column: D(1)})


@pytest.mark.usefixtures("system")
def test_a_line_begins_without_sums() -> None:
    line = only_line(in_force())
    line.pk, line.name = None, "夹带"
    act = audit.action("budget.adjusted", by=SYSTEM, on=line)
    with pytest.raises(IntegrityError, match="begins without sums"), transaction.atomic(), act:
        line.save(force_insert=True)


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("verb", ["UPDATE budgets_budgetmove SET amount = 1", "DELETE FROM budgets_budgetmove"])
def test_a_movement_stays(verb: str) -> None:
    in_force()
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


@pytest.mark.usefixtures("system")
def test_a_write_without_an_action_is_refused() -> None:
    line = only_line(in_force())
    with pytest.raises(DatabaseError, match="needs an action"), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(name="改名")


@pytest.mark.usefixtures("system")
def test_a_foreign_county_finds_no_row() -> None:
    line = only_line(in_force())
    with region_scope("530622"):
        assert not BudgetLine.objects.filter(pk=line.pk).exists()
        assert not BudgetMove.objects.filter(line=line.pk).exists()


STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "agree", "refuse", "withdraw", "pay"]), st.integers(1, 6_000_000)), max_size=25
)


@pytest.mark.usefixtures("system")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_sums_are_those_of_the_movements(steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        _play(steps)
        transaction.set_rollback(True)


def _play(steps: list[tuple[str, int]]) -> None:
    budget = in_force()
    asks, decides, pays = officer(), leader(), finance()
    acts = {
        "agree": lambda row, _fen: expenses.agree(by=decides, expense=row),
        "refuse": lambda row, _fen: expenses.refuse(by=decides, expense=row, reason="不在计划内"),
        "withdraw": lambda row, _fen: expenses.withdraw(by=asks, expense=row, reason="不用了"),
        "pay": lambda row, fen: expenses.pay(by=pays, expense=row, amount=D(fen) / 100, voucher="记"),
    }
    rows = []
    for act, fen in steps:
        try:
            if act == "ask":
                rows.append(asked(budget, str(D(fen) / 100), asks))
            elif rows:
                acts[act](rows[fen % len(rows)], fen)
        except ValidationError:
            continue  # a refusal changes nothing: the sums below say so
    line = only_line(budget)
    moved = {kind: sum(m.amount for m in line.moves.all() if m.kind == kind) for kind in MoveKind}
    assert (line.approved, line.adjusted) == (moved["approve"], moved["adjust"])
    assert line.frozen == moved["freeze"] - moved["release"]
    assert line.frozen == sum(row.amount for row in line.expenses.filter(state__in=["asked", "approved"]))
    assert line.spent == moved["spend"] == sum(row.paid for row in line.expenses.filter(state="paid"))
    assert line.available == line.approved + line.adjusted - line.frozen - line.spent >= 0


def test_twelve_ask_at_once_and_the_line_never_goes_below_zero(live_db: str) -> None:
    with system_scope(), transaction.atomic():
        budget = in_force()
        people = [officer() for _ in range(12)]
        line = only_line(budget)
    gate, told = Barrier(12), []

    def ask(by: object) -> None:
        gate.wait()
        try:
            with system_scope(), transaction.atomic():
                told.append(asked(budget, "10000.01", by))  # type: ignore[arg-type]  # an actor
        except ValidationError as error:
            told.append(error.messages[0])
        finally:
            connection.close()

    threads = [Thread(target=ask, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [word for word in told if isinstance(word, str)]
    assert (len(told), len(refused)) == (12, 3)
    assert all("10,000.01" in word for word in refused)  # a thread of its own speaks Chinese
    with system_scope(), transaction.atomic():
        assert sums(line) == (D(100000), 0, D("90000.09"), 0, D("9999.91"))
        assert len(set(line.expenses.values_list("number", flat=True))) == 9


def test_closing_and_asking_at_once_leave_nothing_open_in_a_closed_year(live_db: str) -> None:
    with system_scope(), transaction.atomic():
        budget, by, decides = in_force(), officer(), leader()
    gate, told = Barrier(2), []

    def run(act: object) -> None:
        gate.wait()
        try:
            with system_scope(), transaction.atomic():
                act()  # type: ignore[operator]  # one of the two below
                told.append("done")
        except ValidationError as error:
            told.append(error.messages[0])
        finally:
            connection.close()

    acts = (lambda: asked(budget, "1", by), lambda: making.close(by=decides, budget=budget))
    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(word == "done" for word in told) == [False, True], told
    with system_scope(), transaction.atomic():
        budget.refresh_from_db()
        waiting = only_line(budget).expenses.count()
    assert (budget.stage, waiting) in {("closed", 0), ("approved", 1)}
