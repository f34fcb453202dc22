"""Each way a row of a sheet can be wrong: its row, its column, and what to do, in the reader's language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation

from anzhi.foundation.access.scope import region_scope
from anzhi.management.plans import services
from anzhi.management.plans.models import Allocation, PlanFile, PlanLine
from anzhi.management.plans.sheet_rows import AllocationRow, LineRow
from harness.people import actor, agency_at
from management.plans.factories import leg, line

pytestmark = pytest.mark.usefixtures("system")
FINANCE = actor("finance", region="53")
LINE = {
    "计划行号": "L-1",
    "年度": "2026",
    "单位": "",
    "工程编码": "",
    "工程名称": "",
    "资金类型": "后期扶持-项目",
    "用途": "提灌站改造",
    "金额（元）": "4120000",
    "文号": "云搬发〔2026〕1号",
    "批准日期": "2026-01-20",
}
LEG = {
    "拨付编号": "A-1",
    "计划行号": "",
    "上级拨付编号": "",
    "拨出单位": "",
    "接收单位": "",
    "资金类型": "后期扶持-项目",
    "金额（元）": "860000",
    "拨款文号": "云搬发〔2026〕63号",
    "拨付日期": "2026-09-10",
    "应到日期": "2026-10-10",
}


@pytest.fixture(autouse=True)
def chinese() -> object:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def give(tmp_path: Path) -> Callable[..., PlanFile]:
    """Rows as dictionaries over the right one, given in as CSV."""

    def given(kind: str, *changes: dict[str, str], by: object = FINANCE) -> PlanFile:
        form, right = (LineRow, LINE) if kind == "lines" else (AllocationRow, LEG)
        office = agency_at("532328").name
        right = right | (
            {"单位": office} if kind == "lines" else {"拨出单位": agency_at("53").name, "接收单位": office}
        )
        table = [form.columns(), *((right | one).values() for one in changes)]
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.csv"
        path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in table), encoding="utf-8")
        take = services.import_lines if kind == "lines" else services.import_allocations
        return take(path=path, name=path.name, by=by)  # type: ignore[arg-type]

    return given


def told(file: PlanFile) -> list[tuple[int, str, str]]:
    return [(fault["row"], fault["field"], fault["message"]) for fault in file.errors]


@pytest.mark.parametrize(
    ("kind", "column", "cell", "words"),
    [
        ("lines", "计划行号", "", "必填"),
        ("lines", "计划行号", "L" * 41, "40"),
        ("lines", "年度", "", "必填"),
        ("lines", "年度", "二〇二六", "整数"),
        ("lines", "年度", "2005", "2006"),
        ("lines", "年度", "2101", "2100"),
        ("lines", "单位", "", "必填"),
        ("lines", "单位", "没有这个单位", "没有这个单位"),
        ("lines", "工程编码", "X" * 31, "30"),
        ("lines", "工程名称", "坝" * 81, "80"),
        ("lines", "资金类型", "", "必填"),
        ("lines", "资金类型", "后期扶持", "后期扶持-直补"),
        ("lines", "用途", "", "必填"),
        ("lines", "用途", "用" * 61, "60"),
        ("lines", "金额（元）", "", "必填"),
        ("lines", "金额（元）", "0", "0.01"),
        ("lines", "金额（元）", "-5", "0.01"),
        ("lines", "金额（元）", "1.005", "两位小数"),
        ("lines", "金额（元）", "1e30", ""),
        ("lines", "金额（元）", "NaN", "数字"),
        ("lines", "金额（元）", "五百万", "数字"),
        ("lines", "文号", "", "必填"),
        ("lines", "批准日期", "", "必填"),
        ("lines", "批准日期", "2026-02-29", "日期"),
        ("lines", "批准日期", "明天", "日期"),
        ("allocations", "拨付编号", "", "必填"),
        ("allocations", "计划行号", "L-404", "L-404"),
        ("allocations", "上级拨付编号", "A-404", "先导入"),
        ("allocations", "拨出单位", "", "必填"),
        ("allocations", "拨出单位", "没有这个单位", "没有这个单位"),
        ("allocations", "接收单位", "没有那个单位", "没有那个单位"),
        ("allocations", "资金类型", "零花钱", "库区基金"),
        ("allocations", "金额（元）", "100.001", "两位小数"),
        ("allocations", "拨款文号", "号" * 61, "60"),
        ("allocations", "拨付日期", "2026-13-01", "日期"),
        ("allocations", "应到日期", "", "必填"),
        ("allocations", "应到日期", "2026-09-09", "早于"),
    ],
)
def test_a_wrong_cell_names_row_column_and_cure(give: Callable, kind: str, column: str, cell: str, words: str) -> None:
    number = {"lines": "计划行号", "allocations": "拨付编号"}[kind]

    file = give(kind, {number: "好的-1"}, {number: "好的-2"} | {column: cell})

    assert [(row, field) for row, field, _message in told(file)] == [(3, column)]
    assert words in told(file)[0][2]
    assert not PlanLine.objects.exists()
    assert not Allocation.objects.exists()
    assert not file.accepted


@pytest.mark.parametrize("written", ["4,120,000.00", "4，120，000", " 4120000 ", "4120000.0"])
def test_amounts_as_people_write_them(give: Callable, written: str) -> None:
    assert give("lines", {"金额（元）": written}).accepted
    assert PlanLine.objects.get().amount == 4120000


@pytest.mark.parametrize("written", ["2026-01-20", "2026/1/20"])
def test_days_as_people_write_them(give: Callable, written: str) -> None:
    file = give("lines", {"批准日期": written})

    assert file.accepted, told(file)


@pytest.mark.parametrize("name", ["name", "short_name"])
def test_offices_by_full_or_short_name(give: Callable, name: str) -> None:
    assert give("lines", {"单位": getattr(agency_at("532328"), name)}).accepted


def test_faults_of_all_rows_are_told_in_order(give: Callable) -> None:
    file = give("lines", {"金额（元）": "x"}, {"计划行号": "L-2"}, {"计划行号": "L-3", "年度": "y", "批准日期": "z"})

    assert [(row, field) for row, field, _ in told(file)] == [(2, "金额（元）"), (4, "年度"), (4, "批准日期")]


def test_a_number_twice_in_the_sheet_and_one_that_is_registered(give: Callable) -> None:
    line(number="L-9")

    file = give("lines", {"计划行号": "L-9"}, {"计划行号": "L-2"}, {"计划行号": "L-2"})

    assert [(row, message) for row, _field, message in told(file)] == [
        (2, told(file)[0][2]),
        (3, told(file)[1][2]),
        (4, told(file)[1][2]),
    ]
    assert told(file)[0][2] != told(file)[1][2]


def test_a_sender_outside_the_area_is_refused_and_a_receiver_is_not(give: Callable) -> None:
    county = actor("finance", region="532328")
    with region_scope("532328"):
        theirs = give("allocations", {}, by=county)
        ours = give("allocations", {"拨出单位": agency_at("532328").name, "接收单位": agency_at("53").name}, by=county)

    assert [(row, field) for row, field, _ in told(theirs)] == [(2, "拨出单位")]
    assert ours.accepted


def test_a_registered_allocation_number_of_another_area_is_taken_all_the_same(give: Callable) -> None:
    leg("5306", "530622", number="A-1")
    county = actor("finance", region="532328")

    with region_scope("532328"):
        file = give("allocations", {"拨出单位": agency_at("532328").name, "接收单位": agency_at("53").name}, by=county)

    assert [(row, field) for row, field, _ in told(file)] == [(2, "拨付编号")]


def test_a_refused_sheet_is_kept_with_its_faults_and_its_giver(give: Callable) -> None:
    give("lines", {"年度": "x"})

    kept = PlanFile.objects.get()
    assert (kept.accepted, kept.rows, len(kept.errors), kept.by_label) == (False, 0, 1, FINANCE.label)


def test_the_mended_sheet_is_taken_over(give: Callable) -> None:
    assert not give("lines", {"年度": "x"}).accepted
    assert give("lines", {}).accepted
    assert PlanLine.objects.get().file == PlanFile.objects.get(accepted=True)
