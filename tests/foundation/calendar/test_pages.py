"""Pages of the calendar, as each face sees them."""

import pytest

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit.models import Event
from anzhi.foundation.calendar import queries
from harness.people import client_for

pytestmark = pytest.mark.django_db
NOTICE = {
    "year": "2027",
    "source": "国办发明电〔2026〕8号",
    "days": "2027-01-01/2027-01-03 休 元旦\n2027-02-06 班 春节",
}


def test_a_year_shows_its_days_and_its_source() -> None:
    page = client_for("officer").get("/calendar/2026/")
    assert page.status_code == 200
    for words in ("国务院办公厅", "国庆节", "春节", "az-day-work", "az-day-off"):
        assert words in page.text
    assert "az-year-provisional" not in page.text


def test_a_year_not_announced_is_marked() -> None:
    page = client_for("officer").get("/calendar/2031/")
    assert "az-year-provisional" in page.text
    assert "az-note-wait" in page.text


@pytest.mark.parametrize("address", ["/calendar/", "/calendar/1/", "/calendar/99999/", "/calendar/2004/"])
def test_any_year_can_be_asked_for(address: str) -> None:
    assert client_for("officer").get(address).status_code == 200


def test_three_faces() -> None:
    admin, officer, security = (client_for(role, region="53") for role in ("sysadmin", "officer", "secadmin"))
    assert "/calendar/notice/" in admin.get("/calendar/").text
    assert "/calendar/notice/" not in officer.get("/calendar/").text
    assert officer.get("/calendar/notice/").status_code == 403
    assert officer.post("/calendar/notice/", NOTICE).status_code == 403
    assert security.get("/calendar/").status_code == 403
    assert 2027 not in queries.announced()


def test_a_notice_is_taken_over_and_stands_in_the_trail() -> None:
    client = client_for("sysadmin", region="53")
    assert client.get("/calendar/notice/").status_code == 200
    page = client.post("/calendar/notice/", NOTICE, follow=True)
    assert page.redirect_chain[-1][0] == "/calendar/2027/"
    assert "国办发明电〔2026〕8号" in page.text
    assert "az-year-provisional" not in page.text
    with system_scope():
        event = Event.objects.latest("id")
    assert (event.name, event.facts["days"]) == ("calendar.year_announced", 4)


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": "元旦放假"},
        {"days": "2026-01-01 休 元旦"},
        {"days": "2027-10-08 班 国庆节"},
        {"days": "2027-02-30 休 元旦"},
        {"days": "2027-01-01 休 元旦\n2027-01-01 休 元旦"},
        {"days": "2027-01-01/2027-12-31 休 元旦"},
        {"days": " \n "},
        {"year": "1999"},
        {"source": ""},
    ],
)
def test_a_wrong_notice_is_refused_with_the_line(wrong: dict[str, str]) -> None:
    page = client_for("sysadmin", region="53").post("/calendar/notice/", NOTICE | wrong)
    assert page.status_code == 422
    assert "az-wrong" in page.text
    assert 2027 not in queries.announced()
