"""The log-in page: in with the right password, nothing told with a wrong one."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts.models import User
from anzhi.foundation.audit.models import Event
from harness import people

LOCKED = "这个账号锁定 30 分钟"
WRONG = "Not-The-Password-1"


@pytest.fixture
def user(db: None) -> User:
    return people.user_at("officer", username="yangruolan", password=people.PASSWORD)


def try_in(username: str, password: str, client: Client | None = None) -> str:
    """Where one try leads, or the page it leads back to."""
    response = (client or Client()).post("/login/", {"login": username, "password": password})
    return response.headers.get("Location") or response.content.decode()


def events(name: str) -> list[Event]:
    with system_scope():
        return list(Event.objects.filter(name=name).order_by("id"))


def test_the_right_password_leads_in(user: User) -> None:
    client = Client()
    assert try_in("yangruolan", people.PASSWORD, client) == "/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_trail_says_how_and_where(user: User) -> None:
    try_in("yangruolan", people.PASSWORD)
    (event,) = events("account.logged_in")
    assert event.subject_id == str(user.pk)
    assert event.region_code == "532328000000"
    assert event.facts["method"] == ["password"]


def test_a_wrong_password_tells_how_many_tries_are_left(user: User) -> None:
    assert "还可再试 4 次" in try_in("yangruolan", WRONG)
    assert "还可再试 3 次" in try_in("yangruolan", WRONG)


def test_the_answers_are_the_same_for_a_name_nobody_has(user: User) -> None:
    def answers(name: str) -> list[bool]:
        pages = [try_in(name, WRONG) for _ in range(6)]
        return [("还可再试" in page, LOCKED in page, "closed" in page) for page in pages]

    assert answers("yangruolan") == answers("nobody-at-all")
    assert answers("nobody-at-all")[-1][1]


def test_five_failures_lock_the_name_for_half_an_hour(user: User) -> None:
    for _ in range(5):
        try_in("yangruolan", WRONG)
    assert LOCKED in try_in("yangruolan", people.PASSWORD)
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        assert try_in("yangruolan", people.PASSWORD) == "/"


def test_capitals_give_no_extra_tries(user: User) -> None:
    for name in ("yangruolan", "YANGRUOLAN", "Yangruolan", "YangRuoLan", "yangruolaN"):
        try_in(name, WRONG)
    assert LOCKED in try_in("yangruolan", people.PASSWORD)


def test_a_success_forgets_the_failures(user: User) -> None:
    for _ in range(4):
        try_in("yangruolan", WRONG)
    assert try_in("yangruolan", people.PASSWORD) == "/"
    assert "还可再试 4 次" in try_in("yangruolan", WRONG)


def test_failures_and_the_lock_are_events(user: User) -> None:
    for _ in range(5):
        try_in("yangruolan", WRONG)
    assert len(events("account.login_failed")) == 4
    (locked,) = events("account.locked")
    assert locked.subject_label == "杨若岚"
    assert locked.region_code == "532328000000"


def test_what_was_typed_as_a_name_is_not_kept(user: User) -> None:
    try_in("My-Secret-Passw0rd", WRONG)
    (event,) = events("account.login_failed")
    kept = f"{event.subject_label}{event.subject_id}{event.facts}{event.actor_label}"
    assert "Secret" not in kept
    assert event.facts["fingerprint"]


def test_a_closed_account_does_not_get_in(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert try_in("yangruolan", people.PASSWORD) == "/login/closed/"
    assert "还可再试" in try_in("yangruolan", WRONG)


def test_logging_out_ends_the_session_and_is_an_event(user: User) -> None:
    client = Client()
    try_in("yangruolan", people.PASSWORD, client)
    assert client.get("/logout/").status_code == 200
    assert client.post("/logout/")["Location"] == "/login/"
    assert "_auth_user_id" not in client.session
    assert events("account.logged_out")[0].facts == {"why": "asked"}


def test_one_s_language_comes_with_the_log_in(user: User) -> None:
    User.objects.filter(pk=user.pk).update(language="en")
    client = Client()
    try_in("yangruolan", people.PASSWORD, client)
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


@pytest.mark.parametrize("path", ["/signup/", "/accounts/signup/", "/login/code/", "/password/reset/"])
def test_there_is_no_sign_up_and_no_reset_by_mail(db: None, path: str) -> None:
    assert Client().get(path).status_code in {302, 404}
    assert "Location" not in (response := Client().get(path)).headers or response["Location"].startswith("/login/")


def test_a_page_that_needs_a_log_in_comes_back_to_itself(user: User) -> None:
    client = Client()
    assert client.get("/me/password/")["Location"] == "/login/?next=/me/password/"
    response = client.post("/login/", {"login": user.username, "password": people.PASSWORD, "next": "/me/password/"})
    assert response["Location"] == "/me/password/"


def test_nobody_is_sent_to_another_site(user: User) -> None:
    response = Client().post(
        "/login/", {"login": user.username, "password": people.PASSWORD, "next": "https://example.org/"}
    )
    assert response["Location"] == "/"


def test_the_page_has_no_inline_script_or_style(db: None) -> None:
    response = Client().get("/login/")
    html = response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "<style" not in html
    assert "onclick" not in html
    for script in html.split("<script")[1:]:
        assert script.lstrip().startswith("src=") or 'type="application/json"' in script.split(">")[0]


def test_the_page_is_chinese_unless_asked_otherwise(db: None) -> None:
    client = Client()
    assert 'lang="zh-hans"' in client.get("/login/").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert 'lang="en"' in client.get("/login/").content.decode()
