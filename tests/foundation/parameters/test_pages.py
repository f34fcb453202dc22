"""Pages of parameters, as each face sees them."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.parameters import clock, queries
from anzhi.foundation.parameters.models import RuleParameter
from anzhi.foundation.parameters.services import set_value
from harness.people import client_for

pytestmark = pytest.mark.django_db
CODE = "idle_fund.blue.days"


@pytest.fixture
def row() -> RuleParameter:
    return queries.current(clock.today()).get(code=CODE)


def page_of(row: RuleParameter, verb: str = "parameter") -> str:
    return reverse(f"parameters:{verb}", args=[row.pk])


def given(**changed: Any) -> dict[str, Any]:
    return {"value": "120", "valid_from": clock.today(), "legal_basis": "云搬发〔2026〕63号", "scope": ""} | changed


def test_the_list_shows_values_with_unit_and_basis() -> None:
    page = client_for("sysadmin", region="53").get("/parameters/")
    assert page.status_code == 200
    for words in ("资金闲置：蓝色预警天数", "180", "100,000,000", "预算法", "17:30"):
        assert words in page.text


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("group=petition", "信访：告知期限", "资金闲置：蓝色预警天数"),
        ("tag=LAW", "信访：告知期限", "资金闲置：蓝色预警天数"),
        ("q=蓝色预警天数", "资金闲置：蓝色预警天数", "信访：告知期限"),
    ],
)
def test_filters(query: str, there: str, absent: str) -> None:
    page = client_for("sysadmin", region="53").get(f"/parameters/?{query}")
    assert there in page.text
    assert absent not in page.text


def test_three_faces(row: RuleParameter) -> None:
    admin, monitor, officer = (client_for(role, region="53") for role in ("sysadmin", "fund_monitor", "officer"))
    assert page_of(row, "set") in admin.get(page_of(row)).text
    seen = monitor.get(page_of(row))
    assert seen.status_code == 200
    assert page_of(row, "set") not in seen.text
    assert monitor.get(page_of(row, "set")).status_code == 403
    assert monitor.post(page_of(row, "set"), given()).status_code == 403
    for address in ("/parameters/", page_of(row), page_of(row, "set")):
        assert officer.get(address).status_code == 403
    assert queries.value(CODE, on=clock.today()) == 180


def test_a_new_value_is_set_and_the_old_one_stays_in_sight(row: RuleParameter) -> None:
    client = client_for("sysadmin", region="53")
    form = client.get(page_of(row, "set"))
    assert form.status_code == 200
    assert "180" in form.text
    answer = client.post(page_of(row, "set"), given(note="试行"), follow=True)
    assert answer.status_code == 200
    for words in ("120", "180", "云搬发〔2026〕63号", "试行", "az-trail"):
        assert words in answer.text
    assert queries.value(CODE, on=clock.today()) == 120


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "many"},
        {"value": ""},
        {"valid_from": "2001-01-01"},
        {"legal_basis": ""},
        {"scope": "990000000000"},
    ],
)
def test_a_wrong_value_comes_back_with_the_input_kept(row: RuleParameter, wrong: dict[str, str]) -> None:
    answer = client_for("sysadmin", region="53").post(page_of(row, "set"), given(**wrong))
    assert answer.status_code == 422
    assert "az-wrong" in answer.text or "az-errors" in answer.text
    assert queries.value(CODE, on=clock.today()) == 180


def test_a_region_sees_its_own_values_and_those_above(row: RuleParameter) -> None:
    with system_scope():
        for scope, value in (("5323", 100), ("5306", 66)):
            set_value(
                by=SYSTEM, parameter=row, value=Decimal(value), valid_from=clock.today(), legal_basis="x", scope=scope
            )
    elsewhere = queries.current(clock.today()).get(code=CODE, scope="5306")
    client = client_for("fund_monitor", region="532328")
    figures = client.get(f"/parameters/?q={CODE}").text
    assert all(figure in figures for figure in ("180", "100"))
    assert "66" not in figures
    assert client.get(page_of(elsewhere)).status_code == 404
    assert client.get("/parameters/99999999/").status_code == 404


def test_a_value_for_one_area_only(row: RuleParameter, monkeypatch: pytest.MonkeyPatch) -> None:
    offered = [("532300000000", "楚雄州")]
    monkeypatch.setattr("anzhi.foundation.web.places.options", lambda prefix: offered)
    client = client_for("sysadmin", region="53")
    assert client.post(page_of(row, "set"), given(scope="532300000000")).status_code == 302
    assert queries.value(CODE, on=clock.today(), region_code="532328000000") == 120
    assert queries.value(CODE, on=clock.today()) == 180


def test_text_values_have_a_text_field() -> None:
    row = queries.current(clock.today()).get(code="calendar.closing")
    client = client_for("sysadmin", region="53")
    assert client.post(page_of(row, "set"), given(value="18:00")).status_code == 302
    assert queries.settings_on(clock.today(), "calendar.closing").text("calendar.closing") == "18:00"


def test_the_export_has_numbers_as_numbers() -> None:
    answer = client_for("sysadmin", region="53").get(f"/parameters/?export=csv&q={CODE}")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert ",180," in lines[1]


def test_the_shown_figure_has_thousands() -> None:
    assert RuleParameter(value=Decimal("100000000.0000")).figure == "100,000,000"
    assert RuleParameter(value=Decimal("0.1000")).figure == "0.1"
    assert RuleParameter(text="17:30").figure == "17:30"
