"""Demo accounts: complete, repeatable, and nowhere but in a demo."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from anzhi.foundation.accounts import demo, queries
from anzhi.foundation.accounts.models import Grant, User

pytestmark = pytest.mark.django_db


def run() -> str:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    return out.getvalue()


def test_every_promised_account_can_log_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANZHI_DEMO_PASSWORD", raising=False)
    printed = run()
    assert demo.DEFAULT_PASSWORD in printed
    places = ("province", "prefecture", "county", "other-county")
    wanted = {place + kind for place in places for kind in ("", "-officer", "-finance", "-leader")}
    wanted |= {"auditor", "sysadmin", "secadmin", "auditadmin"}
    assert set(User.objects.values_list("username", flat=True)) == wanted
    for username in ("county", "auditor", "secadmin"):
        client = Client()
        assert client.post("/login/", {"login": username, "password": demo.DEFAULT_PASSWORD}).status_code == 302
        assert client.get("/somewhere/").status_code == 404  # no hurdle before the desk


@pytest.mark.parametrize(
    ("username", "prefix", "role"),
    [
        ("province", "53", "fund_monitor"),
        ("prefecture-leader", "5323", "leader"),
        ("county-officer", "532328", "officer"),
        ("other-county-finance", "530622", "finance"),
        ("auditor", "53", "auditor_ro"),
        ("auditadmin", "53", "auditadmin"),
    ],
)
def test_each_works_where_and_as_what_the_name_says(username: str, prefix: str, role: str) -> None:
    run()
    actor = queries.actor_for(queries.named(username))
    assert (actor.prefix, actor.roles) == (prefix, (role,))


def test_again_changes_nothing_but_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    before = (User.objects.count(), Grant.objects.count())
    monkeypatch.setenv("ANZHI_DEMO_PASSWORD", "Another-One-2027")
    assert "Another-One-2027" not in run()
    assert (User.objects.count(), Grant.objects.count()) == before
    assert queries.named("county").check_password("Another-One-2027")


def test_refused_where_it_is_not_a_demo(settings: pytest.FixtureRequest) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError):
        run()
    assert not User.objects.exists()
