"""The banks' own formats all the way: what the reader adds up is what the book holds."""

from decimal import Decimal
from pathlib import Path

import pytest

from anzhi.foundation.access.actors import SYSTEM
from anzhi.supervision.funds import raw
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount, Transaction
from anzhi.supervision.funds.readers.reading import read
from anzhi.supervision.funds.readers.summary import summarise
from anzhi.supervision.funds.refusals import explain
from anzhi.supervision.funds.services import importing, receiving
from anzhi.supervision.funds.states import FileState, Source
from supervision.funds import camt
from supervision.funds.factories import account, number

pytestmark = pytest.mark.usefixtures("system")
SAMPLES = Path(__file__).parent / "readers" / "samples"
SHEETS = sorted(path.name for path in SAMPLES.glob("*.csv"))
STAND_IN = "6228480000007777"


def bring(path: Path, mapping: str = "auto", chosen: SupervisedAccount | None = None) -> StatementFile:
    file = receiving.receive(
        raw.blocks_of(path), name=path.name, source=Source.CLI, by=SYSTEM, mapping=mapping, account=chosen
    )
    return importing.import_file(file.pk) if file.state == FileState.RECEIVED else file


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_is_stored_as_it_was_read(name: str, tmp_path: Path) -> None:
    summary = summarise(read(SAMPLES / name, "auto", STAND_IN))
    (found,) = summary.statements
    chosen = account(found.statement.account)
    file = bring(SAMPLES / name, chosen=chosen)

    assert file.state == FileState.IMPORTED, [explain(known) for known in file.errors]
    assert (file.entries, file.credits, file.debits) == (summary.entries, summary.credits, summary.debits)
    stored = Transaction.objects.filter(file=file, pending=False)
    assert sum((row.signed for row in stored), Decimal(0)) == summary.credits - summary.debits

    other = tmp_path / f"again-{name}"
    other.write_bytes((SAMPLES / name).read_bytes() + b"\n")
    again = bring(other, chosen=chosen)
    assert (again.state, again.added) == (FileState.IMPORTED, 0)


@pytest.mark.parametrize("mapping", ["icbc", "ccb", "bocom"])
def test_another_banks_mapping_refuses_the_file(mapping: str) -> None:
    file = bring(SAMPLES / "abc.csv", mapping)

    assert file.state == FileState.REFUSED
    assert all(explain(known) for known in file.errors)
    assert not Transaction.objects.exists()


def test_a_file_in_euro_is_refused_by_name(tmp_path: Path) -> None:
    written, path = number(), tmp_path / "euro.xml"
    account(written)
    camt.month(path, written, 3)
    path.write_text(path.read_text(encoding="utf-8").replace("CNY", "EUR"), encoding="utf-8")
    file = bring(path)

    assert file.state == FileState.REFUSED
    assert all("EUR" in explain(known) for known in file.errors)


def test_an_mt940_statement_is_stored() -> None:
    path = SAMPLES / "mt940_envelope_free.sta"
    summary = summarise(read(path))
    for found in summary.statements:
        account(found.statement.account)
    file = bring(path)

    assert (file.state, file.kind) == (FileState.IMPORTED, "mt940")
    assert (file.credits, file.debits) == (summary.credits, summary.debits)


@pytest.mark.parametrize("share", [0.1, 0.35, 0.5, 0.75, 0.9, 0.999])
def test_a_truncated_file_leaves_nothing(share: float, tmp_path: Path) -> None:
    written, whole = number(), tmp_path / "whole.xml"
    account(written)
    camt.month(whole, written, 40)
    cut = tmp_path / "cut.xml"
    cut.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * share)])

    file = bring(cut)
    assert file.state == FileState.REFUSED
    assert not Transaction.objects.exists()
    assert raw.path_of(file.sha256).exists()


def test_a_long_file_reports_its_progress_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a connection of its own, which this test's transaction would hide from it."""
    said: list[tuple[str, int]] = []

    class Pen:
        def __init__(self, **about: object) -> None:
            self.about = about

        def __enter__(self) -> "Pen":
            return self

        def at(self, done: int) -> None:
            said.append((str(self.about["subject"]), done))

        def __exit__(self, *error: object) -> None:
            said.append(("end", 0))

    monkeypatch.setattr(importing.jobs, "progress", Pen)
    monkeypatch.setattr(importing, "SHOWN_FROM", 0)
    written, path = number(), tmp_path / "long.xml"
    account(written)
    camt.month(path, written, 100)
    file = bring(path)

    assert said == [(str(file.pk), 100), ("end", 0)]
