"""Bank rows have no foreign key to account and file: what holds in its place (ADR 0019)."""

import re
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

import anzhi
from anzhi.supervision.funds.models import AccountDay, StatementFile, SupervisedAccount, Transaction
from anzhi.supervision.funds.numbers import index_of
from anzhi.supervision.funds.services import importing
from anzhi.supervision.funds.services.staging import Staged
from harness.databases import as_owner
from supervision.funds.factories import account, arrive, entry, number, statement

SOURCE = Path(anzhi.__file__).parent
WRITERS = {"supervision/funds/services/storing.py"}
WRITES = re.compile(r"INSERT INTO funds_(transaction|accountday)\b|\b(Transaction|AccountDay)\.objects\.(bulk_)?create")
PARENTS = ("funds_supervisedaccount", "funds_statementfile")


@pytest.fixture
def row(spoken: None) -> Transaction:
    written = number()
    account(written)
    arrive(statement(written, entry("+5")))
    return Transaction.objects.get()


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_one_module_writes_bank_rows() -> None:
    found = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.py") if WRITES.search(path.read_text())}

    assert found == WRITERS


@pytest.mark.parametrize("table", PARENTS)
@pytest.mark.parametrize("loss", ["DELETE FROM {}", "UPDATE {} SET id = id + 1"])
def test_a_parent_that_rows_name_stays(row: Transaction, table: str, loss: str) -> None:
    for other in ("funds_statement", "funds_match"):  # nothing else stands in the way
        run(f"DELETE FROM {other}")
    with pytest.raises(IntegrityError, match="named by others"):
        run(loss.format(table))
    run(f"UPDATE {table} SET region_code = region_code")
    assert StatementFile.objects.count() == SupervisedAccount.objects.count() == 1


@pytest.mark.parametrize("table", PARENTS)
def test_nor_is_a_table_of_parents_emptied(live_db: str, table: str) -> None:
    with as_owner(live_db) as owner, pytest.raises(psycopg.Error, match="named by others"):
        owner.execute(f"TRUNCATE {table} CASCADE")  # type: ignore[arg-type]  # a name of ours


def test_days_alone_hold_their_account(row: Transaction) -> None:
    for other in ("funds_statement", "funds_match", "funds_transaction"):
        run(f"DELETE FROM {other}")
    with pytest.raises(IntegrityError, match="named by others"):
        run("DELETE FROM funds_supervisedaccount")


def test_an_account_nobody_names_may_go(spoken: None) -> None:
    account(number())
    run("DELETE FROM funds_supervisedaccount")

    assert not SupervisedAccount.objects.exists()


def test_an_account_withdrawn_during_the_import_refuses_the_file(spoken: None, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, lost = number(), number()
    account(kept)
    account(lost)
    real = importing.stage

    def slow(*arguments: object) -> Staged:
        staged = real(*arguments)
        SupervisedAccount.objects.filter(number_index=index_of(lost)).delete()
        return staged

    monkeypatch.setattr(importing, "stage", slow)
    file = arrive(statement(kept, entry("+5")) + statement(lost, entry("+6"), ordinal=2))

    assert (file.state, [error["code"] for error in file.errors]) == ("refused", ["account.unknown"])
    assert not Transaction.objects.exists()


def test_every_row_and_day_has_its_parents(row: Transaction) -> None:
    assert (row.account, row.file) == (SupervisedAccount.objects.get(), StatementFile.objects.get())
    assert AccountDay.objects.get().account == row.account
