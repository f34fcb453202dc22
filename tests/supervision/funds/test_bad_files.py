"""Bad deliveries a bank can make: what stays, what is refused, what is healed by the next file."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.files.models import StoredFile
from anzhi.supervision.funds import queries, raw
from anzhi.supervision.funds.models import AccountDay, Statement, StatementFile, SupervisedAccount, Transaction
from anzhi.supervision.funds.refusals import explain
from anzhi.supervision.funds.services import importing, receiving
from anzhi.supervision.funds.states import FileState, Source
from harness.people import actor
from supervision.funds.factories import DAY, account, arrive, detail, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")
NEXT, THIRD = DAY + timedelta(days=1), DAY + timedelta(days=2)


@pytest.fixture
def no() -> str:
    """The number of a registered account."""
    written = number()
    account(written)
    return written


def amounts() -> list[Decimal]:
    return [row.signed for row in Transaction.objects.order_by("booked", "id")]


def days() -> list[tuple[Decimal, Decimal]]:
    return [(day.money_in, day.money_out) for day in AccountDay.objects.order_by("day")]


def mine() -> SupervisedAccount:
    return SupervisedAccount.objects.get()


def test_the_same_file_under_another_name_is_known(no: str) -> None:
    first = arrive(statement(no, entry("+1")), name="3月.xml")
    again = arrive(statement(no, entry("+1")), name="三月对账单.xml")

    assert (again.state, again.same_as, again.name) == (FileState.KNOWN, first, "三月对账单.xml")
    assert amounts() == [1]


def test_the_same_file_by_another_way_in_is_known(no: str) -> None:
    arrive(statement(no, entry("+1")))
    (bytes_,) = raw.blocks_of(raw.path_of(StatementFile.objects.get().sha256))
    for source in (Source.INBOX, Source.UPLOAD):
        assert receiving.receive([bytes_], name="a", source=source, by=SYSTEM).state == FileState.KNOWN


def test_overlapping_periods_keep_each_row_once(no: str) -> None:
    first, second, third = entry("+10", ref="1"), entry("-3", on=NEXT, ref="2"), entry("+5", on=THIRD, ref="3")
    arrive(statement(no, first, second))
    arrive(statement(no, second, third, opening="10"))
    arrive(statement(no, first, second, third))

    assert amounts() == [10, -3, 5]
    assert days() == [(10, 0), (0, 3), (5, 0)]
    assert (mine().balance, mine().broken_chains) == (12, 0)


def test_two_equal_payments_of_a_day_are_two_also_when_told_again(no: str) -> None:
    twins = [entry("-50", ref=""), entry("-50", ref="")]
    arrive(statement(no, *twins, opening="100"))
    arrive(statement(no, *twins, entry("+7", on=NEXT), opening="100"))

    assert amounts() == [-50, -50, 7]


def test_an_unknown_account_beside_a_known_one_stores_neither(no: str) -> None:
    stranger = number()
    file = arrive([*statement(no, entry("+1")), *statement(stranger, entry("+2"), ordinal=2)])

    assert (file.state, [known["code"] for known in file.errors]) == (FileState.REFUSED, ["account.unknown"])
    assert amounts() == []
    account(stranger)
    receiving.again(file=file, by=SYSTEM)
    assert importing.import_file(file.pk).state == FileState.IMPORTED
    assert sorted(amounts()) == [1, 2]


def test_an_empty_statement_extends_coverage_and_nothing_else(no: str) -> None:
    arrive(statement(no, entry("+10")))
    file = arrive(statement(no, opening="10", from_date=NEXT, to_date=THIRD))

    assert (file.state, file.entries, file.added) == (FileState.IMPORTED, 0, 0)
    assert (mine().covered_until, mine().balance) == (THIRD, 10)
    assert len(days()) == 1


def test_yuan_are_the_only_money(no: str) -> None:
    file = arrive(statement(no, *[entry("+1", currency=code, where=code) for code in ("USD", "CNY", "", "cny")]))

    assert [known["where"] for known in file.errors] == ["USD", "", "cny"]
    assert all(known["code"] == "currency.foreign" for known in file.errors)


def test_an_opening_that_is_not_the_closing_before_is_shown_with_both(no: str) -> None:
    arrive(statement(no, entry("+10"), opening="0"))
    arrive(statement(no, entry("+1", on=NEXT), opening="9.99"))

    broken = queries.broken(mine()).get()
    assert (broken.opening, broken.expected) == (Decimal("9.99"), Decimal(10))
    assert mine().broken_chains == 1


def test_parts_that_do_not_add_up_are_kept_at_the_level_of_the_entry(no: str) -> None:
    odd = entry("-1000", details=(detail("-600", "甲户"), detail("-399.99", "乙户")))
    arrive(statement(no, odd, opening="1000"))

    assert days() == [(0, 1000)]
    assert sum(part.amount for part in Transaction.objects.get().details.all()) == Decimal("999.99")


@pytest.mark.parametrize(
    ("came", "missing"),
    [
        ([1, 2, 3], []),
        ([1, 3], [(2, 2)]),
        ([1, 5, 6, 9], [(2, 4), (7, 8)]),
        ([11, 12, 1, 2], []),
        ([3, 3], []),
        ([1, 200], []),
    ],
    ids=["whole", "one", "several", "a new year", "twice", "too far to be a gap"],
)
def test_numbers_that_are_skipped_are_missing(no: str, came: list[int], missing: list[tuple[int, int]]) -> None:
    for at, sequence in enumerate(came):
        day = DAY + timedelta(days=at)
        arrive(statement(no, opening="0", from_date=day, to_date=day, sequence=sequence), note=f"{at}")

    assert queries.missing_numbers(mine()) == missing


def test_a_late_statement_fills_the_gap_in_the_numbers(no: str) -> None:
    for at in (0, 2, 1):
        day = DAY + timedelta(days=at)
        arrive(statement(no, opening="0", from_date=day, to_date=day, sequence=at + 1), note=f"{at}")

    assert queries.missing_numbers(mine()) == []


def test_a_reference_with_another_amount_keeps_both_and_marks_both(no: str) -> None:
    arrive(statement(no, entry("+100", ref="R1"), opening="0"))
    file = arrive(statement(no, entry("+90", ref="R1"), opening="0"))

    assert (file.conflicts, sorted(amounts())) == (2, [90, 100])
    one, other = Transaction.objects.filter(conflict=True)
    assert list(queries.rivals(one)) == [other]


def test_a_correction_and_the_right_entry_leave_the_right_sum(no: str) -> None:
    wrong, storno = entry("-33", ref="R"), entry("+33", ref="R", reversal=True)
    arrive(statement(no, wrong, storno, entry("-30", ref="R2"), opening="100"))

    assert sum(amounts()) == -30
    assert mine().balance == 70
    assert not Transaction.objects.filter(conflict=True).exists()


def test_pages_out_of_order_and_twice_give_the_same_account(no: str) -> None:
    pages = [
        statement(no, entry("+10", ref="1"), opening="0"),
        statement(no, entry("-4", on=NEXT, ref="2"), opening="10"),
        statement(no, entry("+1", on=THIRD, ref="3"), opening="6"),
    ]
    for at, page in enumerate([pages[2], pages[0], pages[2], pages[1], pages[0]]):
        arrive(page, note=f"{at}")

    assert amounts() == [10, -4, 1]
    assert (mine().balance, mine().covered_until, mine().broken_chains) == (7, THIRD, 0)


def test_a_client_that_lost_the_answer_may_ask_again(no: str) -> None:
    file = receiving.receive([b"x"], name="a.xml", source=Source.UPLOAD, by=SYSTEM)
    again = receiving.receive([b"x"], name="a.xml", source=Source.UPLOAD, by=SYSTEM)

    assert (again.state, again.same_as) == (FileState.KNOWN, file)


def test_a_refused_file_whose_bytes_came_again_meanwhile_is_known(no: str) -> None:
    refused = arrive(statement(no, entry("+1"), closing="5"))
    live = receiving.receive(
        raw.blocks_of(raw.path_of(refused.sha256)), name="again.xml", source=Source.UPLOAD, by=SYSTEM
    )
    tried = receiving.again(file=refused, by=SYSTEM)

    assert (tried.state, tried.same_as) == (FileState.KNOWN, live)


@pytest.mark.parametrize("state", [state for state in FileState if state != FileState.REFUSED])
def test_only_a_refused_file_is_tried_again(no: str, state: FileState) -> None:
    file = receiving.receive([b"x"], name="a.xml", source=Source.CLI, by=SYSTEM)
    file.state = state
    with pytest.raises(ValidationError):
        receiving.again(file=file, by=SYSTEM)


def test_who_may_not_import_leaves_no_bytes(no: str) -> None:
    with pytest.raises(Denied):
        receiving.receive([b"secret"], name="a.xml", source=Source.UPLOAD, by=actor("officer"))
    assert not raw.root().exists() or not any(raw.root().iterdir())


def test_a_long_name_keeps_its_end() -> None:
    file = receiving.receive([b"x"], name="长" * 300 + ".xml", source=Source.UPLOAD, by=SYSTEM)
    assert (len(file.name), file.name[-4:]) == (255, ".xml")


def test_a_renewed_file_forgets_bytes_that_nobody_names() -> None:
    file = receiving.receive([b"half"], name="a.xml", source=Source.INBOX, by=SYSTEM)
    old = file.sha256
    renewed = receiving.renew(file, [b"whole file"])

    assert (renewed.state, renewed.size) == (FileState.RECEIVED, 10)
    assert set(StoredFile.objects.values_list("sha256", flat=True)) == {renewed.sha256}
    assert old != renewed.sha256
    assert raw.path_of(renewed.sha256).exists()


def test_a_renewed_file_leaves_bytes_that_another_row_names() -> None:
    file = receiving.receive([b"half"], name="a.xml", source=Source.INBOX, by=SYSTEM)
    old = file.sha256
    receiving.receive([b"half"], name="b.xml", source=Source.UPLOAD, by=SYSTEM)
    receiving.renew(file, [b"whole"])

    assert StoredFile.objects.filter(sha256=old).exists()


def test_an_imported_file_is_not_imported_again(no: str) -> None:
    file = arrive(statement(no, entry("+1")))
    again = importing.import_file(file.pk)

    assert (again.state, again.attempts) == (FileState.IMPORTED, file.attempts)
    assert Statement.objects.count() == 1


def test_every_reason_of_a_refusal_is_a_sentence_with_its_cure(no: str) -> None:
    file = arrive(statement(no, entry("+1"), closing="1.01"))
    (said,) = [explain(known) for known in file.errors]

    assert "0.01" in said
    assert said.count("。") >= 2 or said.count(". ") >= 2
