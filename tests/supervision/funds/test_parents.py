"""Bank rows have no foreign key to account and file: what holds in its place (ADR 0019)."""

import re
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

import anzhi
from anzhi.supervision.funds.models import AccountDay, StatementFile, SupervisedAccount, Transaction
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
@pytest.mark.parametrize("loss", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_application_has_no_right_to_remove_a_parent(row: Transaction, table: str, loss: str) -> None:
    with pytest.raises((ProgrammingError, IntegrityError), match=r"permission denied|never removed"):
        run(loss.format(table))
    assert StatementFile.objects.count() == SupervisedAccount.objects.count() == 1


@pytest.mark.parametrize("table", PARENTS)
@pytest.mark.parametrize("loss", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET id = id + 1"])
def test_nor_does_the_owner(live_db: str, table: str, loss: str) -> None:
    with as_owner(live_db) as owner, pytest.raises(psycopg.Error, match="never removed"):
        owner.execute(loss.format(table))  # type: ignore[arg-type]  # names of ours


@pytest.mark.parametrize("table", PARENTS)
def test_a_parent_keeps_its_number_and_may_change(row: Transaction, table: str) -> None:
    with pytest.raises(IntegrityError, match="never removed"):
        run(f"UPDATE {table} SET id = id + 1")
    run(f"UPDATE {table} SET region_code = region_code")


def test_every_row_and_day_has_its_parents(row: Transaction) -> None:
    assert (row.account, row.file) == (SupervisedAccount.objects.get(), StatementFile.objects.get())
    assert AccountDay.objects.get().account == row.account
