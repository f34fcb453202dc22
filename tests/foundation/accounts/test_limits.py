"""The door obeys dated parameters: a value set now counts at the next click."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.entrance.hurdles import owes_password
from anzhi.foundation.accounts.limits import BOUNDS, limits
from anzhi.foundation.accounts.models import User
from anzhi.foundation.live import door
from anzhi.foundation.parameters.models import RuleParameter
from anzhi.foundation.parameters.queries import current
from anzhi.foundation.parameters.rules import Unset
from anzhi.foundation.parameters.services import set_value
from harness import people

pytestmark = pytest.mark.django_db
NOON = datetime.fromisoformat("2026-11-23T12:00:00+08:00")
WRONG = "Not-The-Password-1"


@pytest.fixture(autouse=True)
def clock() -> "time_machine.Traveller":
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def user(clock: None) -> User:
    return people.user_at("officer", username="li-mei", name="李梅", password=people.PASSWORD)


def put(code: str, value: int | str, scope: str | None = None, days: int = 0) -> None:
    """Set a parameter as the province would, from today or some days on."""
    row = current(timezone.localdate()).get(code=code)
    with system_scope():
        begins = timezone.localdate() + timedelta(days=days)
        set_value(
            by=SYSTEM, parameter=row, value=Decimal(value), valid_from=begins, legal_basis="测评意见", scope=scope
        )


def log_in(password: str = people.PASSWORD, client: Client | None = None) -> str:
    response = (client or Client()).post("/login/", {"login": "li-mei", "password": password})
    return response.headers.get("Location") or response.content.decode()


@pytest.fixture
def alive(monkeypatch: pytest.MonkeyPatch) -> Callable[[Client], bool]:
    """Whether the stream of live news still knows who asks; on the test's own connection."""
    monkeypatch.setattr(door, "close_old_connections", lambda: None)
    return lambda client: door.actor_of(client.session.session_key).id is not None


def after(clock: "time_machine.Traveller", **time: int) -> None:
    clock.move_to(timezone.now() + timedelta(**time), tick=False)


# --- a session that rests


def test_a_shorter_rest_ends_the_log_in_that_is_open(user: User, clock: "time_machine.Traveller") -> None:
    client = Client()
    log_in(client=client)
    assert "15 分钟" in client.get("/me/").text
    put("session.idle_minutes", 5)
    assert "5 分钟" in client.get("/me/").text
    after(clock, minutes=5)
    assert client.get("/me/").status_code == 200
    after(clock, minutes=5, seconds=1)
    assert client.get("/me/")["Location"].startswith("/login/")


def test_a_longer_rest_keeps_it(user: User, clock: "time_machine.Traveller") -> None:
    client = Client()
    log_in(client=client)
    put("session.idle_minutes", 60)
    after(clock, minutes=59)
    assert client.get("/me/").status_code == 200


def test_a_value_of_tomorrow_waits(user: User, clock: "time_machine.Traveller") -> None:
    put("session.idle_minutes", 5, days=1)
    assert limits().idle == timedelta(minutes=15)
    after(clock, hours=12)
    assert limits().idle == timedelta(minutes=5)


def test_the_stream_of_live_news_ends_with_the_log_in(user: User, clock: "time_machine.Traveller", alive: Any) -> None:
    client = Client()
    log_in(client=client)
    client.get("/search/")
    after(clock, minutes=6)
    assert alive(client)
    put("session.idle_minutes", 5)
    assert not alive(client)


# --- wrong passwords


def test_fewer_tries_lock_sooner_and_say_so(user: User) -> None:
    put("login.failures", 3)
    assert "还可再试 2 次" in log_in(WRONG)
    assert "还可再试 1 次" in log_in(WRONG)
    assert "锁定 30 分钟" in log_in(WRONG)
    assert "锁定 30 分钟" in log_in()


def test_a_limit_lowered_under_the_tries_made_locks_at_the_next(user: User) -> None:
    for _time in range(3):
        log_in(WRONG)
    assert not queries.is_locked(user)
    put("login.failures", 3)
    assert queries.is_locked(user)
    assert "锁定" in log_in()


def test_more_tries_open_the_name_again(user: User) -> None:
    for _time in range(5):
        log_in(WRONG)
    assert "锁定" in log_in()
    put("login.failures", 8)
    assert log_in() == "/"


def test_a_shorter_lock_ends_sooner(user: User, clock: "time_machine.Traveller") -> None:
    for _time in range(5):
        log_in(WRONG)
    after(clock, minutes=11)
    assert queries.is_locked(user)
    put("login.lock_minutes", 10)
    assert not queries.is_locked(user)
    assert log_in() == "/"


# --- passwords


@pytest.mark.parametrize(
    ("code", "value", "password", "words"),
    [
        ("password.length", 14, "Qing-Shui-26X", "不少于 14 个字符"),
        ("password.kinds", 4, "QingShuiHe2026", "至少用 4 种"),
    ],
)
def test_a_stricter_policy_refuses_what_passed(user: User, code: str, value: int, password: str, words: str) -> None:
    validate_password(password, user)
    put(code, value)
    with pytest.raises(ValidationError, match=words):
        validate_password(password, user)


def test_a_milder_policy_lets_pass_what_was_refused(user: User) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password("qing-shui", user)
    assert {error.code for error in refused.value.error_list} == {"password_too_short", "password_kinds"}
    put("password.length", 8)
    put("password.kinds", 2)
    validate_password("qing-shui", user)


def test_the_form_says_the_figures_that_hold(user: User) -> None:
    put("password.length", 16)
    put("password.history", 7)
    page = people.client_of(user).get("/me/password/").text
    assert "不少于 16 个字符" in page
    assert "最近 7 次" in page


def test_how_many_old_passwords_are_remembered(user: User) -> None:
    chosen = [f"Number-{n}-of-mine" for n in range(4)]
    for password in chosen:
        user.set_password(password)
        user.save()
    put("password.history", 2)
    validate_password(chosen[1], user)
    with pytest.raises(ValidationError, match="最近 2 次"):
        validate_password(chosen[2], user)


def test_no_history_at_all(user: User) -> None:
    put("password.history", 0)
    validate_password(people.PASSWORD, user)


def test_a_password_grows_old_in_the_middle_of_the_day(user: User, alive: Any) -> None:
    client = people.client_of(user)
    assert client.get("/search/").status_code == 200
    User.objects.filter(pk=user.pk).update(password_changed_at=timezone.now() - timedelta(days=30))
    assert client.get("/search/").status_code == 200
    assert "还有 60 天" in client.get("/me/").text
    put("password.days", 30)
    assert client.get("/search/")["Location"] == "/me/password/"
    assert not alive(client)
    given = {"oldpassword": people.PASSWORD, "password1": "Qing-Shui-He-2026", "password2": "Qing-Shui-He-2026"}
    client.post("/me/password/", given)
    assert client.get("/search/").status_code == 200


def test_who_has_no_password_owes_none() -> None:
    assert not owes_password(people.user_at("officer"))


# --- what a limit may be


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("session.idle_minutes", "0"),
        ("session.idle_minutes", "721"),
        ("session.idle_minutes", "7.5"),
        ("login.failures", "0"),
        ("login.lock_minutes", "-1"),
        ("password.length", "7"),
        ("password.kinds", "5"),
        ("password.days", "0"),
        ("password.history", "51"),
    ],
)
def test_no_value_locks_everybody_out(code: str, value: str) -> None:
    low, high = BOUNDS[code].low, BOUNDS[code].high
    with pytest.raises(ValidationError) as refused:
        put(code, value)
    assert refused.value.message_dict == {"value": [f"请填写 {low} 到 {high} 之间的整数。"]}


def test_one_prefecture_has_no_limit_of_its_own() -> None:
    with pytest.raises(ValidationError) as refused:
        put("login.failures", 3, scope="5323")
    assert "scope" in refused.value.message_dict


def test_every_bound_holds_the_first_value_and_the_page_refuses_the_rest() -> None:
    rows = RuleParameter.objects.filter(code__in=BOUNDS)
    assert {row.code for row in rows} == set(BOUNDS)
    assert all(BOUNDS[row.code].low <= row.value <= BOUNDS[row.code].high for row in rows)
    row = rows.get(code="login.failures")
    given = {"value": "0", "valid_from": timezone.localdate(), "legal_basis": "测评意见", "scope": ""}
    page = people.client_for("sysadmin", region="53").post(f"/parameters/{row.pk}/set/", given)
    assert "请填写 1 到 100 之间的整数" in page.text


def test_a_limit_without_a_value_is_an_error_and_no_guess() -> None:
    with system_scope(), pytest.raises(Unset, match=r"password\.kinds"), time_machine.travel("1999-01-01"):
        limits()


def test_all_limits_are_one_query_and_the_actor_another(user: User) -> None:
    with CaptureQueriesContext(connection) as asked:
        limits()
        queries.actor_for(user)
    assert len(asked) == 2
