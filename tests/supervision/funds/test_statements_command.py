"""`anzhi statements import` and `parse`."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from anzhi.foundation.access.actors import SYSTEM
from anzhi.supervision.funds import raw
from anzhi.supervision.funds.models import StatementFile
from anzhi.supervision.funds.services import receiving
from anzhi.supervision.funds.states import Source
from supervision.funds import camt
from supervision.funds.factories import account, number

pytestmark = pytest.mark.usefixtures("system")


def bring(*arguments: object) -> tuple[list[str], int]:
    out, code = StringIO(), 0
    try:
        call_command("statements", "import", *map(str, arguments), stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return out.getvalue().splitlines(), code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home, written = tmp_path / "files", number()
    account(written)
    home.mkdir()
    camt.month(home / "a.xml", written, 6)
    return home


def test_each_file_gets_a_line(folder: Path) -> None:
    lines, code = bring(folder / "a.xml")
    assert (code, lines) == (0, [f"new     {folder / 'a.xml'}  1 statements, 6 entries, 6 added, 0 alerts"])

    lines, code = bring(folder / "a.xml")
    assert (code, lines) == (0, [f"known   {folder / 'a.xml'}"])


def test_a_folder_and_json(folder: Path) -> None:
    camt.month(folder / "b.xml", "6228480000119999", 1)
    (folder / "c.part").write_bytes(b"")
    lines, code = bring(folder, "--json")
    said = [json.loads(line) for line in lines]

    assert code == 1
    assert [(Path(one["file"]).name, one["outcome"], one["added"]) for one in said] == [
        ("a.xml", "new", 6),
        ("b.xml", "refused", 0),
    ]
    assert "6228 **** **** 9999" in said[1]["errors"][0]["message"]


def test_reasons_stand_in_the_line(folder: Path) -> None:
    (folder / "x.bin").write_bytes(b"\x00\x01\x02")
    lines, code = bring(folder / "x.bin")

    assert code == 1
    assert lines[0].startswith("refused ")


def test_what_a_killed_run_left_is_done_by_the_next(folder: Path) -> None:
    path = folder / "a.xml"
    receiving.receive(raw.blocks_of(path), name=path.name, source=Source.CLI, by=SYSTEM)

    assert bring(path)[0][0].startswith("new ")
    assert bring(path)[0][0].startswith("known ")


def test_a_sheet_may_be_given_its_account(folder: Path) -> None:
    written = number()
    made = account(written)
    bring(folder / "a.xml", "--account", written)

    assert StatementFile.objects.get().for_account == made
    with pytest.raises(CommandError, match="no registered account"):
        bring(folder / "a.xml", "--account", "6228000000000000")


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such file"):
        bring(tmp_path / "none.xml")


def test_parse_needs_no_database(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "statements", "parse", str(folder / "a.xml"), "--json"],
        env={"DJANGO_SETTINGS_MODULE": "anzhi.site.settings.test", "PYTHONPATH": "src"}
        | dict.fromkeys(("ANZHI_SECRET_KEY", "ANZHI_FIELD_KEY", "ANZHI_INDEX_KEY", "ANZHI_APP_PW"), "x")
        | {"ANZHI_PGHOST": "/nonexistent"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["statements"][0]["balance_ok"] is True
