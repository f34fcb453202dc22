"""The desk: what each tab lists, in what order, with which deadline, and who else does not see it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from anzhi.foundation.accounts.models import User
from anzhi.foundation.parameters import clock
from anzhi.foundation.workflow.models import Task
from anzhi.foundation.workflow.rules.plan import Limit
from anzhi.foundation.workflow.services import desks
from anzhi.foundation.workflow.states import Act
from foundation.workflow.drawings import chain, person, plan, submit
from foundation.workflow.offices import Offices, begin, do, in_force, somebody, task, user, walk
from harness.people import client_for, client_of

pytestmark = pytest.mark.usefixtures("system")


def seen(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def desk_of(who: Any) -> Client:
    return client_of(User.objects.get(pk=who.id))


def test_a_task_lies_on_the_desk_of_its_role_and_nowhere_else(offices: Offices) -> None:
    in_force(chain())
    begin(offices.starter, title="哨兵大纲")
    assert "哨兵大纲" in seen(desk_of(offices.checker), "/desk/")
    for who in (offices.starter, offices.reviewer, offices.decider):
        assert "哨兵大纲" not in seen(desk_of(who), "/desk/")
    assert "哨兵大纲" not in seen(client_for("fund_monitor", region="530622"), "/desk/")


def test_what_was_done_and_begun_has_its_own_tabs(offices: Offices) -> None:
    in_force(chain())
    case = walk(begin(offices.starter, title="哨兵大纲"), offices.checker)
    assert "哨兵大纲" in seen(desk_of(offices.checker), "/desk/handled/")
    assert "哨兵大纲" not in seen(desk_of(offices.checker), "/desk/")
    text = seen(desk_of(offices.starter), "/desk/started/")
    assert "哨兵大纲" in text
    assert task(case).step_name in text, "where it stands"


def test_copies_are_listed_until_read_and_after(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter, title="哨兵大纲")
    reader = somebody("officer", name="沐春和")
    do(offices.starter, Act.CC, case, people=(reader.id,), opinion="请阅知")
    assert "请阅知" in seen(desk_of(reader), "/desk/copies/")
    assert "哨兵大纲" in seen(desk_of(reader), "/desk/copies/?read=no")
    assert "哨兵大纲" not in seen(desk_of(reader), "/desk/copies/?read=yes")


def test_supervision_and_queue_are_for_supervisors_of_the_area(offices: Offices) -> None:
    in_force(plan(submit("nobody"), person("nobody", "finance@self")))
    begin(offices.starter, title="哨兵大纲")
    leader = desk_of(offices.leader)
    assert "哨兵大纲" in seen(leader, "/desk/supervised/")
    assert "哨兵大纲" in seen(leader, "/desk/queue/")
    assert desk_of(offices.checker).get("/desk/queue/").status_code == 403
    foreign = client_for("leader", region="530622")
    assert "哨兵大纲" not in seen(foreign, "/desk/supervised/") + seen(foreign, "/desk/queue/")


def test_the_tabs_count_what_they_list(offices: Offices) -> None:
    in_force(chain())
    for number in range(3):
        begin(offices.starter, title=f"大纲{number}")
    page = desk_of(offices.starter).get("/desk/").context["page"]
    assert {tab.url: tab.count for tab in page.tabs} == {
        "/desk/": 0,
        "/desk/handled/": 3,  # handing in is the first step of each
        "/desk/started/": 3,
        "/desk/copies/": 0,
    }


def limited(offices: Offices) -> Task:
    in_force(plan(submit("check"), person("check", "fund_monitor@self", limit=Limit("3"))))
    return task(begin(offices.starter, title="限时大纲"))


@pytest.mark.parametrize(
    ("days", "tone", "filters"),
    [(-1, "", "week"), (0, "soon", "today"), (1, "late", "late")],
)
def test_a_deadline_is_said_in_its_colour_and_found_by_its_filter(
    offices: Offices, days: int, tone: str, filters: str
) -> None:
    row = limited(offices)
    assert row.due_at is not None
    Task.objects.filter(pk=row.pk).update(due_at=clock.now() + timedelta(minutes=1) - timedelta(days=days))
    client = desk_of(offices.checker)
    text = seen(client, f"/desk/?due={filters}")
    assert "限时大纲" in text
    assert (f"az-due-{tone}" in text) is bool(tone)
    assert "限时大纲" not in seen(client, "/desk/?due=none")


def test_the_most_urgent_stands_first_and_words_narrow(offices: Offices) -> None:
    in_force(chain())
    late, soon = (begin(offices.starter, title=title) for title in ("晚到的大纲", "紧急的大纲"))
    Task.objects.filter(case=soon, state="open").update(due_at=clock.now())
    client = desk_of(offices.checker)
    text = seen(client, "/desk/")
    assert text.index("紧急的大纲") < text.index("晚到的大纲")
    assert "晚到的大纲" not in seen(client, "/desk/?q=紧急")
    assert late.title not in seen(client, "/desk/?kind=nothing")


def test_the_sheet_holds_the_same_rows(offices: Offices) -> None:
    in_force(chain())
    begin(offices.starter, title="哨兵大纲")
    response = desk_of(offices.checker).get("/desk/?export=csv")
    assert "哨兵大纲" in response.getvalue().decode("utf-8-sig")


def test_a_delegate_finds_the_giver_s_tasks(offices: Offices) -> None:
    from_now = clock.now()
    in_force(chain())
    begin(offices.starter, title="哨兵大纲")
    taker = somebody("officer", name="代办人")
    desks.delegate(
        by=offices.checker, giver=user(offices.checker), taker=user(taker), begins_at=from_now,
        ends_at=from_now + timedelta(days=3), reason="出差三天", key="",
    )  # fmt: skip
    assert "哨兵大纲" in seen(desk_of(taker), "/desk/")
