"""The door of the stream: the session's person as they are now, and what they may follow. No server is started."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from anzhi.foundation.access.context import current
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts.models import Grant, Post, User
from anzhi.foundation.live import door
from anzhi.foundation.parameters.models import RuleParameter
from harness import live_server, people
from harness.acting import acting

BOTH = frozenset({"test.open", "test.money"})


@pytest.fixture(autouse=True)
def here(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Topics of the tests; the test's own connection stays open."""
    live_server.register()
    monkeypatch.setattr(door, "close_old_connections", lambda: None)


Login = Callable[..., tuple[User, str]]


@pytest.fixture
def login() -> Login:
    """Log somebody in; what is given is noted in the session."""

    def enter(*roles: str, region: str = "532328", **noted: Any) -> tuple[User, str]:
        user = people.user_at(*roles, region=region, password=people.PASSWORD)
        session = people.client_of(user).session
        session.update({"seen_at": int(time.time()), "hurdles_passed": ["today", *sorted(roles)]} | noted)
        session.save()
        return user, session.session_key

    return enter


@pytest.mark.parametrize(
    ("roles", "region", "asked", "given"),
    [
        (("leader",), "532328", BOTH, BOTH),
        (("officer",), "532328", BOTH, {"test.open"}),
        (("leader",), "53", BOTH | {"test.nobody"}, BOTH),
        (("fund_monitor",), "5323", {"test.money"}, {"test.money"}),
    ],
)
def test_a_pass_names_person_area_and_topics(
    roles: tuple[str, ...], region: str, asked: set[str], given: set[str], login: Login
) -> None:
    user, key = login(*roles, region=region)
    passed = door.admit(key, frozenset(asked))
    assert passed == door.Pass(user.pk, region, frozenset(given))


@pytest.mark.parametrize(
    ("roles", "asked"),
    [(("officer",), {"test.money"}), (("leader",), {"test.nobody"}), (("sysadmin",), {"test.open"})],
    ids=["not for this role", "no such topic", "runs the system, sees no business"],
)
def test_who_may_follow_nothing_of_it_is_told_so(roles: tuple[str, ...], asked: set[str], login: Login) -> None:
    _user, key = login(*roles)
    assert door.admit(key, frozenset(asked)) == 403


@pytest.mark.parametrize("key", ["", "no-such-session", "x" * 300])
def test_without_a_session_nobody_is_let_in(key: str) -> None:
    assert door.admit(key, BOTH) == 401


def gone(user: User) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])


def other_password(user: User) -> None:
    user.set_password("An-Other-53-Word")
    user.save(update_fields=["password"])


def post_ended(user: User) -> None:
    with acting():
        Post.objects.filter(user=user).update(to_on=date.today() - timedelta(days=1))  # noqa: DTZ011 — long past


def more_roles(user: User) -> None:
    post = Post.objects.get(user=user)
    with acting():
        Grant.objects.create(user=user, agency=post.agency, role="officer", from_on=people.SINCE)


@pytest.mark.parametrize("change", [gone, other_password, more_roles])
def test_a_session_opened_before_a_change_is_no_log_in(change: Callable[[User], None], login: Login) -> None:
    """A second factor or a password may be owed now: pages see to that, the stream waits outside."""
    user, key = login("leader")
    assert isinstance(door.admit(key, BOTH), door.Pass)
    change(user)
    assert door.admit(key, BOTH) == 401


def test_whose_post_ended_may_follow_nothing(login: Login) -> None:
    user, key = login("leader")
    post_ended(user)
    assert door.admit(key, BOTH) in (401, 403)


@pytest.mark.parametrize(
    ("noted", "let_in"),
    [
        ({}, True),
        ({"seen_at": 0}, False),
        ({"hurdles_passed": []}, False),
        ({"hurdles_passed": ["today"]}, False),
        ({"hurdles_passed": ["today", "leader", "officer"]}, False),
    ],
    ids=["fresh", "never seen", "no hurdle taken", "taken without a role", "taken with more roles"],
)
def test_hurdles_must_have_been_taken(noted: dict[str, Any], let_in: bool, login: Login) -> None:
    _user, key = login("leader", **noted)
    assert isinstance(door.admit(key, BOTH), door.Pass) is let_in


@pytest.mark.parametrize(("away", "let_in"), [(timedelta(minutes=4), True), (timedelta(minutes=6), False)])
def test_a_session_rests_as_long_as_the_province_says(away: timedelta, let_in: bool, login: Login) -> None:
    with acting():
        RuleParameter.objects.filter(code="session.idle_minutes").update(value=5)
    _user, key = login("leader", seen_at=int(time.time() - away.total_seconds()))
    assert isinstance(door.admit(key, BOTH), door.Pass) is let_in


def test_looking_leaves_session_and_scope_untouched(login: Login) -> None:
    _user, key = login("leader", seen_at=int(time.time()) - 200)
    before = SessionStore(key).load()
    with system_scope():
        door.admit(key, BOTH)
        assert current().prefix == ""
    assert SessionStore(key).load() == before


def test_the_door_sees_no_business_row(login: Login) -> None:
    """Nobody's scope is open while it looks: a fault in it could not show a row of any region."""
    seen: list[Any] = []
    found = door.actor_for
    _user, key = login("leader")

    def look(user: User) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_event")
            seen.append(cursor.fetchone()[0])
        return found(user)

    door.actor_for = look
    try:
        assert isinstance(door.admit(key, BOTH), door.Pass)
    finally:
        door.actor_for = found
    assert seen == [0]
