"""Sheets of allocations against what is registered: whose money it is, for what, and how much of it is left."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from anzhi.foundation.access.scope import region_scope
from anzhi.foundation.search import services as index
from anzhi.foundation.search.queries import search
from anzhi.management.plans import finding, services
from anzhi.management.plans.models import Allocation, PlanFile
from anzhi.management.plans.states import AllocationState, FundType
from harness.acting import acting
from harness.people import actor, agency_at
from management.plans.factories import leg, line

pytestmark = pytest.mark.usefixtures("system")
PREFECTURE = actor("finance", region="5323")
KINDS = {FundType.SUPPORT_PROJECT: "后期扶持-项目", FundType.SUPPORT_DIRECT: "后期扶持-直补"}
HEAD = "拨付编号,计划行号,上级拨付编号,拨出单位,接收单位,资金类型,金额（元）,拨款文号,拨付日期,应到日期"


@pytest.fixture
def give(tmp_path: Path) -> Callable[..., PlanFile]:
    """A CSV of these rows, given in by the prefecture."""

    def given(*rows: str, by: object = PREFECTURE, name: str = "拨付.csv") -> PlanFile:
        path = tmp_path / name
        path.write_text("\n".join((HEAD, *rows)), encoding="utf-8")
        return services.import_allocations(path=path, name=name, by=by)  # type: ignore[arg-type]

    return given


def row(
    number: str,
    amount: str,
    *,
    upper: str = "",
    of: str = "",
    sender: str = "5323",
    receiver: str = "532328",
    **more: str,
) -> str:
    kind, due = more.get("kind", "后期扶持-项目"), more.get("due", "2026-10-10")
    ends = f"{agency_at(sender).name},{agency_at(receiver).name}"
    return f"{number},{of},{upper},{ends},{kind},{amount},云搬发〔2026〕63号,2026-09-10,{due}"


def told(file: PlanFile) -> list[tuple[int, str]]:
    return [(fault["row"], fault["field"]) for fault in file.errors]


def test_money_is_passed_on_by_who_received_it(give: Callable) -> None:
    leg("53", "5306", "900", number="TOP")

    file = give(row("A-1", "100", upper="TOP"))

    assert told(file) == [(2, "上级拨付编号")]
    assert "接收单位" in file.errors[0]["message"]


def test_a_cancelled_allocation_feeds_nothing(give: Callable) -> None:
    leg("53", "5323", "900", number="TOP", state=AllocationState.CANCELLED)

    assert told(give(row("A-1", "100", upper="TOP"))) == [(2, "上级拨付编号")]


@pytest.mark.parametrize("source", ["line", "upper"])
def test_money_keeps_its_kind(give: Callable, source: str) -> None:
    leg("53", "5323", "900", number="TOP")
    line(number="L-1")
    named = {"of": "L-1"} if source == "line" else {"upper": "TOP"}

    assert told(give(row("A-1", "100", kind=KINDS[FundType.SUPPORT_DIRECT], **named))) == [(2, "资金类型")]
    assert give(row("A-1", "100", **named), name="对.csv").accepted


def test_a_line_is_not_exceeded_by_money_that_came_another_way(give: Callable) -> None:
    line(number="L-1", amount="500")
    leg("53", "5323", "900", number="TOP")
    assert give(row("A-1", "400", upper="TOP", of="L-1")).accepted

    file = give(row("A-2", "60", upper="TOP", of="L-1"), row("A-3", "60.01", upper="TOP", of="L-1"), name="二.csv")

    assert told(file) == [(3, "金额（元）")]
    assert "20.01" in file.errors[0]["message"]


@pytest.mark.parametrize(("amount", "taken"), [("900", True), ("900.01", False)])
def test_what_is_left_counts_neither_cancelled_nor_other_sheets_rows_twice(
    give: Callable, amount: str, taken: bool
) -> None:
    top = leg("53", "5323", "1000", number="TOP")
    leg("5323", "532301", "100", upstream=top)
    leg("5323", "532301", "700", upstream=top, state=AllocationState.CANCELLED)

    assert give(row("A-1", amount, upper="TOP")).accepted is taken


def test_what_is_left_is_the_same_for_who_sees_less(give: Callable) -> None:
    top = leg("53", "5323", "1000", number="TOP")
    leg("5323", "532301", "600", upstream=top)

    with region_scope("5323"):
        assert told(give(row("A-1", "400.01", upper="TOP"))) == [(2, "金额（元）")]


def test_money_goes_back_up_and_both_ends_find_it(give: Callable) -> None:
    county = actor("finance", region="532328")
    with region_scope("532328"):
        file = give(row("A-9", "100", sender="532328", receiver="5323"), by=county)

    assert file.accepted
    assert [found("63号", at) for at in ("532328", "5323", "53", "532301", "530622")] == [1, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("ends", "finding_it", "not_finding_it"),
    [
        (("53", "5323"), ["53", "5323"], ["532328", "5306"]),
        (("5323", "532328"), ["53", "5323", "532328"], ["532301", "5306"]),
        (("532328", "5323"), ["53", "5323", "532328"], ["532301", "5306"]),
        (("532328", "530622"), ["532328", "530622", "5323", "5306"], ["532301"]),
    ],
)
def test_payer_and_receiver_find_an_allocation(
    ends: tuple[str, str], finding_it: list[str], not_finding_it: list[str]
) -> None:
    made = leg(*ends, document="云搬发〔2026〕77号", number="拨-77")
    assert index.rebuild(finding.KIND) == len(finding.found(made))

    for words in ("77号", "拨-77", made.from_agency.name, made.to_agency.name):
        assert {at: found(words, at) for at in (*finding_it, *not_finding_it)} == {
            **dict.fromkeys(finding_it, 1),
            **dict.fromkeys(not_finding_it, 0),
        }, words


def found(words: str, region: str) -> int:
    with region_scope(region):
        groups = search(words, actor("leader", region=region), only=finding.KIND)
    return sum(group.total for group in groups)


def test_settling_takes_only_what_is_new_and_leaves_the_cancelled() -> None:
    made = leg("5323", "532328", "100")
    gone = leg("5323", "532328", "100", state=AllocationState.CANCELLED)
    some = Decimal("100")
    moves = [services.Movement(pk, some, None, some, None) for pk in (made.pk, gone.pk)]
    with acting():
        assert services.settle(movements=moves, by=PREFECTURE) == 2

    states = dict(Allocation.objects.values_list("pk", "state"))
    assert states == {made.pk: "arrived", gone.pk: "cancelled"}
