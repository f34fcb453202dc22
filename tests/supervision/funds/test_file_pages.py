"""The page of a file in each of its states, uploads one by one and many, and what a reader may not see of them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from anzhi.foundation.jobs import queries as jobs
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount
from anzhi.supervision.funds.refusals import reason
from anzhi.supervision.funds.services import receiving
from anzhi.supervision.funds.states import FileState, Source
from harness.people import client_for, client_of, user_at
from supervision.funds.factories import account, arrive, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")
SHEET = "日期,流水号,摘要,借方,贷方,余额,账号\n2026-10-08,R1,拨款,,100.00,100.00,{}\n"


def shown(made: StatementFile, role: str = "finance", region: str = "532328") -> str:
    answer = client_for(role, region=region).get(reverse("funds:file", args=[made.pk]))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def file(state: str, **more: Any) -> StatementFile:
    return StatementFile.objects.create(
        **{
            "region_code": "532328000000",
            "name": "二季度.xml",
            "sha256": f"{StatementFile.objects.count():064}",
            "size": 2048,
            "source": Source.UPLOAD,
            "state": state,
            "by_name": "杨若岚",
            "by_id": 1,
        }
        | more
    )


def upload(client: Any, *files: SimpleUploadedFile, **more: str) -> Any:
    return client.post("/funds/statements/upload/", {"statements": list(files)} | more, follow=True)


def sheet(name: str, written: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, SHEET.format(written).encode())


# ---- states


@pytest.mark.parametrize("state", FileState.values)
def test_each_state_has_its_page_and_its_word(state: str) -> None:
    made = file(state, errors=[reason("file.lost").stored()] if state in ("refused", "waiting") else [])
    text = shown(made)

    assert str(FileState(state).label) in text
    assert ("#progress" in text) is (state in ("received", "parsing"))
    assert (reverse("funds:file_again", args=[made.pk]) in text) is (state == "refused")


def test_how_far_a_long_import_is_stands_on_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    made, asked = file(FileState.PARSING), []

    def progress(kind: str, subject: str) -> Any:
        asked.append((kind, subject))
        return type("Progress", (), {"done": 1234567})()

    monkeypatch.setattr(jobs, "progress_of", progress)
    assert "1,234,567" in shown(made)
    assert asked == [("funds.statement", str(made.pk))]


def test_before_anybody_reads_it_the_page_says_it_waits() -> None:
    assert "已排队，即将处理。可以先离开本页。" in shown(file(FileState.RECEIVED))


def test_a_file_that_came_before_leads_to_the_first() -> None:
    first = file(FileState.IMPORTED, name="第一份.xml")
    text = shown(file(FileState.KNOWN, same_as=first))

    assert "第一份.xml" in text
    assert reverse("funds:file", args=[first.pk]) in text


def test_the_first_is_not_named_where_it_may_not_be_seen() -> None:
    first = file(FileState.IMPORTED, name="别县的.xml", region_code="530622000000")
    text = shown(file(FileState.KNOWN, same_as=first))

    assert "别县的.xml" not in text
    assert reverse("funds:file", args=[first.pk]) not in text


def test_a_file_taken_over_lists_its_statements_with_their_frames() -> None:
    written = number()
    account(written)
    made = arrive(statement(written, entry("+100.01", ref="a"), entry("-0.02", ref="b"), opening="5"))
    text = shown(made)

    for told in ("5.00", "104.99", "2026-03-02"):
        assert told in text, told


def test_remarks_are_told_apart_from_reasons() -> None:
    made = file(FileState.IMPORTED, remarks=[reason("currency.foreign", "第 7 行", currency="USD").stored()])
    text = shown(made)

    assert "第 7 行" in text and "USD" in text
    assert "#reasons" not in text and 'id="reasons"' not in text


@pytest.mark.parametrize(("role", "region", "status"), [("finance", "530622", 404), ("officer", "532328", 403)])
def test_others_do_not_find_it(role: str, region: str, status: int) -> None:
    made = file(FileState.REFUSED)
    client = client_for(role, region=region)

    assert client.get(reverse("funds:file", args=[made.pk])).status_code == status
    assert client.post(reverse("funds:file_again", args=[made.pk])).status_code == status
    made.refresh_from_db()
    assert made.state == FileState.REFUSED


# ---- the list


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", {"甲.xml", "乙.xml"}),
        ("state=refused", {"乙.xml"}),
        ("state=imported", {"甲.xml"}),
        ("source=inbox", {"甲.xml"}),
        ("q=乙", {"乙.xml"}),
        ("received_at_to=2020-01-01", set()),
    ],
)
def test_files_are_found_by_state_way_and_name(query: str, seen: set[str]) -> None:
    file(FileState.IMPORTED, name="甲.xml", source=Source.INBOX)
    file(FileState.REFUSED, name="乙.xml")
    text = client_for("finance").get(f"/funds/statements/?{query}").content.decode()

    assert {name for name in ("甲.xml", "乙.xml") if name in text} == seen


@pytest.mark.parametrize(("days", "counted"), [(0, 1), (6, 1), (8, 0)])
def test_refused_files_of_the_last_days_are_counted_beside_the_navigation(days: int, counted: int) -> None:
    made = file(FileState.REFUSED)
    StatementFile.objects.filter(pk=made.pk).update(received_at=timezone.now() - timedelta(days=days))
    text = client_for("finance").get("/funds/statements/").content.decode()
    entry_of = text.split('href="/funds/statements/"')[1].split("</a>")[0]

    assert re.findall(r">\s*(\d+)\s*<", entry_of) == [str(counted)]


def test_figures_of_a_refused_file_are_not_shown_as_zero() -> None:
    file(FileState.REFUSED, credits=0, entries=0)
    row = client_for("finance").get("/funds/statements/").content.decode().split("二季度.xml")[1].split("</tr>")[0]

    assert "0.00" not in row


# ---- bringing files in


@pytest.fixture
def mine() -> tuple[str, SupervisedAccount]:
    written = number()
    return written, account(written)


def test_one_file_leads_to_its_page_and_more_to_the_list(mine: tuple[str, SupervisedAccount]) -> None:
    client = client_for("finance")
    one = upload(client, sheet("一.csv", mine[0]))
    two = upload(client, sheet("二.csv", f"{mine[0]} "), sheet("三.csv", f" {mine[0]}"))

    assert one.redirect_chain[-1][0] == reverse("funds:file", args=[StatementFile.objects.get(name="一.csv").pk])
    assert two.redirect_chain[-1][0] == reverse("funds:files")
    assert "2" in two.content.decode()


def test_of_several_those_that_came_before_are_counted(mine: tuple[str, SupervisedAccount]) -> None:
    client = client_for("finance")
    upload(client, sheet("一.csv", mine[0]))
    text = upload(client, sheet("又一.csv", mine[0]), sheet("二.csv", f"{mine[0]} ")).content.decode()

    assert "1" in text
    states = dict(StatementFile.objects.values_list("name", "state"))
    assert states == {"一.csv": "received", "又一.csv": "known", "二.csv": "received"}


def test_each_file_leaves_one_job_and_one_event(mine: tuple[str, SupervisedAccount]) -> None:
    client = client_of(user_at("finance", name="李云山"))
    upload(client, sheet("一.csv", mine[0]), sheet("二.csv", f"{mine[0]} "))

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", [receiving.TASK])
        assert cursor.fetchone() == (2,)
        cursor.execute("SELECT DISTINCT actor_label FROM audit_event WHERE name = 'statement.received'")
        assert cursor.fetchall() == [("李云山",)]


def test_accounts_to_choose_are_those_in_use_in_the_area(mine: tuple[str, SupervisedAccount]) -> None:
    other = account(region="530622")
    shut = account(balance="0", name="已销的户")
    SupervisedAccount.objects.filter(pk=shut.pk).update(status="closed", closed_on=shut.opened_on)
    text = client_for("finance").get("/funds/statements/upload/").content.decode()

    assert mine[1].number_mask in text
    assert other.number_mask not in text
    assert "已销的户" not in text
    assert mine[0] not in text


@pytest.mark.parametrize("field", [{"mapping": "nobank"}, {"account": "999999"}, {"account": "x"}])
def test_a_choice_that_is_none_is_refused_and_nothing_is_kept(
    mine: tuple[str, SupervisedAccount], field: dict[str, str]
) -> None:
    answer = upload(client_for("finance"), sheet("一.csv", mine[0]), **field)

    assert answer.status_code == 422
    assert not StatementFile.objects.exists()


def test_a_full_disk_is_said_in_words(mine: tuple[str, SupervisedAccount], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(receiving.raw, "keep", full)
    answer = upload(client_for("finance"), sheet("一.csv", mine[0]))

    assert answer.status_code == 422
    assert "磁盘" in answer.content.decode()
    assert not StatementFile.objects.exists()


def test_reading_roles_bring_nothing_in(mine: tuple[str, SupervisedAccount]) -> None:
    for role in ("leader", "auditor_ro", "officer"):
        assert upload(client_for(role), sheet("一.csv", mine[0])).status_code == 403, role
    assert not StatementFile.objects.exists()


# ---- the number itself


def test_a_look_at_the_number_is_on_record_with_its_reason(mine: tuple[str, SupervisedAccount]) -> None:
    client = client_of(user_at("fund_monitor", name="李云山"))
    page = reverse("funds:account_reveal", args=[mine[1].pk])

    assert mine[0] not in client.get(page).content.decode()
    answer = client.post(page, {"reason": "与银行电话核对"})
    assert mine[0] in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor_label, facts::text FROM audit_event WHERE name = 'fund_account.revealed'")
        ((who, facts),) = cursor.fetchall()
    assert who == "李云山"
    assert "与银行电话核对" in facts and mine[0] not in facts
    assert "与银行电话核对" in client.get(reverse("funds:account_record", args=[mine[1].pk])).content.decode()


@pytest.mark.parametrize("why", ["", "   ", "看看"])
def test_without_a_reason_the_number_stays_sealed(mine: tuple[str, SupervisedAccount], why: str) -> None:
    answer = client_for("fund_monitor").post(reverse("funds:account_reveal", args=[mine[1].pk]), {"reason": why})

    assert answer.status_code == 422
    assert mine[0] not in answer.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event WHERE name = 'fund_account.revealed'")
        assert cursor.fetchone() == (0,)
