"""Desk and case in a browser, wide and on a phone: nothing sideways, silent console, axe clean; seen once opened."""

import os
from typing import Any

import pytest
from django.db import transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts.models import User
from anzhi.foundation.workflow.models import Case, Task
from anzhi.foundation.workflow.rules.plan import Field, Limit
from anzhi.foundation.workflow.states import Act
from anzhi.site.shots.looking import Watch
from foundation.workflow.drawings import decide, person, plan, submit
from foundation.workflow.offices import Offices, begin, do, in_force, task
from harness.people import client_of
from harness.server import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def reviewer(live_db: str) -> tuple[User, Case]:
    with system_scope(), transaction.atomic():
        at_work = Offices()
        in_force(
            plan(
                submit("核对"),
                person("核对", "fund_monitor@self", "审核"),
                person("审核", "officer@parent", "决定", limit=Limit("3"), attachments=("用地预审意见",)),
                decide("决定"),
                statutory=Limit("20"),
                service=Limit("7"),
                fields=(Field("people", "搬迁人口"),),
            )
        )
        case = begin(at_work.starter, title="元谋县江边乡移民安置规划大纲", facts={"people": 1104})
        do(at_work.checker, Act.PASS, task(case), opinion="符合县级规划，同意上报。")
        return User.objects.get(pk=at_work.reviewer.id), case


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_desk_and_case_are_clean_and_the_case_is_seen(
    reviewer: tuple[User, Case], server: str, browser: Any, size: tuple[int, int]
) -> None:
    user, case = reviewer
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    context.add_cookies([{"name": "sessionid", "value": client_of(user).cookies["sessionid"].value, "url": server}])
    page = context.new_page()
    watch, wrong = Watch(page, server), []
    own = frozenset({"check", "submit"})
    for name, path in (("desk", "/desk/"), ("case", f"/cases/{case.pk}/"), ("sheet", f"/cases/{case.pk}/sheet/")):
        watch.open(path)
        if folder := os.environ.get("ANZHI_PICTURES"):
            page.screenshot(path=f"{folder}/wf-{name}-{size[0]}.png", full_page=True)
        wrong += [f"{name}: {fault}" for fault in watch.faults(own)]
    context.close()
    assert not wrong, "\n".join(wrong)
    with system_scope(), transaction.atomic():
        assert Task.objects.get(case=case, state="open").opened_at is not None
