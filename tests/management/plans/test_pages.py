"""The pages of plans: what each end of an allocation reads, what strangers do not, and sheets given in by hand."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from anzhi.foundation.parameters import clock
from anzhi.management.plans import hooks
from anzhi.management.plans.models import Allocation, PlanFile, PlanLine
from anzhi.management.plans.sheet_rows import AllocationRow, LineRow
from harness.acting import acting
from harness.people import agency_at, client_for
from management.plans.factories import ISSUED, leg, line

pytestmark = pytest.mark.usefixtures("system")
LIST, GIVE = "/plans/allocations/", "/plans/files/give/"


def body(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def own() -> Allocation:
    return leg("5323", "532328", "7654321.09", arrived="1000000")


def test_both_ends_see_it_and_nobody_else(own: Allocation) -> None:
    page = reverse("plans:allocation", args=[own.pk])
    for region in ("53", "5323", "532328"):
        client = client_for("leader", region=region)
        assert "7,654,321.09" in body(client.get(LIST)), region
        assert "7,654,321.09" in body(client.get(page)), region
    for region in ("5306", "530622", "532301"):
        client = client_for("leader", region=region)
        assert "7,654,321.09" not in body(client.get(LIST)), region
        assert client.get(page).status_code == 404, region


@pytest.mark.parametrize("role", ["officer", "sysadmin", "secadmin"])
def test_other_roles_are_refused(own: Allocation, role: str) -> None:
    client = client_for(role, region="53")
    for page in (LIST, reverse("plans:allocation", args=[own.pk]), "/plans/lines/", "/plans/files/", GIVE):
        assert client.get(page).status_code == 403, page


def test_totals_are_those_of_the_rows_the_filters_leave(own: Allocation) -> None:
    leg("5323", "532301", "100", arrived="100")
    client = client_for("leader", region="5323")
    text = body(client.get(LIST))
    assert "7,654,421.09" in text
    assert "1,000,100.00" in text
    text = body(client.get(f"{LIST}?ask=part"))
    assert text.count("7,654,321.09") == 3  # the strip, the row, the total
    assert "7,654,421.09" not in text


@pytest.mark.parametrize(
    ("ask", "after", "shown"),
    [("overdue", 31, True), ("overdue", 30, False), ("unsent", 31, False), ("part", 31, True)],
)
def test_the_questions_of_the_list(own: Allocation, ask: str, after: int, shown: bool) -> None:
    with clock.turned_to(ISSUED.fromordinal(ISSUED.toordinal() + after)):
        text = body(client_for("leader", region="5323").get(f"{LIST}?ask={ask}"))
    assert (own.number in text) is shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("area=532328000000", True),
        ("area=530600000000", False),
        ("sender=532300000000", True),
        ("sender=532328000000", False),
        ("tier=county", True),
        ("tier=prefecture", False),
        ("counted=yes", True),
        ("q=63号", True),
        ("q=64号", False),
    ],
)
def test_filters_by_end_tier_and_words(own: Allocation, query: str, shown: bool) -> None:
    assert (own.number in body(client_for("leader", region="53").get(f"{LIST}?{query}"))) is shown


def test_a_county_reads_of_the_leg_above_only_what_everybody_on_the_way_may(own: Allocation) -> None:
    top = leg("53", "5323", "9000000", document="云搬发〔2026〕9号")
    with acting():
        Allocation.objects.filter(pk=own.pk).update(upstream=top)
    text = body(client_for("leader", region="532328").get(reverse("plans:allocation", args=[own.pk])))
    assert "云搬发〔2026〕9号" in text
    assert reverse("plans:allocation", args=[top.pk]) not in text


def test_a_line_with_its_allocations_and_what_is_left() -> None:
    of = line(amount="5000000")
    leg("5323", "532328", "4120000", line=of)
    page = reverse("plans:line", args=[of.pk])
    text = body(client_for("finance", region="532328").get(page))
    assert "4,120,000.00" in text
    assert "88.00" in text  # ten thousands left
    assert client_for("finance", region="530622").get(page).status_code == 404
    listed = body(client_for("finance", region="53").get("/plans/lines/?year=2026"))
    assert listed.count("5,000,000.00") == 2


# ---- sheets


def xlsx(form: type, *rows: list[str]) -> SimpleUploadedFile:
    book = Workbook()
    for row in ([*form.columns()], *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("计划.xlsx", out.getvalue())


def line_row(office: str, amount: str = "4120000") -> list[str]:
    head = ["L-1", "2026", office, "", "", "后期扶持-项目", "提灌站改造"]
    return [*head, amount, "云搬发〔2026〕1号", "2026-01-20"]


def test_a_sheet_given_in_by_page_is_taken_over() -> None:
    client = client_for("finance", region="532328")
    sheet = xlsx(LineRow, line_row(agency_at("532328").name))
    answer = client.post(GIVE, {"kind": "lines", "sheet": sheet}, follow=True)
    assert "已入库" in body(answer)
    assert PlanLine.objects.get().amount == Decimal(4120000)


def test_a_refused_sheet_is_kept_with_row_column_and_cure() -> None:
    client = client_for("finance", region="532328")
    sheet = xlsx(LineRow, line_row(agency_at("532328").name), line_row("没有这个单位", "1.234"))
    text = body(client.post(GIVE, {"kind": "lines", "sheet": sheet}, follow=True))
    assert "金额（元）" in text
    assert ">3<" in text
    assert not PlanLine.objects.exists()
    file = PlanFile.objects.get()
    assert not file.accepted
    assert file.name in body(client.get("/plans/files/?accepted=no"))
    assert client_for("finance", region="530622").get(reverse("plans:file", args=[file.pk])).status_code == 404


@pytest.mark.parametrize(("name", "content"), [("计划.pdf", b"%PDF"), ("计划.xlsx", b"no zip"), ("计划.csv", b"")])
def test_what_is_no_sheet_stores_nothing(name: str, content: bytes) -> None:
    client = client_for("finance", region="53")
    answer = client.post(GIVE, {"kind": "lines", "sheet": SimpleUploadedFile(name, content)})
    assert answer.status_code in (302, 422)
    assert not PlanFile.objects.filter(accepted=True).exists()


def test_giving_in_takes_the_permission() -> None:
    for role in ("leader", "auditor_ro"):
        client = client_for(role, region="53")
        assert client.post(GIVE, {"kind": "lines"}).status_code == 403
        assert "报送表格" not in body(client.get("/plans/files/"))


@pytest.mark.parametrize(("kind", "form"), [("lines", LineRow), ("allocations", AllocationRow)])
def test_the_empty_sheet_has_the_columns_the_reader_wants(kind: str, form: type) -> None:
    client = client_for("finance", region="53")
    answer = client.get(f"/plans/files/blank/{kind}/")
    book = load_workbook(io.BytesIO(answer.content))
    assert tuple(cell.value for cell in book.worksheets[0][1]) == form.columns()
    assert [row[0].value for row in book.worksheets[1].iter_rows(min_row=2)] == list(form.columns())
    assert client.get("/plans/files/blank/other/").status_code == 404


def test_allocations_taken_over_tell_the_apps_above(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[hooks.Taken] = []
    monkeypatch.setattr(hooks, "_hooks", [told.append])
    offices = [agency_at(region).name for region in ("53", "5323")]
    row = ["A-1", "", "", *offices, "后期扶持-项目", "86", "云搬发〔2026〕63号", "2026-09-10", "2026-10-10"]
    client = client_for("finance", region="53")
    client.post(GIVE, {"kind": "allocations", "sheet": xlsx(AllocationRow, row)})
    assert told == [hooks.Taken(PlanFile.objects.get().pk, 1)]
    found = body(client.get("/search/?q=63号"))
    assert reverse("plans:allocation", args=[Allocation.objects.get().pk]) in found


def test_every_list_is_a_sheet_with_its_total(own: Allocation) -> None:
    answer = client_for("leader", region="5323").get(f"{LIST}?export=csv")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert rows.count("7654321.09") == 2
