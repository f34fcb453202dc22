"""What an import keeps, what it refuses, and that nothing is kept twice."""

from contextlib import nullcontext
from datetime import date, timedelta
from decimal import Decimal

import pytest

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import region_scope
from anzhi.supervision.funds import hooks
from anzhi.supervision.funds.models import AccountDay, EntryDetail, Statement, StatementFile, Transaction
from anzhi.supervision.funds.readers.model import Format, Remark
from anzhi.supervision.funds.refusals import explain
from anzhi.supervision.funds.services import importing, receiving
from anzhi.supervision.funds.services.known import CHOSEN
from anzhi.supervision.funds.states import FileState, Source
from harness.people import actor
from supervision.funds.factories import DAY, account, arrive, detail, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def no() -> str:
    """The number of a registered account."""
    written = number()
    account(written)
    return written


def rows() -> list[tuple[date, Decimal]]:
    return [(row.booked, row.signed) for row in Transaction.objects.order_by("booked", "id")]


def codes(file: StatementFile) -> list[str]:
    return [known["code"] for known in file.errors]


def test_a_statement_is_stored_with_its_sums(no: str) -> None:
    file = arrive(statement(no, entry("+800000", ref="A1"), entry("-412380.05", ref="A2"), opening="10.05"))

    assert (file.state, file.added, file.entries) == (FileState.IMPORTED, 2, 2)
    assert (file.credits, file.debits) == (Decimal("800000.00"), Decimal("412380.05"))
    assert rows() == [(DAY, Decimal("800000.00")), (DAY, Decimal("-412380.05"))]
    day = AccountDay.objects.get()
    assert (day.money_in, day.rows_in, day.money_out, day.rows_out) == (Decimal(800000), 1, Decimal("412380.05"), 1)


def test_balance_and_coverage_move_forward_only(no: str) -> None:
    arrive(statement(no, entry("+5", on=NEXT, ref="B"), opening="100", to_date=NEXT))
    arrive(statement(no, entry("+50", ref="A"), opening="50"))

    known = account_row()
    assert (known.balance, known.balance_at, known.covered_until) == (Decimal(105), NEXT, NEXT)
    assert known.broken_chains == 0


def account_row():
    return Transaction.objects.first().account


def test_a_quiet_statement_extends_coverage(no: str) -> None:
    arrive(statement(no, entry("+50", ref="A")))
    quiet = arrive(statement(no, opening="50", from_date=NEXT, to_date=NEXT))

    assert (quiet.state, quiet.entries) == (FileState.IMPORTED, 0)
    assert account_row().covered_until == NEXT


def test_the_same_bytes_again_are_known_and_change_nothing(no: str) -> None:
    events = statement(no, entry("+1", ref="A"))
    first = arrive(events)
    again = arrive(events, name="other-name.xml")

    assert (again.state, again.same_as) == (FileState.KNOWN, first)
    assert len(rows()) == 1


def test_the_same_content_in_other_bytes_adds_nothing(no: str) -> None:
    events = statement(no, entry("+1", ref="A"), entry("+1"), entry("+1"))
    arrive(events)
    again = arrive(events, note="written once more")

    assert (again.state, again.added) == (FileState.IMPORTED, 0)
    assert len(rows()) == 3


def test_twins_stay_two_also_when_periods_overlap(no: str) -> None:
    arrive(statement(no, entry("-9.90"), entry("-9.90")))
    arrive(statement(no, entry("-9.90"), entry("-9.90"), entry("-9.90"), note_day(NEXT), opening="0"))

    assert [amount for _, amount in rows()].count(Decimal("-9.90")) == 3


def note_day(on: date):
    return entry("+1", on=on)


def test_pages_of_one_statement_add_their_twins(no: str) -> None:
    pages = [
        *statement(no, entry("-5"), opening="100", number="7", page=1, last_page=False),
        *statement(no, entry("-5"), opening="95", number="7", page=2, ordinal=2),
    ]
    arrive(pages)

    assert [amount for _, amount in rows()] == [Decimal(-5), Decimal(-5)]


def test_a_statement_repeated_in_one_file_counts_once(no: str) -> None:
    arrive([*statement(no, entry("-5"), opening="100"), *statement(no, entry("-5"), opening="100", ordinal=2)])

    assert len(rows()) == 1


def test_a_late_entry_finds_its_old_day(no: str) -> None:
    arrive(statement(no, entry("+5", on=NEXT, ref="B"), opening="100"))
    arrive(statement(no, entry("+7", ref="LATE"), opening="105", from_date=NEXT, to_date=NEXT))

    assert rows() == [(DAY, Decimal(7)), (NEXT, Decimal(5))]


def test_two_accounts_in_one_file(no: str) -> None:
    other = number()
    account(other, region="530622")
    file = arrive([*statement(no, entry("+1", ref="X")), *statement(other, entry("+2", ref="X"), ordinal=2)])

    assert file.regions == ["530622000000", "532328000000"]
    assert file.region_code == "530000000000"
    with region_scope("532328"):
        assert rows() == [(DAY, Decimal(1))]
        assert not StatementFile.objects.exists()


@pytest.mark.parametrize(
    ("events", "code"),
    [
        (lambda no: statement("0000111122223333", entry("+1")), "account.unknown"),
        (lambda no: statement(no, entry("+1", currency="USD")), "currency.foreign"),
        (lambda no: statement(no, entry("+1"), currency="EUR"), "currency.foreign"),
        (lambda no: statement(no, entry("+1.005")), "amount.fen"),
        (lambda no: statement(no, entry("+92233720368547758.08")), "amount.fen"),
        (lambda no: statement(no, entry("+1"), closing="1.01"), "balance.open"),
    ],
)
def test_a_wrong_statement_takes_the_whole_file_with_it(no: str, events, code: str) -> None:
    good = statement(no, entry("+5", ref="GOOD"), ordinal=2)
    file = arrive([*events(no), *good])

    assert (file.state, codes(file)) == (FileState.REFUSED, [code])
    assert rows() == []
    assert not Statement.objects.exists()


def test_reasons_say_place_and_cure_without_the_full_number(no: str) -> None:
    file = arrive(statement("6228480000119999", entry("+1")))
    said = explain(file.errors[0])

    assert "6228 **** **** 9999" in said
    assert "6228480000119999" not in str(file.errors)


def test_a_closed_account_takes_no_later_entries() -> None:
    written = number()
    closed = account(written)
    closed.status, closed.closed_on = "closed", DAY
    closed.save()
    file = arrive(statement(written, entry("+1", on=DAY), entry("+1", on=NEXT)))

    assert codes(file) == ["account.closed"]


def test_a_county_cannot_bring_another_countys_statement(no: str) -> None:
    foreign = actor("finance", region="530622")
    file = arrive(statement(no, entry("+1")), by=foreign)

    assert codes(file) == ["account.unknown"]


def test_a_refused_file_can_come_again(no: str) -> None:
    written = number()
    events = statement(written, entry("+1"))
    assert arrive(events).state == FileState.REFUSED
    account(written)

    assert arrive(events).state == FileState.IMPORTED


def test_a_pending_row_moves_forward_and_stays_one(no: str) -> None:
    arrive(statement(no, entry("-30", ref="P1", status="PDNG"), opening=None))
    waiting = Transaction.objects.get()
    arrive(statement(no, entry("-30", on=NEXT, ref="P1"), opening="100"))

    settled = Transaction.objects.get()
    assert (waiting.pending, settled.pending, settled.pk, settled.booked) == (True, False, waiting.pk, NEXT)


def test_a_pending_row_after_its_booked_one_is_not_kept(no: str) -> None:
    arrive(statement(no, entry("-30", on=NEXT, ref="P1"), opening="100"))
    arrive(statement(no, entry("-30", ref="P1", status="PDNG"), opening=None))

    assert not Transaction.objects.get().pending


def test_pending_rows_stay_out_of_sums(no: str) -> None:
    file = arrive(statement(no, entry("-30", ref="P1", status="PDNG"), entry("+1", ref="B")))

    assert (file.pending, file.debits, AccountDay.objects.get().rows_out) == (1, 0, 0)


def test_the_same_reference_with_another_amount_is_listed_not_swallowed(no: str) -> None:
    arrive(statement(no, entry("-30", ref="R"), entry("-4", ref="S"), opening="100"))
    file = arrive(statement(no, entry("-31", ref="R"), opening="66", from_date=DAY, to_date=DAY))

    assert file.conflicts == 2
    assert sorted(row.bank_ref for row in Transaction.objects.filter(conflict=True)) == ["R", "R"]


def test_a_correction_is_no_conflict(no: str) -> None:
    arrive(
        statement(
            no,
            entry("-30", ref="R"),
            entry("+30", ref="R", reversal=True),
            entry("-33", ref="R2"),
            opening="100",
        )
    )
    assert not Transaction.objects.filter(conflict=True).exists()


def test_a_broken_chain_is_kept_and_flagged_until_the_missing_file_comes(no: str) -> None:
    third = DAY + timedelta(days=2)
    arrive(statement(no, entry("+10", ref="1"), opening="0"))
    arrive(statement(no, entry("+10", on=third, ref="3"), opening="25"))

    broken = Statement.objects.get(to_date=third)
    assert (broken.expected, account_row().broken_chains) == (Decimal(10), 1)

    arrive(statement(no, entry("+15", on=NEXT, ref="2"), opening="10"))
    broken.refresh_from_db()
    assert (broken.expected, account_row().broken_chains) == (None, 0)


def test_a_month_over_its_days_breaks_no_chain(no: str) -> None:
    arrive(statement(no, entry("+10", ref="1"), entry("+15", on=NEXT, ref="2"), opening="0"))
    arrive(statement(no, entry("+15", on=NEXT, ref="2"), opening="10"))

    assert account_row().broken_chains == 0


def test_parts_of_an_entry_are_kept_beside_it(no: str) -> None:
    parts = (detail("-600", "甲户"), detail("-400", "乙户"))
    file = arrive(statement(no, entry("-1000", details=parts), opening="1000"))

    assert file.debits == Decimal(1000)
    assert [part.counter_name for part in EntryDetail.objects.order_by("ordinal")] == ["甲户", "乙户"]


def test_rows_of_a_file_that_runs_backwards_are_turned(no: str) -> None:
    arrive(statement(no, entry("+2", on=NEXT), entry("+1", on=DAY, ref="b"), entry("+3", on=DAY, ref="a"), opening="0"))

    assert [amount for _, amount in rows()] == [3, 1, 2]


def test_the_counter_account_is_never_stored_plain(no: str) -> None:
    arrive(statement(no, entry("+1")))
    row = Transaction.objects.get()

    assert row.counter_mask == "2400 **** ** 7890"
    assert b"24001234567890" not in bytes(row.counter_index)


def test_hooks_run_inside_the_import(no: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[hooks.Landed] = []
    monkeypatch.setattr(hooks, "_hooks", [])
    hooks.after_import(lambda landed: seen.append(landed) or 3)
    file = arrive(statement(no, entry("+1")))

    assert (file.raised, seen[0].file, seen[0].added) == (3, file.pk, 1)


def test_a_failing_hook_leaves_nothing(no: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(landed: hooks.Landed) -> int:
        raise RuntimeError("rules are broken")

    monkeypatch.setattr(hooks, "_hooks", [(1, fails)])
    with pytest.raises(RuntimeError):
        arrive(statement(no, entry("+1")))
    assert rows() == []


def test_what_is_odd_is_kept_as_a_remark(no: str) -> None:
    odd = Remark("Ntry[1]", "camt.details_sum", {})
    file = arrive([*statement(no, entry("+1")), odd])

    assert file.state == FileState.IMPORTED
    assert [(known["where"], known["code"]) for known in file.remarks] == [("Ntry[1]", "camt.details_sum")]


def test_at_most_fifty_reasons_are_listed(no: str) -> None:
    file = arrive(statement(no, *[entry("+1", currency="USD", where=f"line {at}") for at in range(80)]))
    assert len(file.errors) == 50


def test_the_same_number_in_two_banks_is_told_apart_by_the_mapping(monkeypatch: pytest.MonkeyPatch) -> None:
    written = number()
    account(written, bank="abc")
    meant = account(written, bank="ccb")
    assert codes(arrive(statement(written, entry("+1")))) == ["account.ambiguous"]

    monkeypatch.setattr(importing, "detect", lambda path, mapping: Format("csv", mapping="ccb"))
    arrive(statement(written, entry("+1")), note="as a sheet")
    assert Transaction.objects.get().account == meant


def test_a_sheet_without_a_number_goes_to_the_chosen_account(no: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = account()
    told: list[str] = []

    def read(path: object, mapping: str, number: str) -> list:
        told.append(number)
        return statement(number, entry("+1"))

    monkeypatch.setattr(importing, "read", read)
    file = receiving.receive([b"sheet"], name="a.csv", source=Source.UPLOAD, by=SYSTEM, account=chosen)
    importing.import_file(file.pk)

    assert told == [CHOSEN]
    assert Transaction.objects.get().account == chosen


def test_a_long_import_reports_how_far_it_is(no: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[int] = []
    monkeypatch.setattr(importing, "_watched", lambda file: nullcontext(said.append))
    arrive(statement(no, *[entry("+1", ref=str(at)) for at in range(2500)]))

    assert said == [2000, 2500]


def test_a_refused_file_that_nobody_brought_is_seen_where_its_accounts_lie(no: str) -> None:
    mine = arrive(statement(no, entry("+1"), closing="7"))
    unknown = arrive([*statement(no, entry("+1")), *statement(number(), entry("+1"), ordinal=2)])

    assert [file.state for file in (mine, unknown)] == [FileState.REFUSED] * 2
    assert (mine.region_code, unknown.region_code) == ("532328000000", "530000000000")
