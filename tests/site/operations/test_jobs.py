"""The page of background work."""

from django.db import connection

from anzhi.foundation.jobs.services import enqueue
from harness import people


def test_failed_work_is_shown_without_what_it_was_about(db: None) -> None:
    enqueue("jobs.forget", secret="李桂芳")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    page = people.client_for("sysadmin", region="53").get("/operations/jobs/").content.decode()
    assert "清理已完成的任务" in page
    assert "李桂芳" not in page


def test_no_worker_is_said_aloud(db: None) -> None:
    client = people.client_for("sysadmin", region="53")
    assert "az-note-bad" in client.get("/operations/jobs/").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert "az-note-bad" not in client.get("/operations/jobs/").content.decode()


def test_only_who_keeps_the_system_sees_it(db: None, client: object) -> None:
    assert people.client_for("fund_monitor").get("/operations/jobs/").status_code == 403
    assert client.get("/operations/jobs/").status_code == 302
