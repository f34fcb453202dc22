"""Open log-ins: seen, ended, and ended by themselves."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.models import User
from anzhi.foundation.accounts.services import sessions as services
from anzhi.foundation.audit.models import Event
from harness import people

pytestmark = pytest.mark.django_db
PAGE = "/me/password/"


@pytest.fixture
def user() -> User:
    return people.user_at("officer", username="li-mei", password=people.PASSWORD)


def log_in() -> Client:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140"})
    client.post("/login/", {"login": "li-mei", "password": people.PASSWORD})
    return client


def alive(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def test_each_log_in_is_seen_with_its_browser(user: User) -> None:
    log_in(), log_in()
    found = queries.sessions(user)
    assert len(found) == 2
    assert "Chrome" in found[0].user_agent


def test_one_can_be_ended(user: User) -> None:
    here, there = log_in(), log_in()
    session = next(one for one in queries.sessions(user) if one.session_key == there.session.session_key)
    services.end_session(by=queries.actor_for(user), session=session)
    assert alive(here)
    assert not alive(there)
    with system_scope():
        assert Event.objects.filter(name="session.ended", subject_id=str(user.pk)).count() == 1


def test_all_others_can_be_ended(user: User) -> None:
    here, *others = (log_in() for _time in range(3))
    ended = services.end_other_sessions(by=queries.actor_for(user), user=user, keep=here.session.session_key)
    assert ended == 2
    assert alive(here)
    assert not any(alive(other) for other in others)


def test_nobody_ends_another_s(user: User) -> None:
    log_in()
    stranger = people.saved_actor("secadmin", region="53")
    with pytest.raises(ValidationError):
        services.end_session(by=stranger, session=queries.sessions(user)[0])
    with pytest.raises(ValidationError):
        services.end_other_sessions(by=stranger, user=user, keep="")


def test_fifteen_idle_minutes_end_a_session(user: User) -> None:
    client = log_in()
    assert alive(client)
    now = timezone.now()
    with time_machine.travel(now + timedelta(minutes=14), tick=False):
        assert alive(client)
    with time_machine.travel(now + timedelta(minutes=28), tick=False):
        assert alive(client)
    with time_machine.travel(now + timedelta(minutes=44), tick=False):
        assert not alive(client)
        assert "您离开了一会儿" in client.get("/login/").content.decode()
    with system_scope():
        assert Event.objects.get(name="account.logged_out").facts == {"why": "idle"}
