"""The page of a case: what it tells, the acts on it, each press of a button once, and papers."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anzhi.foundation.accounts.models import User
from anzhi.foundation.parameters import clock
from anzhi.foundation.workflow import story
from anzhi.foundation.workflow.models import Attachment, Case, LogEntry, Task
from anzhi.foundation.workflow.rules.plan import Field, Limit
from anzhi.foundation.workflow.services import desks
from anzhi.foundation.workflow.states import Act, CaseState
from foundation.workflow.drawings import board, chain, decide, person, plan, submit
from foundation.workflow.offices import Offices, begin, do, in_force, somebody, task, trail, user, walk
from harness.people import client_for, client_of

pytestmark = pytest.mark.usefixtures("system")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path


def of(who: Any) -> Client:
    return client_of(User.objects.get(pk=who.id))


def seen(client: Client, case: Case, more: str = "") -> str:
    response = client.get(f"/cases/{case.pk}/{more}")
    assert response.status_code == 200
    return response.content.decode()


def press(client: Client, case: Case, act: str, on: Task | None = None, **told: Any) -> Any:
    where = f"/cases/{case.pk}/{act}/{on.pk}/" if on else f"/cases/{case.pk}/{act}/"
    return client.post(where, {"key": f"press-{act}-{on.pk if on else 0}"} | told)


# --- what it tells


def test_it_tells_facts_where_it_lies_and_what_was_said(offices: Offices) -> None:
    in_force(chain(fields=(Field("people", "搬迁人口", required=True), Field("cost", "概算", "money"))))
    case = begin(offices.starter, title="哨兵大纲", facts={"people": 4321, "cost": "7654321.5"})
    do(offices.checker, Act.PASS, task(case), opinion="资金来源清楚")
    text = seen(of(offices.reviewer), case)
    for wanted in ("哨兵大纲", "4321", "7,654,321.50", "资金来源清楚", "杨若岚", "起国栋"):
        assert wanted in text, wanted


def test_whoever_takes_part_reads_it_and_nobody_else(offices: Offices) -> None:
    in_force(chain())
    case = walk(begin(offices.starter), offices.checker)
    for client in (of(offices.starter), of(offices.reviewer), client_for("auditor_ro", region="53")):
        assert client.get(f"/cases/{case.pk}/").status_code == 200
    for page in ("", "sheet/", "cc/", f"pass/{task(case).pk}/"):
        assert client_for("leader", region="530622").get(f"/cases/{case.pk}/{page}").status_code == 404
    assert client_for("sysadmin", region="53").get(f"/cases/{case.pk}/").status_code == 403


def test_both_clocks_and_the_reasons_stand_on_it(offices: Offices) -> None:
    in_force(plan(submit("check"), person("check", "fund_monitor@self", limit=Limit("3")), service=Limit("7")))
    case = begin(offices.starter)
    page = of(offices.checker).get(f"/cases/{case.pk}/").context["page"]
    assert [(clock.limit, clock.tone) for clock in page.record.clocks] == [
        ("7 working days", ""),
        ("3 working days", ""),
    ]
    assert len(page.record.why) == 3


def test_on_behalf_of_whom_and_how_long_stand_in_the_trail(offices: Offices) -> None:
    in_force(chain())
    now, taker = clock.now(), somebody("officer", name="代办人")
    span = {"begins_at": now, "ends_at": now + timedelta(days=3)}
    desks.delegate(by=offices.checker, giver=user(offices.checker), taker=user(taker), reason="出差三天", **span)
    case = begin(offices.starter)
    assert "您正代杨若岚办理" in seen(of(taker), case)
    with clock.turned_to(now.date() + timedelta(days=1)):
        press(of(taker), case, "pass", task(case), opinion="同意")
        told = of(offices.starter).get(f"/cases/{case.pk}/").context["record"].trail
    assert told[0].title == "check：通过"
    assert "代办人，代杨若岚，历时" in told[0].who


@pytest.mark.parametrize(
    ("took", "words"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=1, minutes=5), "1 hour"),
        (timedelta(days=2, hours=23), "2 days"),
    ],
)
def test_how_long_a_task_lay(took: timedelta, words: str, spoken: None) -> None:
    assert story.length(took) == words


def test_the_sheet_has_the_opinions_and_no_acts(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    do(offices.checker, Act.PASS, task(case), opinion="属实")
    text = seen(of(offices.reviewer), case, "sheet/")
    assert "属实" in text
    assert 'data-key="A"' not in text


# --- acts


def test_pass_from_the_page_moves_the_case_on(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    client, row = of(offices.checker), task(case)
    assert f"/cases/{case.pk}/pass/{row.pk}/" in seen(client, case)
    response = press(client, case, "pass", row, opinion="同意上报", expect=case.version)
    assert (response.status_code, response.headers["Location"]) == (302, f"/cases/{case.pk}/")
    assert task(case).step == "review"
    assert LogEntry.objects.get(case=case, act="pass", step="check").opinion == "同意上报"


def test_a_double_click_acts_once(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    client, row = of(offices.checker), task(case)
    told = {"opinion": "同意", "expect": case.version}
    assert [press(client, case, "pass", row, **told).status_code for _ in range(2)] == [302, 302]
    assert trail(case).count("pass check") == 1


def test_who_comes_second_is_told_who_was_first(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    second, row = somebody("fund_monitor", name="迟到的人"), task(case)
    press(of(offices.checker), case, "pass", row)
    response = press(of(second), case, "pass", row)
    assert response.status_code == 422
    assert "杨若岚" in response.content.decode()


def test_an_old_page_is_refused(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    response = press(of(offices.checker), case, "pass", task(case), expect=case.version - 1)
    assert response.status_code == 422
    assert task(case).step == "check"


def test_a_return_names_its_step_what_is_missing_and_how_it_comes_back(offices: Offices) -> None:
    in_force(chain())
    case = walk(begin(offices.starter), offices.checker)
    client, row = of(offices.reviewer), task(case)
    form = seen(client, case, f"return/{row.pk}/")
    assert 'value="submit"' in form
    assert 'value="check"' in form
    told = {"to": "submit", "resume": "jump", "opinion": "材料不全", "items": "用地预审\n\n公示照片 "}
    assert press(client, case, "return", row, **told).status_code == 302
    assert task(case).step == "submit"
    assert LogEntry.objects.get(case=case, act="return").detail["items"] == ["用地预审", "公示照片"]
    text = seen(of(offices.starter), case)
    assert "1. 用地预审" in text
    walk(case, offices.starter)
    assert task(case).step == "review", "straight back"


def test_a_return_without_a_reason_keeps_the_form(offices: Offices) -> None:
    in_force(chain())
    case = walk(begin(offices.starter), offices.checker)
    response = press(of(offices.reviewer), case, "return", task(case), to="check", resume="step", opinion="")
    assert response.status_code == 422
    assert task(case).step == "review"


def test_votes_and_refusals(offices: Offices) -> None:
    signers = [somebody("officer", region="53", name=f"会签{n}") for n in "甲乙"]
    in_force(board("all"))
    case = begin(offices.starter)
    for signer in signers:
        row = Task.objects.get(case=case, state="open", assignee_id=signer.id)
        assert press(of(signer), case, "vote", row, outcome="pass", opinion="无异议").status_code == 302
    row = task(case)
    assert row.step == "decide"
    assert press(of(offices.decider), case, "reject", row, opinion="超出规划范围").status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.REJECTED


def test_asking_others_handing_on_and_answering(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    row, helper = task(case), somebody("finance", name="沐春和")
    other = somebody("fund_monitor", name="和丽江")
    assert "沐春和" in seen(of(offices.checker), case, f"add_sign/{row.pk}/")
    press(of(offices.checker), case, "add_sign", row, side="before", people=[helper.id], opinion="额度够吗")
    asked = task(case)
    press(of(helper), case, "answer", asked, opinion="额度可保障")
    assert press(of(offices.checker), case, "transfer", row, people=other.id).status_code == 302
    assert task(case).assignee_id == other.id


def test_withdraw_until_it_was_opened(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    mine = task(case)
    walk(case, offices.checker)
    assert f"/withdraw/{mine.pk}/" in seen(of(offices.checker), case)
    press(of(offices.reviewer), case, "open", task(case))
    assert "李文渊" in seen(of(offices.checker), case, f"withdraw/{mine.pk}/")
    assert press(of(offices.checker), case, "withdraw", mine).status_code == 422


def test_reading_the_page_opens_nothing_but_its_form_does(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    text = seen(of(offices.checker), case)
    assert "data-open" in text
    assert task(case).opened_at is None
    press(of(offices.checker), case, "open", task(case))
    assert task(case).opened_at is not None
    assert "data-open" not in seen(of(offices.checker), case)


def test_copies_receipts_urging_pausing(offices: Offices) -> None:
    in_force(chain())
    case, reader = begin(offices.starter), somebody("officer", name="沐春和")
    press(of(offices.starter), case, "cc", people=[reader.id], opinion="请阅", until="2099-01-01")
    page = of(reader).get(f"/cases/{case.pk}/").context["record"]
    assert press(of(reader), case, "read", copy=page.copy.pk).status_code == 302
    assert of(reader).get(f"/cases/{case.pk}/").context["record"].copy is None
    assert press(of(offices.starter), case, "urge", task(case)).status_code == 302
    assert press(of(offices.leader), case, "pause", opinion="等候上级文件").status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.PAUSED
    assert press(of(offices.leader), case, "resume").status_code == 302


def test_a_task_of_the_queue_is_assigned_by_a_supervisor(offices: Offices) -> None:
    in_force(plan(submit("nobody"), person("nobody", "finance@self")))
    case = begin(offices.starter)
    new = somebody("finance", name="新来的人")
    assert "/assign/" in seen(of(offices.leader), case)
    assert press(of(offices.leader), case, "assign", task(case), people=new.id).status_code == 302
    assert task(case).assignee_id == new.id


def test_what_is_not_allowed_stands_with_its_reason(offices: Offices) -> None:
    both = somebody("officer", "fund_monitor", name="两岗一人")
    in_force(chain())
    case = begin(both)
    text = seen(of(both), case)
    assert "disabled" in text
    assert "两岗一人" in text
    assert press(of(both), case, "pass", task(case)).status_code == 422


def test_acts_that_are_none_and_tasks_of_other_cases_are_not_there(offices: Offices) -> None:
    in_force(chain())
    case, other = begin(offices.starter), begin(offices.starter)
    client = of(offices.checker)
    for path in ("explode/", "start/", f"pass/{task(other).pk}/"):
        assert client.get(f"/cases/{case.pk}/{path}").status_code == 404, path


# --- papers


def test_missing_papers_are_named_added_and_then_there(offices: Offices) -> None:
    in_force(plan(submit("check"), decide("check", "fund_monitor@self", attachments=("项目申报书",))))
    case = begin(offices.starter)
    client, row = of(offices.checker), task(case)
    refused = press(client, case, "pass", row)
    assert refused.status_code == 422
    assert "项目申报书" in refused.content.decode()
    paper = SimpleUploadedFile("申报书.pdf", b"%PDF-1.7\nsentinel")
    where = f"/cases/{case.pk}/attach/?name=项目申报书"
    assert 'value="项目申报书"' in client.get(where).content.decode()
    assert client.post(where, {"name": "项目申报书", "paper": paper}).status_code == 302
    assert Attachment.objects.get(case=case).name == "项目申报书"
    assert "申报书.pdf" in seen(client, case)
    assert client.post(f"/cases/{case.pk}/pass/{row.pk}/", {"key": "again"}).status_code == 302


def test_a_stranger_to_the_case_adds_nothing(offices: Offices) -> None:
    in_force(chain())
    case = begin(offices.starter)
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\nx")
    other = of(somebody("officer", name="旁人"))
    assert other.post(f"/cases/{case.pk}/attach/", {"name": "x", "paper": paper}).status_code == 422
    assert not Attachment.objects.exists()
