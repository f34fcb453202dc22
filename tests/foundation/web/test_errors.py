"""What goes wrong is said in words, with a number that stands in the log, and gives nothing away."""

import logging
import re

import pytest
from django.test import Client

from anzhi.foundation.web import errors
from foundation.web.partial import ask
from harness.people import client_of, user_at

pytestmark = [pytest.mark.django_db, pytest.mark.urls("foundation.web.listing")]


@pytest.mark.parametrize(
    ("kind", "status", "said"),
    [("400", 400, "读不懂"), ("500", 500, "没有入库"), ("503", 503, "数据库没有应答")],
)
def test_failures_are_pages_in_words(kind: str, status: int, said: str, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.WARNING, "anzhi.foundation.web.errors"):
        page = client.get(f"/t/failing/?kind={kind}")
    assert page.status_code == status
    assert said in page.text
    assert "秘密" not in page.text
    number = re.search(r"ER-[0-9A-F]{4}-[0-9A-F]{4}", page.text)
    assert number
    assert number[0] in caplog.text
    assert "kind=" not in "".join(r.getMessage() for r in caplog.records if r.name.endswith("web.errors"))


def test_a_stale_form_says_so() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user_at("finance"))
    page = client.post("/t/plain/")
    assert page.status_code == 403
    assert "打开得太久了" in page.text


def test_a_stranger_sees_no_shell() -> None:
    page = Client().get("/nowhere/")
    assert page.status_code == 404
    assert "az-side" not in page.text
    assert "没有找到这一页" in page.text


def test_someone_at_work_sees_the_shell_and_the_post() -> None:
    page = client_of(user_at("finance")).get("/nowhere/")
    assert page.status_code == 404
    assert "az-side" in page.text
    assert "您现在的岗位在" in page.text


def test_a_list_that_fails_in_place_stays_a_list() -> None:
    answer = ask(client_of(user_at("finance")), "/t/539999000000/")
    assert answer.status_code == 404
    assert answer.text.strip().startswith('<section class="az-panel az-rows" id="rows">')


def test_a_failure_in_place_stays_in_its_place() -> None:
    client = client_of(user_at("finance"))
    client.raise_request_exception = False
    answer = ask(client, "/t/failing/?kind=500")
    assert answer.status_code == 500
    assert "<html" not in answer.text


def test_a_session_that_ended_takes_the_whole_window_to_the_entrance() -> None:
    headers = {"HX-Request": "true", "HX-Target": "section#rows", "HX-Current-URL": "http://testserver/t/list/?q=1"}
    answer = Client().get("/t/list/?q=2", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == "/login/?next=%2Ft%2Flist%2F%3Fq%3D1"
    assert Client().get("/t/list/").status_code == 302


def test_numbers_differ() -> None:
    assert len({errors.number() for _ in range(50)}) == 50


def test_debug_words_of_django_never_show() -> None:
    client = Client(raise_request_exception=False)
    assert "Traceback" not in client.get("/t/failing/?kind=500").text
    assert client.get("/t/list/%00").status_code in (302, 404)
