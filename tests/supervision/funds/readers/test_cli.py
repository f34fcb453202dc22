"""`statements parse`: the object other programs read, the table people read, the exit code both trust."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from anzhi.supervision.funds.readers.cli import main
from supervision.funds.readers.helpers import SAMPLES
from supervision.funds.readers.writing import Move, Sheet, camt, mt940

SHEET = Sheet(opening=Decimal("10.00"), moves=[Move(True, Decimal("5.00")), Move(True, Decimal("1.00"), status="PDNG")])


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Parse a content; the exit code and what was printed."""

    def run(content: bytes, *options: str) -> tuple[int, str]:
        path = tmp_path / "file"
        path.write_bytes(content)
        code = main([str(path), *options])
        return code, capsys.readouterr().out

    return run


def test_the_documented_object(told) -> None:
    code, out = told(camt(SHEET), "--json")

    assert code == 0
    assert json.loads(out) == {
        "format": "camt.053",
        "statements": [
            {
                "account": "53001905038050000001",
                "currency": "CNY",
                "opening": "10.00",
                "closing": "15.00",
                "entries": 2,
                "credits": "5.00",
                "debits": "0.00",
                "pending": 1,
                "balance_ok": True,
            }
        ],
        "entries": 2,
        "credits": "5.00",
        "debits": "0.00",
        "errors": [],
    }


def test_an_open_balance_is_no_error(told) -> None:
    code, out = told(mt940(SHEET).replace(b"62F:C261008CNY15,00", b"62F:C261008CNY15,01"), "--json")

    assert (code, json.loads(out)["statements"][0]["balance_ok"]) == (0, False)


def test_an_empty_but_whole_file_is_no_error(told) -> None:
    code, out = told(mt940(Sheet()), "--json")

    assert (code, json.loads(out)["entries"]) == (0, 0)


@pytest.mark.parametrize("content", [b"", b"no statement at all\n", camt(SHEET)[:-20], mt940(SHEET)[:-30]])
def test_a_broken_file_gives_only_errors(told, content: bytes) -> None:
    code, out = told(content, "--json")
    found = json.loads(out)

    assert code == 1
    assert (found["statements"], found["entries"]) == ([], 0)
    assert [set(error) for error in found["errors"]] == [{"where", "message"}]
    assert found["errors"][0]["message"]


def test_a_missing_file_is_an_error_like_any_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/nowhere/at/all", "--json"]) == 1
    assert "打不开" in json.loads(capsys.readouterr().out)["errors"][0]["message"]


def test_the_table_for_people(told) -> None:
    code, out = told(camt(SHEET))

    assert code == 0
    assert "余额相符" in out
    assert "另有未记账 1 笔" in out
    assert "共 2 笔" in out


def test_errors_for_people_name_the_place(told) -> None:
    code, out = told(camt(SHEET).replace(b"CRDT</CdtDbtInd><Sts>", b"X</CdtDbtInd><Sts>"))

    assert code == 1
    assert "✗ 第 2 行" in out


def test_a_mapping_may_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(SAMPLES / "boc.csv")

    assert main([path, "--mapping", "boc", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["format"] == "csv"
    assert main([path, "--mapping", "abc"]) == 1
    assert main([path]) == 0
    assert "映射 boc" in capsys.readouterr().out


def test_it_needs_neither_settings_nor_database() -> None:
    program = (
        "import sys; from anzhi.supervision.funds.readers.cli import main; code = main(sys.argv[1:]);"
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules); raise SystemExit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(SAMPLES / "boc.csv"), "--json"], capture_output=True, env={}, check=False
    )

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["entries"] == 3
