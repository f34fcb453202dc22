"""Hooks in order, marks that are silent unless asked, words of models, the places of the inbox."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from anzhi.supervision.funds import hooks, marks
from anzhi.supervision.funds.inbox import places, settling
from anzhi.supervision.funds.jobs import resume
from anzhi.supervision.funds.models import Bank, StatementFile, SupervisedAccount, Transaction
from anzhi.supervision.funds.numbers import index_of, mask_of, open_number, seal_number
from anzhi.supervision.funds.queries import Moved
from anzhi.supervision.funds.tables import Sides

LANDED = hooks.Landed(file=1, accounts=(1,), added=0)


def test_hooks_run_low_order_first_and_their_alerts_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "_hooks", [])
    order: list[str] = []
    hooks.after_import(lambda landed: order.append("rules") or 2, order=90)
    hooks.after_import(lambda landed: order.append("matching") or 0, order=10)

    assert hooks.run(LANDED) == 2
    assert order == ["matching", "rules"]


def test_marks_are_silent_unless_a_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(marks.PLACE, raising=False)
    marks.phase("parse")
    monkeypatch.setenv(marks.PLACE, str(tmp_path / "log"))
    marks.phase("copy")
    marks.phase("insert")

    assert [line.split()[1] for line in (tmp_path / "log").read_text().splitlines()] == ["copy", "insert"]


def test_a_sealed_number_opens_only_in_its_bank() -> None:
    sealed = seal_number("6228 4800 0000 1111", "abc")

    assert open_number(sealed, "abc", index_of("6228480000001111")) == "6228480000001111"
    with pytest.raises(ValueError, match=r"changed|another"):
        open_number(sealed, "ccb", index_of("6228480000001111"))


def test_a_number_is_masked_however_it_is_written() -> None:
    assert mask_of("6228 4800 0000 1111") == mask_of("6228-4800-0000-1111") == "6228 **** **** 1111"
    assert mask_of("") == ""


def test_words_of_rows() -> None:
    out = Transaction(booked=date(2026, 3, 2), amount=Decimal("1.50"), credit=False, bank_ref="R1")
    assert (str(out), out.signed) == ("2026-03-02 R1", Decimal("-1.50"))
    assert str(StatementFile(name="a.xml")) == "a.xml"


def test_the_bank_is_named_once() -> None:
    bank = Bank(code="abc", name="中国农业银行", short_name="农行")
    assert SupervisedAccount(bank=bank, branch="中国农业银行元谋县支行").held_at == "中国农业银行元谋县支行"
    assert SupervisedAccount(bank=bank, branch="元谋县支行").held_at == "中国农业银行 元谋县支行"
    assert str(bank) == "中国农业银行"


def test_both_sides_of_a_total_stay_one_figure_in_a_sheet() -> None:
    total = Sides.of(Moved(Decimal(10), Decimal("3.5"), 1, 2))
    assert (total, total.came, total.went) == (Decimal("6.5"), Decimal(10), Decimal("3.5"))


def test_finished_files_never_overwrite_one_another() -> None:
    path = places.folder() / "a.xml"
    first = places.finished(path, places.DONE, 7)
    first.write_bytes(b"")

    assert first.name == "a.xml"
    assert places.finished(path, places.DONE, 8).name == "a-8.xml"


def test_a_file_still_open_for_writing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    with path.open("wb"):
        assert places.being_written(path)
    assert not places.being_written(path)


def test_a_file_that_cannot_be_put_away_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    path = places.folder() / "a.xml"
    path.write_bytes(b"")
    file = StatementFile(pk=1, name="a.xml", path=str(path), state="imported", size=0)

    def refuses(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuses)
    assert settling.settle(file) is None
    assert path.exists()


def test_a_file_that_is_gone_is_not_put_away() -> None:
    path = places.folder() / "gone.xml"
    assert settling.settle(StatementFile(pk=1, path=str(path), state="imported", size=0)) is None


def test_the_clock_has_nothing_to_resume(system: None) -> None:
    resume()
