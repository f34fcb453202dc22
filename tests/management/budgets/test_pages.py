"""The pages of budgets: what each role reads and does, what strangers do not."""

import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from anzhi.foundation.accounts.queries import actor_for
from anzhi.management.budgets.models import Budget, Expense
from anzhi.management.budgets.services import expenses
from harness.people import client_for, client_of, user_at
from management.budgets.factories import asked, in_force, leader, officer, only_line, proposed

pytestmark = pytest.mark.usefixtures("system")
LIST, ASKED = "/budgets/", "/budgets/expenses/"


def body(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def at(name: str, *args: Any) -> str:
    return reverse(f"budgets:{name}", args=args)


def client(role: str, region: str = "532328") -> Client:
    return client_for(role, region=region)


def test_the_list_sums_its_rows() -> None:
    in_force(办公费="100000", 差旅费="60000.50")
    expenses.ask(
        by=officer(),
        line=Budget.objects.get().lines.get(name="差旅费"),
        amount=Decimal("10000.25"),
        purpose="赴昆明参加培训",
        payee="公务卡",
    )
    in_force("532301", 办公费="200000")
    text = body(client("leader", "5323").get(LIST))
    for figure in ("160,000.50", "200,000.00", "360,000.50", "10,000.25", "150,000.25", "350,000.25"):
        assert figure in text, figure
    assert "2,026" not in text  # a year is not an amount
    county = body(client("leader").get(LIST))
    assert "200,000.00" not in county
    assert "360,000.50" not in county


@pytest.mark.parametrize("role", ["fund_monitor", "sysadmin", "secadmin"])
def test_other_roles_are_refused(role: str) -> None:
    budget = in_force()
    for page in (LIST, ASKED, at("budget", budget.pk), at("line", only_line(budget).pk)):
        assert client(role).get(page).status_code == 403, page


@pytest.mark.parametrize("region", ["530622", "532301", "5306"])
def test_strangers_find_nothing(region: str) -> None:
    budget = in_force()
    request = asked(budget, "4815.62")
    pages = [at("budget", budget.pk), at("line", only_line(budget).pk), at("expense", request.pk)]
    for page in pages:
        assert client("leader", region).get(page).status_code == 404, page
    assert "4,815.62" not in body(client("leader", region).get(ASKED))


def test_filters_stay_in_the_address_and_change_the_sum() -> None:
    in_force(year=2026)
    in_force(year=2025, 办公费="7777")
    text = body(client("leader").get(f"{LIST}?year=2025"))
    assert "7,777.00" in text
    assert "100,000.00" not in text
    assert "year=2025" in text


def test_export_holds_the_rows_as_numbers() -> None:
    in_force()
    response = client("leader").get(f"{LIST}?export=xlsx")
    sheet = load_workbook(
        io.BytesIO(b"".join(response.streaming_content if response.streaming else [response.content]))
    )
    cells = [cell for row in sheet.active.iter_rows(values_only=True) for cell in row]
    assert 100000 in [float(cell) for cell in cells if isinstance(cell, int | float | Decimal)]


def test_a_budget_is_made_by_page_from_opening_to_force() -> None:
    draws, decides = client("finance"), client("leader")
    assert draws.post(at("new"), {"year": 2027}).status_code == 302
    budget = Budget.objects.get()
    line = {"kind": "public", "name": "会议费", "amount": "12,000.50", "basis": "四次会议"}
    assert draws.post(at("line_new", budget.pk), line).status_code == 302
    field = f"line_{only_line(budget).pk}"
    given = {field: "12000", "document": "财预〔2026〕3号"}
    assert decides.post(at("answer", budget.pk), given).status_code == 302
    assert draws.post(at("refine", budget.pk), {field: "11000"}).status_code == 302
    assert decides.post(at("approve", budget.pk), {"document": "财预〔2027〕1号"}).status_code == 302
    assert "11,000.00" in body(decides.get(at("budget", budget.pk)))


def test_a_step_that_fails_keeps_what_was_typed_and_says_why() -> None:
    budget = proposed()
    field = f"line_{only_line(budget).pk}"
    client("leader").post(at("answer", budget.pk), {field: "500", "document": "财预〔2026〕3号"})
    response = client("finance").post(at("refine", budget.pk), {field: "501.25"})
    text = response.content.decode()
    assert response.status_code == 422
    assert "501.25" in text
    assert "1.25" in text


@pytest.mark.parametrize(
    ("stage", "role", "steps"),
    [
        ("proposal", "finance", {"line_new"}),
        ("proposal", "leader", {"answer"}),
        ("proposal", "auditor_ro", set()),
        ("approved", "leader", {"close"}),
        ("approved", "finance", set()),
    ],
)
def test_each_role_is_offered_its_own_step(stage: str, role: str, steps: set[str]) -> None:
    budget = proposed() if stage == "proposal" else in_force()
    text = body(client(role).get(at("budget", budget.pk)))
    names = ("line_new", "answer", "refine", "approve", "close")
    assert {name for name in names if at(name, budget.pk) in text} == steps


def test_a_request_walks_by_page_from_asking_to_the_voucher() -> None:
    budget = in_force()
    new = at("expense_new", only_line(budget).pk)
    asks, decides, pays = client("officer"), client("leader"), client("finance")
    facts = {"purpose": "会议材料印制", "payee": "元谋县印刷厂", "amount": "30000"}
    assert asks.post(new, facts).status_code == 302
    request = Expense.objects.get()
    assert "叁万元整" in body(decides.get(at("expense", request.pk)))
    assert decides.post(at("expense_agree", request.pk)).status_code == 302
    assert pays.post(at("expense_pay", request.pk), {"amount": "29999.99", "voucher": "记-9"}).status_code == 302
    text = body(pays.get(at("line", only_line(budget).pk)))
    assert "29,999.99" in text
    request.refresh_from_db()
    assert (request.state, request.paid) == ("paid", Decimal("29999.99"))


def test_asking_for_too_much_says_how_much_is_left() -> None:
    budget = in_force()
    facts = {"purpose": "购置设备", "payee": "某公司", "amount": "100000.01"}
    response = client("officer").post(at("expense_new", only_line(budget).pk), facts)
    assert response.status_code == 422
    assert "100,000.00" in response.content.decode()
    assert not Expense.objects.exists()


def test_refusing_needs_a_reason() -> None:
    request = asked(in_force())
    decides = client("leader")
    assert decides.post(at("expense_refuse", request.pk), {"reason": ""}).status_code == 422
    assert decides.post(at("expense_refuse", request.pk), {"reason": "不在计划内"}).status_code == 302
    assert "不在计划内" in body(decides.get(at("expense", request.pk)))


def test_who_asked_reads_why_he_may_not_decide() -> None:
    person = user_at("officer", "leader")
    request = asked(in_force(), by=actor_for(person))
    text = body(client_of(person).get(at("expense", request.pk)))
    assert "本人申请不能由本人审批" in text
    assert client_of(person).post(at("expense_agree", request.pk)).status_code == 403


@pytest.mark.parametrize("name", ["expense_agree", "close", "line_drop"])
def test_verbs_are_not_pages(name: str) -> None:
    budget = in_force()
    target = asked(budget).pk if name == "expense_agree" else budget.pk if name == "close" else only_line(budget).pk
    role = "finance" if name == "line_drop" else "leader"
    assert client(role).get(at(name, target)).status_code == 405


def test_the_waiting_are_counted_in_the_navigation() -> None:
    budget = in_force()
    asked(budget, "1")
    asked(budget, "2")
    agreed = expenses.agree(by=leader(), expense=asked(budget, "3"))
    assert agreed.state == "approved"
    text = body(client("leader").get(f"{ASKED}?ask=waiting"))
    assert "2 笔申请" in text
