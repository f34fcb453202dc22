"""Projects as people type them, and what comes back in words beside the field."""

from datetime import date

import pytest
from django.urls import reverse

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.parameters import clock
from anzhi.network.projects.forms import FactsForm, MilestoneForm, NewForm
from anzhi.network.projects.models import Milestone, Project
from anzhi.network.projects.states import ORDER, Step
from harness.people import FOREIGN, client_for, code12
from network.projects.factories import YUANMOU, project

pytestmark = pytest.mark.django_db
COUNTIES = [(code12(code), code) for code in ("532328", "532327", "532329")]


def given(**more: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "name": "新水电站",
        "kind": "hydropower",
        "regime": "hydropower",
        "build": "planned",
        "owner_org": "某公司",
        "competent_dept": "某办",
        "region_code": code12("532328"),
    }
    return facts | more


def form(**more: object) -> NewForm:
    return NewForm(given(**more), counties=COUNTIES, own=COUNTIES[:1])


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "名" * 61),
        ("kind", "castle"),
        ("regime", "none"),
        ("build", "maybe"),
        ("basin", "AA"),
        ("counties", [code12(FOREIGN)]),
        ("region_code", code12("532327")),
        ("region_code", "532328"),
        ("installed_mw", "-1"),
        ("installed_mw", "1e9"),
        ("installed_mw", "12.345"),
        ("installed_mw", "nan"),
        ("normal_level_m", "九百"),
        ("in_service_year", "2014.5"),
        ("plan_people", "-1"),
        ("plan_investment", "八十六亿"),
        ("plan_investment", "1.234"),
        ("done_as_of", "2026-13-01"),
        ("owner_org", "  "),
        ("competent_dept", ""),
    ],
)
def test_each_field_says_what_is_wrong_with_it(field: str, typed: object) -> None:
    made = form(**{field: typed})
    assert not made.is_valid()
    assert field in made.errors


@pytest.mark.parametrize(("lon", "lat"), [("101.87", ""), ("", "25.7")])
def test_half_a_place_is_no_place(lon: str, lat: str) -> None:
    made = form(lon=lon, lat=lat)
    assert not made.is_valid()
    assert "lon" in made.errors


def test_what_is_left_blank_stays_unknown() -> None:
    made = form()
    assert made.is_valid(), made.errors
    facts = made.facts()
    assert facts["place"] is None
    for name in ("installed_mw", "normal_level_m", "plan_people", "plan_investment", "in_service_year", "done_as_of"):
        assert facts[name] is None, name


def test_a_change_may_leave_the_owner_unknown_only_where_a_source_does_too() -> None:
    """The form asks for it at registration; later the service knows whether a source stands in."""
    assert not FactsForm.base_fields["owner_org"].required
    officer = client_for("officer")
    with system_scope():
        sourced, plain = project(basis="W", owner_org=""), project()
    blank = given(owner_org="", build="construction", lon="", lat="")
    assert officer.post(reverse("projects:change", args=[sourced.code]), blank).status_code == 302
    refused = officer.post(reverse("projects:change", args=[plain.code]), blank)
    assert refused.status_code == 422
    assert "id_owner_org_error" in refused.text


@pytest.mark.parametrize("step", ORDER)
def test_a_milestone_form_knows_every_step(step: str) -> None:
    made = MilestoneForm({"step": step, "on": "2015-01-01"})
    assert made.is_valid(), made.errors
    assert made.cleaned_data["on"] == date(2015, 1, 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"step": "party"}, "step"),
        ({"on": ""}, "on"),
        ({"on": "2015-02-29"}, "on"),
        ({"document": "文" * 81}, "document"),
    ],
)
def test_a_milestone_form_refuses_what_is_none(wrong: dict[str, str], field: str) -> None:
    made = MilestoneForm({"step": "notice", "on": "2015-01-01"} | wrong)
    assert not made.is_valid()
    assert list(made.errors) == [field]


@pytest.fixture
def planned() -> Project:
    with system_scope():
        return project(build="planned", place=YUANMOU)


def test_tomorrow_is_no_milestone_and_today_is(planned: Project) -> None:
    officer, where = client_for("officer"), reverse("projects:milestone", args=[planned.code])
    with clock.turned_to(date(2026, 1, 1)):
        assert officer.post(where, {"step": "notice", "on": "2026-01-02"}).status_code == 422
        assert officer.post(where, {"step": "notice", "on": "2026-01-01"}).status_code == 302
    with system_scope():
        assert Milestone.objects.get().on == date(2026, 1, 1)


def test_the_record_offers_the_next_step_to_those_who_may_set_it(planned: Project) -> None:
    officer, leader = client_for("officer"), client_for("leader")
    page = reverse("projects:project", args=[planned.code])
    assert "尚未登记里程碑" in officer.get(page).text
    officer.post(reverse("projects:milestone", args=[planned.code]), {"step": "notice", "on": "2015-01-01"})
    wanted = f"{reverse('projects:milestone', args=[planned.code])}?step={Step.INVENTORY.value}"
    assert wanted in officer.get(page).text
    assert wanted not in leader.get(page).text
    chosen = officer.get(wanted).text
    assert f'<option value="{Step.INVENTORY.value}" selected' in chosen


@pytest.mark.parametrize("reason", ["", "   "])
def test_taking_back_without_a_reason_comes_back(planned: Project, reason: str) -> None:
    officer = client_for("officer")
    officer.post(reverse("projects:milestone", args=[planned.code]), {"step": "notice", "on": "2015-01-01"})
    where = reverse("projects:milestone_remove", args=[planned.code, "notice"])
    assert officer.get(where).status_code == 405
    assert officer.post(where, {"reason": reason}).status_code == 422
    with system_scope():
        assert Milestone.objects.count() == 1


@pytest.mark.parametrize("name", ["milestone_remove", "document"])
def test_a_milestone_that_is_not_there_is_missing(planned: Project, name: str) -> None:
    where = reverse(f"projects:{name}", args=[planned.code, "impound"])
    assert client_for("officer").post(where, {"reason": "录入错误"}).status_code == 404
