"""The first security administrator: once, and only by command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.models import User

pytestmark = pytest.mark.django_db


def run(username: str = "bai-jingyi") -> str:
    out = StringIO()
    call_command("first_administrator", username, "白静宜", stdout=out)
    return out.getvalue().split(": ")[-1].strip()


def test_the_first_can_log_in_and_must_choose_a_password() -> None:
    password = run()
    client = Client()
    assert client.post("/login/", {"login": "bai-jingyi", "password": password}).status_code == 302
    assert client.get("/accounts/people/")["Location"] == "/me/password/"
    assert queries.actor_for(queries.named("bai-jingyi")).roles == ("secadmin",)


def test_there_is_no_second() -> None:
    run()
    with pytest.raises(CommandError):
        run("somebody-else")
    assert User.objects.count() == 1


def test_a_bad_name_leaves_nothing() -> None:
    with pytest.raises(CommandError):
        run("Bai Jingyi")
    assert not User.objects.exists()
