"""The pages of annual plans: what each role reads and does, what strangers do not."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anzhi.foundation.parameters import clock
from anzhi.management.annual.models import AnnualPlan, ProgressReport
from anzhi.management.annual.services import planning
from harness.people import client_for
from management.annual.factories import FACTS, adjusted, confirmed, drafted, issued, officer, only_line, told
from network.projects.factories import project

pytestmark = pytest.mark.usefixtures("system")
LIST, WAITING = "/annual/", "/annual/waiting/"
LINE = {name: str(value) for name, value in FACTS.items()}


@pytest.fixture(autouse=True)
def november() -> Any:
    """A day in the year of the plans."""
    with clock.turned_to(date(2026, 11, 22)):
        yield


def body(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def at(name: str, *args: Any) -> str:
    return reverse(f"annual:{name}", args=args)


def client(role: str, region: str = "532328") -> Client:
    return client_for(role, region=region)


def test_the_list_sums_people_and_money_apart() -> None:
    for region in ("532328", "532301"):
        plan = issued(region, of=project(region=region))
        confirmed(only_line(plan).task, quantity="520", invested="43200000")
    text = body(client("leader", "5323").get(f"{LIST}?state=in_force"))
    for figure in ("1,000", "1,040", "72,000,000.00", "86,400,000.00", "104.0%", "120.0%"):
        assert figure in text, figure
    county = body(client("leader").get(LIST))
    assert "86,400,000.00" not in county


def test_what_the_supervision_unit_has_not_confirmed_is_not_in_the_sum() -> None:
    told(only_line(issued()).task, quantity="77", invested="7654321.09")
    assert "7,654,321.09" not in body(client("leader").get(LIST))
    assert "7,654,321.09" in body(client("leader").get(WAITING))


@pytest.mark.parametrize("region", ["530622", "532301", "5306"])
def test_strangers_find_nothing(region: str) -> None:
    plan = issued(content="哨兵任务")
    task = only_line(plan).task
    told(task)
    stranger = client("leader", region)
    for page in (at("plan", plan.pk), at("compare", plan.pk), at("task", task.pk)):
        assert stranger.get(page).status_code == 404, page
    assert "哨兵任务" not in body(stranger.get(WAITING))


@pytest.mark.parametrize("role", ["sysadmin", "secadmin", "auditadmin"])
def test_administrators_see_no_plans(role: str) -> None:
    assert client(role, "53").get(LIST).status_code == 403


def test_a_plan_goes_by_page_from_draft_to_force() -> None:
    drafts, issues = client("officer"), client("leader")
    of = project()
    assert drafts.post(at("new"), {"project": of.pk, "year": 2026}).status_code == 302
    plan = AnnualPlan.objects.get()
    assert drafts.post(at("line_new", plan.pk), LINE).status_code == 302
    assert issues.post(at("issue", plan.pk), {"document": "云搬发〔2026〕5号"}).status_code == 302
    text = body(issues.get(at("plan", plan.pk)))
    assert "36,000,000.00" in text
    assert "云搬发〔2026〕5号" in text


def test_quarters_that_do_not_fit_come_back_with_what_was_typed() -> None:
    plan = planning.draft(by=officer(), project=project(), year=2026)
    response = client("officer").post(at("line_new", plan.pk), LINE | {"q1": "101"})
    text = response.content.decode()
    assert response.status_code == 422
    assert "四个季度之和不等于全年计划" in text
    assert 'value="101"' in text


@pytest.mark.parametrize(
    ("state", "role", "steps"),
    [
        ("draft", "officer", {"line_new", "discard"}),
        ("draft", "leader", {"issue"}),
        ("draft", "finance", set()),
        ("in_force", "officer", {"adjust"}),
        ("in_force", "leader", set()),
    ],
)
def test_each_role_is_offered_its_own_step(state: str, role: str, steps: set[str]) -> None:
    plan = drafted() if state == "draft" else issued()
    text = body(client(role).get(at("plan", plan.pk)))
    names = ("line_new", "discard", "issue", "adjust")
    assert {name for name in names if at(name, plan.pk) in text} == steps


def test_an_adjustment_by_page_shows_before_and_after() -> None:
    plan = issued()
    drafts = client("officer")
    assert drafts.post(at("adjust", plan.pk), {"reason": "水库下闸时间提前"}).status_code == 302
    second = AnnualPlan.objects.get(version=2)
    figures = {name: LINE[name] for name in LINE if name not in ("type", "content", "unit")}
    change = figures | {"quantity": "600", "q4": "200", "investment": "40000000"}
    assert drafts.post(at("line", only_line(second).pk), change).status_code == 302
    planning.put(by=officer(), plan=second, facts=FACTS | {"type": "clearing", "content": "库底清理", "unit": "项"})
    text = body(drafts.get(at("compare", second.pk)))
    for word in ("36,000,000.00", "40,000,000.00", "+4,000,000.00", "有变化", "新增", "水库下闸时间提前"):
        assert word in text, word
    assert "36,000,000.00" in body(drafts.get(at("plan", plan.pk)))


def test_the_first_edition_has_nothing_to_compare_with() -> None:
    assert "没有更早的版本" in body(client("leader").get(at("compare", issued().pk)))


def test_a_month_by_page_is_confirmed_or_sent_back() -> None:
    task = only_line(issued()).task
    reports, judges = client("officer"), client("supervision_rep")
    month = {"month": "3", "quantity": "120", "invested": "9,000,000.00"}
    assert reports.post(at("report", task.pk), month).status_code == 302
    first = ProgressReport.objects.get()
    assert at("confirm", first.pk) in body(judges.get(at("task", task.pk)))
    assert at("confirm", first.pk) not in body(reports.get(at("task", task.pk)))
    assert judges.post(at("send_back", first.pk), {"reason": ""}).status_code == 422
    assert judges.post(at("send_back", first.pk), {"reason": "佐证材料不全"}).status_code == 302
    assert "佐证材料不全" in body(reports.get(at("task", task.pk)))
    assert reports.post(at("report", task.pk), month).status_code == 302
    again = ProgressReport.objects.get(state="reported")
    assert judges.post(at("confirm", again.pk)).status_code == 302
    assert "9,000,000.00" in body(reports.get(at("task", task.pk)))


def test_a_month_to_come_is_refused_in_words() -> None:
    task = only_line(issued()).task
    response = client("officer").post(at("report", task.pk), {"month": "12", "quantity": "1", "invested": "1"})
    assert response.status_code == 422
    assert "该月尚未开始" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "role"), [("confirm", "supervision_rep"), ("discard", "officer"), ("line_drop", "officer")]
)
def test_verbs_are_not_pages(name: str, role: str) -> None:
    plan = issued()
    target = {"confirm": told(only_line(plan).task).pk, "discard": plan.pk, "line_drop": only_line(plan).pk}[name]
    assert client(role).get(at(name, target)).status_code == 405


def test_a_plan_out_of_its_state_is_refused_in_words() -> None:
    plan = issued()
    response = client("leader").post(at("issue", plan.pk), {"document": "云搬发〔2026〕6号"})
    assert response.status_code == 422
    assert "请编制调整计划" in response.content.decode()


def test_filters_stay_in_the_address() -> None:
    issued(year=2025, investment=Decimal("7777"), of=project(name="去年的电站"))
    issued(of=project(name="今年的电站"))
    text = body(client("leader").get(f"{LIST}?year=2025"))
    assert "去年的电站" in text
    assert "今年的电站" not in text
    adjusted(AnnualPlan.objects.get(year=2026))
    assert "今年的电站" in body(client("leader").get(f"{LIST}?state=draft"))
