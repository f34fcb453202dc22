"""The commands at the terminal: what they answer, and what they say when they cannot."""

import errno
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from anzhi.supervision.funds import finding, raw
from anzhi.supervision.funds.models import Bank, StatementFile
from anzhi.supervision.funds.services import receiving
from supervision.funds import camt
from supervision.funds.factories import account, number

pytestmark = pytest.mark.usefixtures("system")


def said(*arguments: object) -> list[dict]:
    out = StringIO()
    call_command("statements", "import", *map(str, arguments), "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_banks_are_brought_up_to_date_and_none_is_removed() -> None:
    Bank.objects.filter(code="abc").update(short_name="旧名")
    Bank.objects.create(code="local", name="本地银行", short_name="本地", position=99)
    call_command("load_banks")

    assert Bank.objects.get(code="abc").short_name != "旧名"
    assert Bank.objects.count() == 14


def test_an_account_that_is_not_registered_is_said_before_any_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x")
    with pytest.raises(CommandError, match="no registered account"):
        said(tmp_path / "a.csv", "--account", "6228480000999999")
    assert not StatementFile.objects.exists()


def test_a_number_in_two_banks_names_no_account(tmp_path: Path) -> None:
    written = number()
    account(written, bank="abc")
    account(written, bank="ccb")
    (tmp_path / "a.csv").write_text("x")
    with pytest.raises(CommandError, match="no registered account"):
        said(tmp_path / "a.csv", "--account", written)


def test_one_absent_path_stops_all_before_anything_is_stored(tmp_path: Path) -> None:
    written = number()
    account(written)
    camt.month(tmp_path / "a.xml", written, 3)
    with pytest.raises(CommandError, match=r"b\.xml: no such file"):
        said(tmp_path / "a.xml", tmp_path / "b.xml")
    assert not StatementFile.objects.exists()


def test_a_full_disk_is_said_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xml").write_text("x")

    def full(*args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(raw, "keep", full)
    with pytest.raises(CommandError, match=r"a\.xml: No space left.*make room"):
        said(tmp_path / "a.xml")
    assert not StatementFile.objects.exists()


def test_files_still_arriving_are_left_out_of_a_folder(tmp_path: Path) -> None:
    written = number()
    account(written)
    home = tmp_path / "in"
    (home / "deep").mkdir(parents=True)
    camt.month(home / "deep" / "a.xml", written, 3)
    (home / "b.xml.part").write_text("half")

    assert [(Path(one["file"]).name, one["outcome"], one["added"]) for one in said(home)] == [("a.xml", "new", 3)]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Files that have no job any more and failed so often."""
    refused: list[int] = []
    monkeypatch.setattr(receiving.importing, "refuse", lambda file, reasons: refused.append(file.attempts))
    yield refused


@pytest.mark.parametrize(("attempts", "given_up"), [(19, []), (20, [20]), (21, [21])])
def test_after_twenty_attempts_somebody_must_look(broken: list[int], attempts: int, given_up: list[int]) -> None:
    file = receiving.receive([b"x"], name="a", source="upload", by=receiving.SYSTEM)
    StatementFile.objects.filter(pk=file.pk).update(attempts=attempts)

    assert receiving.resume() == 1
    assert broken == given_up


def test_search_finds_an_account_by_bank_and_last_digits_and_never_holds_the_number() -> None:
    made = account("6228480000003071")
    found = finding.found(made)

    assert found.text.endswith("3071")
    assert made.bank.name in found.text
    assert "6228480000003071" not in str(found)
    assert [one.object_id for one in finding.all_accounts()] == [str(made.pk)]
    assert found.url.endswith(f"/{made.pk}/")
