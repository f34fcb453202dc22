"""Plan sheets of the sample come in through the same door as an office's: what adds up, and what is refused."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum
from openpyxl import load_workbook

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.accounts.models import Agency
from anzhi.management.plans.models import Allocation, PlanFile, PlanLine
from anzhi.management.plans.sheet_rows import LineRow
from anzhi.management.plans.states import FundType
from anzhi.sample.money import batches, plan
from anzhi.sample.money.batches import Leg
from sample.offices import batch

pytestmark = pytest.mark.usefixtures("system")
AMOUNTS = {"532328000000": 412_000_000, "532326000000": 50_000_050, "530622000000": 7_000_000}


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def legs(kind: FundType = FundType.SUPPORT_PROJECT) -> list[Leg]:
    """A document to three real counties of two prefectures."""
    offices = list(Agency.objects.filter(closed_on=None).select_related("parent").order_by("region_code"))
    return list(batches.legs(batch("W1", kind), offices, AMOUNTS))


@pytest.fixture
def taken(tmp_path: Path) -> list[Leg]:
    made = legs()
    plan.lines(made, tmp_path, SYSTEM)
    plan.allocations(made, tmp_path, SYSTEM)
    return made


def test_each_county_has_its_line_with_its_amount_to_the_fen(taken: list[Leg]) -> None:
    lines = {line.region_code: line for line in PlanLine.objects.all()}
    assert {code: int(line.amount * 100) for code, line in lines.items()} == AMOUNTS
    assert {line.document for line in lines.values()} == {"云搬发〔2026〕11号"}
    assert {line.fund_type for line in lines.values()} == {FundType.SUPPORT_PROJECT}
    assert lines["532326000000"].amount == Decimal("500000.50")


def test_allocations_hang_on_lines_and_never_exceed_them(taken: list[Leg]) -> None:
    last = Allocation.objects.exclude(line=None)
    assert last.count() == 3
    assert all(one.amount <= one.line.amount for one in last.select_related("line"))
    whole = last.aggregate(whole=Sum("amount"))["whole"]
    assert whole == PlanLine.objects.aggregate(whole=Sum("amount"))["whole"] == Decimal(sum(AMOUNTS.values())) / 100


def test_a_prefectures_allocation_is_the_sum_of_those_below(taken: list[Leg]) -> None:
    uppers = Allocation.objects.filter(line=None)
    assert {one.to_region for one in uppers} == {"532300000000", "530600000000"}
    for upper in uppers:
        assert upper.amount == sum(one.amount for one in upper.downstream.all())
        assert {one.from_agency_id for one in upper.downstream.all()} == {upper.to_agency_id}
        assert {one.document_key for one in upper.downstream.all()} == {upper.document_key}


def test_files_are_named_by_what_they_hold(taken: list[Leg], tmp_path: Path) -> None:
    made = {file.name for file in PlanFile.objects.all()}
    assert made == {"资金计划_W1.xlsx", "拨付_W1_province.xlsx", "拨付_W1_prefecture.xlsx"}
    assert {path.name for path in tmp_path.glob("*.xlsx")} == made


def test_a_sheet_is_one_an_office_could_have_written(taken: list[Leg], tmp_path: Path) -> None:
    head, *rows = load_workbook(tmp_path / "资金计划_W1.xlsx", read_only=True).active.iter_rows(values_only=True)
    assert head == LineRow.columns()
    assert len(rows) == 3
    assert "提灌站" not in str(rows)
    assert all(isinstance(cell, str) or cell is None for row in rows for cell in row)


@pytest.mark.parametrize(
    ("kind", "called"),
    [
        (FundType.COMPENSATION, "征地补偿和移民安置资金"),
        (FundType.SUPPORT_DIRECT, "后期扶持-直补"),
        (FundType.SUPPORT_PROJECT, "后期扶持-项目"),
    ],
)
def test_a_kind_of_money_is_written_in_chinese(kind: FundType, called: str, tmp_path: Path) -> None:
    plan.lines(legs(kind), tmp_path, SYSTEM)
    _head, row, *_more = load_workbook(tmp_path / "资金计划_W1.xlsx").active.iter_rows(values_only=True)
    assert called in row
    assert set(PlanLine.objects.values_list("fund_type", flat=True)) == {kind}


def test_money_of_years_before_comes_without_the_provinces_leg(tmp_path: Path) -> None:
    lower = [replace(leg, upper="") for leg in legs() if leg.sender.tier == "prefecture"]
    plan.lines(lower, tmp_path, SYSTEM)
    plan.allocations(lower, tmp_path, SYSTEM)
    assert Allocation.objects.count() == 3
    assert not Allocation.objects.exclude(upstream=None).exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"fen": 0}, "金额"), ({"due": batch().issued.replace(month=1)}, "应到日期"), ({"upper": "BF-none"}, "BF-none")],
    ids=["nothing", "due before issue", "hangs on nothing"],
)
def test_a_fault_of_the_sample_is_told_with_its_file(changed: dict[str, Any], said: str, tmp_path: Path) -> None:
    made = legs()
    plan.lines(made, tmp_path, SYSTEM)
    broken = [replace(leg, **changed) if leg.line else leg for leg in made]
    with pytest.raises(plan.SampleRefused, match=r"拨付_W1_prefecture\.xlsx") as refused:
        plan.allocations(broken, tmp_path, SYSTEM)
    assert said in str(refused.value)
    assert set(Allocation.objects.values_list("from_agency__tier", flat=True)) <= {"province"}


def test_a_line_that_is_there_already_is_not_written_twice(taken: list[Leg], tmp_path: Path) -> None:
    before = set(PlanLine.objects.values_list("pk", "amount"))
    with pytest.raises(plan.SampleRefused):
        plan.lines([replace(leg, fen=leg.fen + 10_000) for leg in taken], tmp_path / "again", SYSTEM)
    assert set(PlanLine.objects.values_list("pk", "amount")) == before
