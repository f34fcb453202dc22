"""What is refused leaves the project as it was: in the database, and in the hands of the page that shows it again."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.forms import model_to_dict

from anzhi.foundation.audit.models import Event
from anzhi.network.projects import queries
from anzhi.network.projects.models import Milestone, Project
from anzhi.network.projects.services import register
from anzhi.network.projects.services.milestones import remove_milestone, set_milestone
from harness.people import actor, code12
from network.projects.factories import YUANMOU, project

pytestmark = pytest.mark.usefixtures("system")
OFFICER = actor("officer")
FAR = (102.41, 25.53)


def facts(row: Project) -> dict[str, Any]:
    return model_to_dict(row) | {"point": row.point and row.point.coords, "counties": queries.regions_of(row)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"dead_level_m": Decimal(990), "normal_level_m": Decimal(980)},
        {"normal_level_m": Decimal(980), "check_level_m": Decimal(970)},
        {"installed_mw": Decimal(-1)},
        {"owner_org": "  "},
        {"competent_dept": ""},
        {"build": "maybe"},
        {"place": FAR},
        {"place": (25.7, 101.87), "reason": "设计单位提供"},
        {"place": YUANMOU, "counties": {"532399000000": "flooded"}},
        {"place": YUANMOU, "name": "甲水库"},
    ],
    ids=["dead", "check", "power", "owner", "dept", "works", "place", "swapped", "county", "double"],
)
def test_a_refused_change_alters_nothing(wrong: dict[str, Any]) -> None:
    project(name="甲水库")
    made = project(name="乙水库", place=YUANMOU, counties={code12("532329"): "flooded"})
    before, events = facts(made), Event.objects.count()
    with pytest.raises(ValidationError):
        register.change(by=OFFICER, project=made, **({"place": YUANMOU, "river": "别的河"} | wrong))
    assert facts(made) == before
    assert facts(Project.objects.get(pk=made.pk)) == before
    assert Event.objects.count() == events


def test_a_double_says_what_it_is() -> None:
    project(name="甲水库")
    with pytest.raises(ValidationError, match="already has a project of this name"):
        register.change(by=OFFICER, project=project(name="乙水库"), name="甲水库")
    assert project(name="甲水库", region="532329")  # the same name in another county is another project


def test_what_is_let_in_is_in_the_hand_and_in_the_database() -> None:
    made = project(place=YUANMOU)
    same = register.change(by=OFFICER, project=made, place=FAR, reason="坝址在界河上", river="龙川江")
    assert same is made
    assert (made.river, made.point.coords, made.point_reason) == ("龙川江", FAR, "坝址在界河上")
    assert made.point_outside_m
    assert made.point_outside_m > 3000
    assert facts(Project.objects.get(pk=made.pk)) == facts(made)


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_milestone_is_not_taken_back_without_a_reason(reason: str) -> None:
    made = project(build="planned")
    row = set_milestone(by=OFFICER, project=made, step="notice", on=date(2015, 1, 10))
    with pytest.raises(ValidationError) as refused:
        remove_milestone(by=OFFICER, milestone=row, reason=reason)
    assert refused.value.message_dict == {"reason": ["State the reason."]}
    assert Milestone.objects.filter(pk=row.pk).exists()
    remove_milestone(by=OFFICER, milestone=row, reason="  日期录错 ")
    assert Event.objects.get(name="project.milestone_removed").facts["reason"] == "日期录错"
