"""The sample's desks: requests at every stage, made through the engine by the people who would."""

from datetime import date

import pytest
from django.core.management import call_command

from anzhi.foundation.workflow.models import Case, Definition, Task
from anzhi.foundation.workflow.proof import broken_at
from anzhi.sample import desk

DAY = date(2026, 11, 23)


@pytest.fixture
def built(system: None, settings: object) -> list[str]:
    """Demo people, and what lies on their desks."""
    settings.DEMO = True  # type: ignore[attr-defined]  # of pytest-django
    call_command("demo_accounts", verbosity=0)
    said: list[str] = []
    desk.build(DAY, said.append)
    return said


def test_requests_stand_at_every_stage(built: list[str]) -> None:
    assert built == ["8 件请示"]
    assert Definition.objects.get(key=desk.KEY).state == "published"
    steps = Task.objects.filter(state="open").values_list("step", flat=True)
    assert sorted(steps) == ["check", "decide", "decide", "review", "review", "submit"]
    assert set(Case.objects.values_list("state", flat=True)) >= {"approved", "rejected", "running"}


@pytest.mark.usefixtures("built")
def test_their_logs_are_whole() -> None:
    assert [broken_at(case) for case in Case.objects.all()] == [None] * len(desk.REQUESTS)


@pytest.mark.usefixtures("built")
def test_a_second_build_changes_nothing() -> None:
    said: list[str] = []
    desk.build(DAY, said.append)
    assert said == []
    assert Case.objects.count() == len(desk.REQUESTS)
