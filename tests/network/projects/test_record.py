"""What a project's page prepares: milestones on a line, plan against done, duty, place; the guards by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from anzhi.network.projects import record
from anzhi.network.projects.models import Project
from anzhi.network.projects.services.milestones import set_milestone
from anzhi.network.projects.states import GUARDS, ORDER, Step
from harness.people import actor, code12
from network.projects.factories import YUANMOU, project

pytestmark = pytest.mark.usefixtures("system")
OFFICER = actor("officer")
# 国务院令第471号: what, before it, article
DECREE = [
    ("inventory", "notice", 7),
    ("outline", "inventory", 7),
    ("plan", "outline", 10),
    ("approval", "plan", 15),
    ("agreement", "plan", 27),
    ("start", "agreement", 27),
    ("closure", "closure_acceptance", 37),
    ("impound", "impound_acceptance", 37),
    ("completion", "completion_acceptance", 37),
]


def walked(made: Project, *steps: str) -> Project:
    for step in steps:
        set_milestone(by=OFFICER, project=made, step=step, on=date(2010 + ORDER.index(step), 1, 1))
    return made


def test_the_guards_are_those_of_the_decree() -> None:
    assert [(step.value, guard.needs.value, guard.article) for step, guard in GUARDS.items()] == DECREE


@pytest.mark.parametrize(("step", "needs", "article"), DECREE)
def test_each_guard_opens_with_what_it_needs_and_not_before(step: str, needs: str, article: int) -> None:
    made = project(build="planned")
    with pytest.raises(ValidationError) as refused:
        set_milestone(by=OFFICER, project=made, step=step, on=date(2026, 1, 1))
    assert f"article {article}" in refused.value.messages[0]
    assert str(Step(needs).label) in refused.value.messages[0]
    walked(made, *ORDER[: ORDER.index(needs) + 1])
    assert set_milestone(by=OFFICER, project=made, step=step, on=date(2026, 1, 1)).step == step


@pytest.mark.parametrize("step", [step for step in ORDER if step not in GUARDS])
def test_what_the_decree_does_not_guard_is_free(step: str) -> None:
    made = project(build="planned")
    assert set_milestone(by=OFFICER, project=made, step=step, on=date(2015, 1, 1)).step == step


def test_the_line_shows_what_was_reached_and_the_next_step() -> None:
    made = project(build="planned")
    assert record.line(made) == []
    walked(made, "notice", "inventory", "outline")
    shown = [(stop.step, stop.kind, stop.on, stop.article) for stop in record.line(made)]
    assert shown == [
        ("notice", "done", date(2010, 1, 1), None),
        ("inventory", "done", date(2011, 1, 1), 7),
        ("outline", "done", date(2012, 1, 1), 7),
        ("plan", "next", None, 10),
    ]


def test_after_the_last_step_there_is_no_next() -> None:
    made = project(build="built")
    set_milestone(by=OFFICER, project=made, step="completion", on=date(2020, 1, 1), reason="验收文件遗失")
    (stop,) = record.line(made)
    assert (stop.step, stop.kind, stop.reason) == ("completion", "done", "验收文件遗失")


@pytest.mark.parametrize(
    ("facts", "bars"),
    [
        ({}, []),
        ({"plan_people": 1000}, []),
        ({"moved_people": 500}, []),
        ({"plan_people": 0, "moved_people": 0}, []),
        ({"plan_people": 1000, "moved_people": 0}, [("Resettlers moved", "0 / 1,000 people", 0)]),
        ({"plan_people": 49_800, "moved_people": 51_800}, [("Resettlers moved", "51,800 / 49,800 people", 104)]),
        ({"plan_production": 3018, "done_production": 2966}, [("Production resettlement", "2,966 / 3,018 people", 98)]),
        (
            {"plan_investment": Decimal(8_640_000_000), "paid_investment": Decimal(8_172_000_000)},
            [("Estimate paid", "8,172,000,000 / 8,640,000,000 yuan", 94)],
        ),
    ],
)
def test_plan_stands_against_done_where_both_are_known(facts: dict[str, Any], bars: list[tuple[str, str, int]]) -> None:
    made = project(**facts)
    assert [(str(one["label"]), one["done"], one["percent"]) for one in record.bars(made)] == bars


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, ""),
        ({"place": YUANMOU}, "101.8700°E 25.7000°N"),
        (
            {"place": (102.41, 25.53), "reason": "坝址在界河上"},
            "102.4100°E 25.5300°N, ",
        ),
    ],
)
def test_a_position_says_how_far_it_lies_outside(facts: dict[str, Any], said: str) -> None:
    shown = record.position(project(**facts))
    assert shown.startswith(said)
    assert ("km outside the county" in shown) is ("reason" in facts)


def test_the_county_of_the_works_stands_first_and_each_once() -> None:
    made = project(counties={code12("532327"): "flooded", code12("532329"): "receives"})
    assert record.counties(made) == ["Yuanmou County", "Yongren County", "Wuding County"]


@pytest.mark.parametrize(
    ("level", "said"), [(Decimal(975), "975"), (Decimal("975.00"), "975"), (Decimal("1504.50"), "1,504.50")]
)
def test_metres_have_decimals_only_where_there_are_any(level: Decimal, said: str) -> None:
    assert record.level_of(level) == said


def test_what_is_not_known_of_duty_says_so_and_power_is_asked_of_stations_only() -> None:
    station = dict(record.duty(project(owner_org="", competent_dept="", basis="K", normal_level_m=Decimal(975))))
    assert "to be verified" in station["Owner"]
    assert "to be verified" in station["Competent department"]
    assert "to be verified" in station["Installed"]
    assert station["Normal level"] == "975 m"
    assert station["Dead level"] == ""
    assert "Installed" not in dict(record.duty(project(kind="reservoir", regime="water")))
    assert dict(record.duty(project(installed_mw=Decimal(2400))))["Installed"] == "240.0 10 MW"
