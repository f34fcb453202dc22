"""What the database itself refuses, whoever writes: each constraint of the funds tables."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from anzhi.supervision.funds.models import (
    AccountDay,
    Bank,
    EntryDetail,
    Match,
    Statement,
    StatementFile,
    SupervisedAccount,
    Transaction,
)
from supervision.alerts.factories import Office, allocation
from supervision.funds.factories import DAY, account, arrive, detail, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")
HERE = "532328000000"


@pytest.fixture
def mine() -> SupervisedAccount:
    return account()


@pytest.fixture
def row() -> Transaction:
    written = number()
    account(written)
    arrive(statement(written, entry("-1000", details=(detail("-600", "甲户"), detail("-400", "乙户"))), opening="1000"))
    return Transaction.objects.get()


def refused(constraint: str, act: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        act()


def copied(row: object, **facts: object) -> None:
    """The same row once more."""
    row.pk = None
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def test_a_bank_has_one_name() -> None:
    refused("name", lambda: Bank.objects.create(code="other", name="中国农业银行", short_name="农行", position=99))


def test_a_number_stands_once_in_a_bank(mine: SupervisedAccount) -> None:
    refused("account_number_in_bank", lambda: copied(mine))


def test_an_account_has_a_type_of_fund(mine: SupervisedAccount) -> None:
    refused("account_has_river", lambda: SupervisedAccount.objects.update(rivers=[]))


@pytest.mark.parametrize(
    ("status", "closed_on"), [("closed", None), ("open", DAY), ("suspended", DAY)], ids=["no day", "open", "suspended"]
)
def test_closed_and_its_day_go_together(mine: SupervisedAccount, status: str, closed_on: object) -> None:
    refused("account_closed_has_day", lambda: SupervisedAccount.objects.update(status=status, closed_on=closed_on))


def test_a_day_of_an_account_stands_once(row: Transaction) -> None:
    refused("account_day_once", lambda: copied(AccountDay.objects.get(account=row.account)))


def test_a_row_stands_once(row: Transaction) -> None:
    refused("transaction_once", lambda: copied(row))
    copied(row, occurrence=2)
    assert Transaction.objects.count() == 2


def test_an_amount_is_never_negative(row: Transaction) -> None:
    refused("transaction_amount_positive", lambda: Transaction.objects.update(amount="-0.01"))


def test_a_part_stands_once_in_its_row(row: Transaction) -> None:
    refused("detail_once", lambda: EntryDetail.objects.update(ordinal=1))


def test_a_statement_stands_once_in_its_file(row: Transaction) -> None:
    refused("statement_once_in_file", lambda: copied(Statement.objects.get()))


@pytest.mark.parametrize("state", ["received", "parsing", "imported", "waiting"])
def test_bytes_in_hand_stand_once(row: Transaction, state: str) -> None:
    refused("statement_file_once", lambda: copied(StatementFile.objects.get(), state=state))


@pytest.mark.parametrize("state", ["known", "refused"])
def test_bytes_put_away_may_stand_again(row: Transaction, state: str) -> None:
    copied(StatementFile.objects.get(), state=state)
    assert StatementFile.objects.count() == 2


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_a_match_is_of_some_money(row: Transaction, amount: str) -> None:
    leg = allocation(Office("5323"), Office("532328"), "500000", issued=DAY - timedelta(days=3))
    refused(
        "match_positive",
        lambda: Match.objects.create(
            allocation=leg, transaction=row, account=row.account, amount=amount, how="hand", region_code=HERE
        ),
    )


def test_a_row_carries_out_an_allocation_once(row: Transaction) -> None:
    leg = allocation(Office("5323"), Office("532328"), "500000", issued=DAY)
    made = Match.objects.create(
        allocation=leg, transaction=row, account=row.account, amount="1", how="hand", region_code=HERE
    )
    refused("match_once", lambda: copied(made))


@pytest.mark.parametrize("model", [Transaction, Statement, AccountDay, StatementFile])
def test_rows_behind_others_cannot_be_taken_away(row: Transaction, model: type) -> None:
    with pytest.raises(Exception, match=r"protected|foreign key"), transaction.atomic():
        SupervisedAccount.objects.filter(pk=row.account_id).delete()
    assert model.objects.exists()
