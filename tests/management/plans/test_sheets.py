"""Sheets of plan lines and allocations: whole or not at all, each fault with row, column and cure."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import region_scope
from anzhi.management.plans import queries, services
from anzhi.management.plans.models import Allocation, PlanFile, PlanLine
from anzhi.management.plans.rules import normal_document, overdue_days, state_of
from anzhi.management.plans.sheet_rows import AllocationRow, LineRow
from anzhi.management.plans.sheets import SheetRefused, rows
from harness.acting import acting
from harness.people import actor, agency_at

FINANCE = actor("finance", region="53")
LINE = [
    "L-1",
    "2026",
    "532328搬迁安置办公室",
    "",
    "乌东德水电站",
    "后期扶持-项目",
    "提灌站改造",
    "4,120,000.00",
    "云搬发〔2026〕1号",
    "2026-01-20",
]
LEG = [
    "A-1",
    "",
    "",
    "53搬迁安置办公室",
    "5323搬迁安置办公室",
    "后期扶持-项目",
    "860000000",
    "云搬发〔2026〕63号",
    "2026-09-10",
    "2026-10-10",
]


@pytest.fixture(autouse=True)
def offices(system: None) -> None:
    for region in ("532328", "530622"):
        agency_at(region)
    for region in ("53", "5323", "532328", "530622"):
        agency = agency_at(region)
        agency.name = f"{region}搬迁安置办公室"
        agency.save(update_fields=["name"])


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Writes an XLSX with a title row, the header, and the rows given."""

    def write(form: type, *lines: list[str], header: tuple[str, ...] = (), name: str = "表.xlsx") -> Path:
        book = Workbook()
        page = book.active
        page.append(["2026年资金计划"])
        page.append(list(header or form.columns()))
        for line in lines:
            page.append(line)
        path = tmp_path / name
        book.save(path)
        return path

    return write


def take_lines(path: Path) -> PlanFile:
    return services.import_lines(path=path, name=path.name, by=FINANCE)


def take_legs(path: Path) -> PlanFile:
    return services.import_allocations(path=path, name=path.name, by=FINANCE)


def changed(row: list[str], **cells: str) -> list[str]:
    """The row with cells replaced, named c0, c1, …"""
    return [cells.get(f"c{at}", cell) for at, cell in enumerate(row)]


def test_a_right_sheet_is_taken_over(sheet: Callable) -> None:
    file = take_lines(sheet(LineRow, LINE, changed(LINE, c0="L-2")))
    assert file.accepted
    assert file.errors == []
    line = PlanLine.objects.get(number="L-1")
    assert (line.amount, line.region_code, line.approved_on) == (
        Decimal("4120000.00"),
        "532328000000",
        date(2026, 1, 20),
    )


def test_the_same_file_again_changes_nothing(sheet: Callable) -> None:
    path = sheet(LineRow, LINE)
    assert take_lines(path).accepted
    again = take_lines(path)
    assert not again.accepted
    assert PlanLine.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"c7": "1.005"}, "金额（元）"),
        ({"c7": "-1"}, "金额（元）"),
        ({"c7": "0"}, "金额（元）"),
        ({"c7": "四百万"}, "金额（元）"),
        ({"c2": "无此单位"}, "单位"),
        ({"c5": "零花钱"}, "资金类型"),
        ({"c9": "2026-02-30"}, "批准日期"),
        ({"c1": "26"}, "年度"),
        ({"c0": ""}, "计划行号"),
    ],
)
def test_one_wrong_cell_refuses_the_whole_sheet_and_is_named(sheet: Callable, cells: dict, column: str) -> None:
    file = take_lines(sheet(LineRow, changed(LINE, c0="L-9"), changed(LINE, **cells)))
    assert not file.accepted
    assert [(e["row"], e["field"]) for e in file.errors] == [(4, column)]
    assert file.errors[0]["message"]
    assert PlanLine.objects.count() == 0


def test_all_faults_are_told_at_once(sheet: Callable) -> None:
    file = take_lines(sheet(LineRow, changed(LINE, c7="x", c9="y"), changed(LINE, c5="z")))
    assert len(file.errors) == 3


def test_a_number_twice_is_refused_in_both_rows(sheet: Callable) -> None:
    assert [e["row"] for e in take_lines(sheet(LineRow, LINE, LINE)).errors] == [3, 4]


def test_a_registered_number_is_refused(sheet: Callable) -> None:
    take_lines(sheet(LineRow, LINE))
    second = take_lines(sheet(LineRow, LINE, changed(LINE, c0="L-2"), name="二.xlsx"))
    assert [e["row"] for e in second.errors] == [3]


def test_missing_columns_are_named(sheet: Callable) -> None:
    header = tuple(c for c in LineRow.columns() if c != "文号")
    file = take_lines(sheet(LineRow, LINE, header=header))
    assert "文号" in file.errors[0]["message"]


def test_an_empty_sheet_is_refused(sheet: Callable, tmp_path: Path) -> None:
    assert not take_lines(sheet(LineRow)).accepted
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a sheet")
    assert not take_lines(broken).accepted


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_csv_in_both_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "表.csv"
    quoted = [f'"{cell}"' for cell in LINE]
    path.write_bytes("\r\n".join([",".join(LineRow.columns()), ",".join(quoted)]).encode(encoding))
    assert take_lines(path).accepted


def test_csv_of_unknown_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(b"\xff\xff\xff\x81")
    with pytest.raises(SheetRefused):
        list(rows(path, ("号",)))


def test_an_office_outside_the_area_is_refused(sheet: Callable) -> None:
    by = actor("finance", region="5306")
    path = sheet(LineRow, LINE)
    with region_scope("5306"):
        file = services.import_lines(path=path, name="x", by=by)
    assert [e["field"] for e in file.errors] == ["单位"]


def test_reading_roles_may_not_import(sheet: Callable) -> None:
    with pytest.raises(Denied):
        services.import_lines(path=sheet(LineRow, LINE), name="x", by=actor("leader", region="53"))


# ---- allocations


def test_allocations_hang_on_each_other(sheet: Callable) -> None:
    leg = changed(LEG, c0="A-2", c2="A-1", c3="5323搬迁安置办公室", c4="532328搬迁安置办公室", c6="300000000")
    assert take_legs(sheet(AllocationRow, LEG)).accepted
    assert take_legs(sheet(AllocationRow, leg, name="二.xlsx")).accepted
    lower = Allocation.objects.get(number="A-2")
    assert lower.upstream.number == "A-1"
    assert lower.missing == Decimal("300000000.00")


def test_no_more_is_passed_on_than_came(sheet: Callable) -> None:
    take_legs(sheet(AllocationRow, LEG))
    lower = changed(LEG, c2="A-1", c3="5323搬迁安置办公室", c4="532328搬迁安置办公室", c6="430000001")
    file = take_legs(sheet(AllocationRow, changed(lower, c0="A-2"), changed(lower, c0="A-3"), name="二.xlsx"))
    assert [(e["row"], e["field"]) for e in file.errors] == [(4, "金额（元）")]
    assert "2.00" in file.errors[0]["message"]


def test_no_more_is_allocated_than_planned(sheet: Callable) -> None:
    take_lines(sheet(LineRow, LINE))
    over = changed(LEG, c1="L-1", c6="4120000.01")
    assert [e["field"] for e in take_legs(sheet(AllocationRow, over, name="二.xlsx")).errors] == ["金额（元）"]
    assert take_legs(sheet(AllocationRow, changed(over, c6="4120000"), name="三.xlsx")).accepted


def test_due_before_issue_and_sender_as_receiver_are_refused(sheet: Callable) -> None:
    file = take_legs(sheet(AllocationRow, changed(LEG, c9="2026-09-09"), changed(LEG, c0="A-2", c4=LEG[3])))
    assert sorted(e["field"] for e in file.errors) == ["应到日期", "接收单位"]


def test_both_regions_see_an_allocation_and_a_third_does_not(sheet: Callable) -> None:
    take_legs(sheet(AllocationRow, changed(LEG, c3="5323搬迁安置办公室", c4="532328搬迁安置办公室")))
    for prefix, seen in (("5323", 1), ("532328", 1), ("53", 1), ("5306", 0), ("530622", 0)):
        with region_scope(prefix):
            assert Allocation.objects.count() == seen, prefix
            assert queries.allocations(prefix).count() == seen, prefix


def test_allocations_follow_the_bank(sheet: Callable) -> None:
    take_legs(sheet(AllocationRow, LEG))
    leg = Allocation.objects.get()
    steps = [("860000000", "0", "sent"), ("860000000", "1", "part_arrived"), ("860000000", "860000000", "arrived")]
    for sent, arrived, state in steps:
        move = services.Movement(leg.pk, Decimal(sent), date(2026, 9, 12), Decimal(arrived), date(2026, 9, 13))
        with acting():
            assert services.settle(movements=[move], by=FINANCE) == 1
            assert services.settle(movements=[move], by=FINANCE) == 0
        leg.refresh_from_db()
        assert leg.state == state == state_of(leg.amount, leg.sent, leg.arrived)
    assert services.settle(movements=[], by=FINANCE) == 0


def test_overdue_allocations_are_found(sheet: Callable) -> None:
    take_legs(sheet(AllocationRow, LEG))
    assert queries.overdue("53", date(2026, 10, 10)).count() == 0
    assert queries.overdue("53", date(2026, 10, 11)).count() == 1


@pytest.mark.parametrize(
    "written", ["云搬发〔2026〕63号", "云搬发[2026]063号", "云搬发（2026） 63 号", "云搬发【2026】第63号"]
)
def test_one_document_however_written(written: str) -> None:
    assert normal_document(written) == "云搬发〔2026〕63号"


def test_days_overdue() -> None:
    amount = Decimal(100)
    assert overdue_days(date(2026, 10, 10), date(2026, 11, 22), Decimal(0), amount) == 43
    assert overdue_days(date(2026, 10, 10), date(2026, 10, 10), Decimal(0), amount) == 0
    assert overdue_days(date(2026, 10, 10), date(2026, 11, 22), amount, amount) == 0
