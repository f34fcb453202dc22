"""What stands on the page of a line, an allocation and a sheet: figures by hand, links only where one may go."""

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.parameters import clock
from anzhi.management.plans import forms, slots, uploads
from anzhi.management.plans.models import Allocation, PlanFile
from anzhi.management.plans.sheet_rows import LineRow
from anzhi.management.plans.states import AllocationState, SheetKind
from harness.acting import acting
from harness.people import agency_at, client_for, client_of, user_at
from management.plans.factories import ISSUED, leg, line

pytestmark = pytest.mark.usefixtures("system")
DUE = ISSUED + timedelta(days=30)


def body(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def page_of(made: Allocation, region: str, role: str = "leader") -> str:
    return body(client_for(role, region=region).get(reverse("plans:allocation", args=[made.pk])))


@pytest.fixture
def way() -> list[Allocation]:
    """Province to prefecture to two counties; one of them short, of a line."""
    of = line(number="L-7", amount="900000")
    top = leg("53", "5323", "1000000", arrived="1000000", document="云搬发〔2026〕7号")
    return [
        top,
        leg("5323", "532328", "600000", arrived="150000", upstream=top, line=of, document="云搬发〔2026〕8号"),
        leg("5323", "532301", "300000", arrived="300000", upstream=top, document="云搬发〔2026〕9号"),
    ]


def test_an_allocation_tells_its_facts_in_figures_and_words(way: list[Allocation]) -> None:
    with clock.turned_to(DUE + timedelta(days=43)):
        text = page_of(way[1], "532328")

    for told in ("云搬发〔2026〕8号", way[1].number, "600,000.00", "陆拾万元整", "2026-09-10", "2026-10-10"):
        assert told in text, told
    assert "60.00" in text and "15.00" in text and "45.00" in text  # ten thousands: to arrive, arrived, missing
    assert "逾期 43 天" in text


def test_the_chain_lists_every_leg_and_links_only_what_the_reader_may_open(way: list[Allocation]) -> None:
    links = [reverse("plans:allocation", args=[one.pk]) for one in way]

    county, prefecture = page_of(way[1], "532328"), page_of(way[0], "5323")
    assert links[0] not in county and "云搬发〔2026〕7号" in county
    assert all(link in prefecture for link in links[1:])
    assert links[2] not in county and "云搬发〔2026〕9号" not in county  # a sister's leg is none of its business


def test_the_line_is_a_link_only_where_it_may_be_read(way: list[Allocation]) -> None:
    page = reverse("plans:line", args=[way[1].line_id])

    assert page in page_of(way[1], "532328")
    assert page in page_of(way[1], "5323")
    sister = leg("5323", "532301", "1", line=way[1].line)
    text = page_of(sister, "532301")
    assert page not in text and "L-7" not in text


def test_parts_of_other_apps_take_their_permission(way: list[Allocation], monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    part = slots.Part(
        Permission.ALERT_VIEW, "web/ui/empty.html", lambda scope, row: told.append(row) or {"title": "分"}
    )
    monkeypatch.setattr(slots, "_parts", [part])

    page_of(way[1], "532328", "fund_monitor")
    assert told == [way[1]]
    told.clear()
    assert client_for("officer", region="532328").get(reverse("plans:allocation", args=[way[1].pk])).status_code == 403
    assert told == []


def test_a_line_sums_what_was_issued_for_it(way: list[Allocation]) -> None:
    leg("5323", "532328", "100000.50", line=way[1].line)
    leg("5323", "532328", "70000", line=way[1].line, state=AllocationState.CANCELLED)
    text = body(client_for("finance", region="532328").get(reverse("plans:line", args=[way[1].line_id])))

    assert "90.00" in text  # planned, in ten thousands
    assert "70.00" in text  # issued: 600,000 and 100,000.50
    assert "20.00" in text  # not issued yet: 199,999.50
    assert "770,000.50" in text  # the foot of the table sums its rows, the cancelled one too
    assert "150,000.00" in text


def test_a_line_without_allocations_says_so() -> None:
    of = line(amount="5")

    assert "尚未" in body(client_for("finance", region="532328").get(reverse("plans:line", args=[of.pk])))


@pytest.mark.parametrize(
    ("query", "first"),
    [("sort=amount", "100.00"), ("sort=-amount", "900.00"), ("sort=due_on", "900.00"), ("sort=-due_on", "100.00")],
)
def test_allocations_are_sorted_by_the_column_asked_for(query: str, first: str) -> None:
    leg("5323", "532328", "900", due_on=DUE)
    leg("5323", "532328", "100", due_on=DUE + timedelta(days=1))
    rows = body(client_for("leader", region="5323").get(f"/plans/allocations/?{query}")).split("<tbody")[1]

    assert min(("100.00", "900.00"), key=rows.index) == first


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("amount_from=500", ["900"]),
        ("amount_to=500", ["100"]),
        ("amount_from=100&amount_to=900", ["100", "900"]),
        ("due_on_to=2026-10-10", ["900"]),
        ("due_on_from=2026-10-11", ["100"]),
        ("state=arrived", ["100"]),
        ("state=approved", ["900"]),
        ("fund_type=support_project", ["100", "900"]),
        ("fund_type=compensation", []),
        ("counted=late", ["900"]),
    ],
)
def test_allocations_are_found_by_their_facts(query: str, seen: list[str]) -> None:
    both = [leg("5323", "532328", "900", due_on=DUE)]
    both.append(leg("5323", "532328", "100", arrived="100", due_on=DUE + timedelta(days=1)))
    with clock.turned_to(DUE + timedelta(days=2)):
        text = body(client_for("leader", region="5323").get(f"/plans/allocations/?{query}"))

    assert [f"{one.amount:.0f}" for one in sorted(both, key=lambda one: one.amount) if one.number in text] == seen


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("year=2026", True),
        ("year=2025", False),
        ("fund_type=support_project", True),
        ("fund_type=other", False),
        ("area=532300000000", True),
        ("area=530600000000", False),
        ("q=提灌", True),
        ("q=L-77", True),
        ("q=道路", False),
        ("amount_from=100", True),
        ("amount_from=101", False),
    ],
)
def test_lines_are_found_by_their_facts(query: str, shown: bool) -> None:
    line(number="L-77", amount="100")
    line(number="L-0", year=2025, amount="1", purpose="移民道路", fund_type="other", region="530622")
    client = client_for("leader", region="53")

    assert ("L-77" in body(client.get(f"/plans/lines/?{query}"))) is shown


def test_the_list_of_lines_exports_what_it_shows() -> None:
    line(number="L-1", amount="100.10")
    line(number="L-2", amount="200.20")
    line("530622", number="L-3", amount="400.40")
    answer = client_for("leader", region="5323").get("/plans/lines/?export=csv")
    told = b"".join(answer.streaming_content).decode("utf-8-sig")

    assert "L-1" in told and "L-2" in told and "L-3" not in told
    assert "300.30" in told


def test_nothing_yet_is_said_in_words() -> None:
    client = client_for("finance", region="532328")

    for page, words in (("lines/", "计划"), ("allocations/", "拨付"), ("files/", "表格")):
        (said,) = re.findall(r'<div class="az-empty">.*?</div>', body(client.get(f"/plans/{page}")), re.S)
        assert words in said, page


# ---- sheets


def kept(region: str = "532328", **more: Any) -> PlanFile:
    with acting():
        return PlanFile.objects.create(
            **{
                "region_code": f"{region}000000",
                "name": "二季度拨付.xlsx",
                "sha256": "a" * 64,
                "kind": SheetKind.ALLOCATIONS,
                "rows": 12,
                "by_label": "杨若岚（元谋县搬迁安置办）",
                "accepted": False,
                "errors": [{"row": 3, "field": "金额（元）", "message": "超出计划余额 20.01 元"}],
            }
            | more
        )


def test_a_refused_sheet_shows_its_faults_and_the_way_to_mend_it() -> None:
    page = reverse("plans:file", args=[kept().pk])
    text = body(client_for("finance", region="532328").get(page))

    for told in ("超出计划余额 20.01 元", "金额（元）", "杨若岚", "a" * 64):
        assert told in text, told
    assert reverse("plans:upload") in text
    assert reverse("plans:upload") not in body(client_for("leader", region="532328").get(page))


def test_a_sheet_taken_over_needs_no_mending() -> None:
    page = reverse("plans:file", args=[kept(accepted=True, errors=[]).pk])

    assert reverse("plans:upload") not in body(client_for("finance", region="532328").get(page))


def test_at_most_five_hundred_faults_are_shown() -> None:
    faults = [{"row": at, "field": "年度", "message": f"第{at}个"} for at in range(1, 602)]
    text = body(client_for("finance", region="532328").get(reverse("plans:file", args=[kept(errors=faults).pk])))

    assert "第500个" in text and "第501个" not in text
    assert "601" in text  # how many there are in all


@pytest.mark.parametrize(
    ("query", "shown"),
    [("accepted=no", True), ("accepted=yes", False), ("kind=lines", False), ("kind=allocations", True)],
)
def test_sheets_are_found_by_kind_and_fate(query: str, shown: bool) -> None:
    made = kept()

    assert (made.name in body(client_for("finance", region="532328").get(f"/plans/files/?{query}"))) is shown


@pytest.mark.parametrize(
    ("name", "size", "words"), [("大.xlsx", 21 << 20, "20 MB"), ("表.xls", 10, "XLSX"), ("表", 10, "XLSX")]
)
def test_a_file_of_the_wrong_size_or_ending_is_refused_at_the_door(name: str, size: int, words: str) -> None:
    form = forms.SheetForm({"kind": "lines"}, {"sheet": SimpleUploadedFile(name, b"0" * size)})

    assert not form.is_valid()
    assert words in str(form.errors["sheet"])


def test_a_sheet_lies_on_disk_only_while_it_is_read() -> None:
    with uploads.kept(SimpleUploadedFile("计划.CSV", "甲,乙\n".encode())) as path:
        assert path.suffix == ".csv"
        assert path.read_bytes() == "甲,乙\n".encode()
    assert not Path(path).exists()


def test_who_gave_a_sheet_in_stands_in_its_history() -> None:
    client = client_of(user_at("finance", region="532328", name="李云山"))
    content = ",".join(LineRow.columns()) + "\n" + ",".join(["L-1", "x", *[""] * 8])
    client.post("/plans/files/give/", {"kind": "lines", "sheet": SimpleUploadedFile("计划.csv", content.encode())})

    text = body(client.get(reverse("plans:file", args=[PlanFile.objects.get().pk])))
    assert "李云山" in text
    assert "计划.csv" in text


def test_two_sheets_of_the_same_bytes_are_one() -> None:
    office = agency_at("532328").name
    row = ["L-1", "2026", office, "", "", "其他", "用途", "1", "文号", "2026-01-20"]
    content = "\n".join([",".join(LineRow.columns()), ",".join(row)]).encode()
    client = client_for("finance", region="532328")
    for name in ("计划.csv", "改了名的计划.csv"):
        client.post("/plans/files/give/", {"kind": "lines", "sheet": SimpleUploadedFile(name, content)})

    told = {file.name: (file.accepted, len(file.errors)) for file in PlanFile.objects.all()}
    assert told == {"计划.csv": (True, 0), "改了名的计划.csv": (False, 1)}
    assert Decimal(1) == sum(one.amount for one in PlanFile.objects.get(accepted=True).lines.all())
