"""Second factors without a browser: set up, asked for, used once, taken away; and the roles that must have one."""

import hashlib
import hmac
import json
import re
import struct
import time
from base64 import b32decode
from datetime import datetime
from functools import partial
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client, TestCase

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.models import User
from anzhi.foundation.audit.models import Event
from harness import people

pytestmark = pytest.mark.django_db
PIECES = {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}
MADE_UP = json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": PIECES})
NOON = datetime.fromisoformat("2026-11-23T12:00:00+08:00")


@pytest.fixture(autouse=True)
def clock() -> Any:
    """Used codes and counted guesses are kept by the clock."""
    cache.clear()
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
    cache.clear()


@pytest.fixture
def user(clock: Any) -> User:
    return people.user_at("officer", username="yangruolan", password=people.PASSWORD)


committed = partial(TestCase.captureOnCommitCallbacks, execute=True)  # what is told after the commit


def log_in(client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/login/", {"login": "yangruolan", "password": people.PASSWORD})
    return client


def code(secret: str) -> str:
    """The six digits a telephone would show now (RFC 6238)."""
    digest = hmac.new(b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def confirm(client: Client, password: str = people.PASSWORD) -> int:
    """Show that it is oneself, as the page asks before the way in changes."""
    return client.post("/me/confirm/?next=/me/factors/totp/", {"password": password}).status_code


def set_up(client: Client) -> str:
    """Codes switched on by the page; returns the secret."""
    confirm(client)
    page = client.get("/me/factors/totp/").text
    secret = re.search(r"data-secret[^>]*>([A-Z2-7]+)<", page)[1]
    with committed():
        assert client.post("/me/factors/totp/", {"code": code(secret)}).status_code == 302
    return secret


def second(client: Client, given: str) -> int:
    return client.post("/login/second/", {"code": given}).status_code


def told(name: str) -> list[dict[str, Any]]:
    with system_scope():
        return [event.facts for event in Event.objects.filter(name=name).order_by("id")]


# --- set up


def test_a_wrong_first_code_switches_nothing_on(user: User) -> None:
    client = log_in()
    confirm(client)
    page = client.get("/me/factors/totp/").text
    secret = re.search(r"data-secret[^>]*>([A-Z2-7]+)<", page)[1]
    wrong = f"{(int(code(secret)) + 1) % 10**6:06d}"
    assert client.post("/me/factors/totp/", {"code": wrong}).status_code == 200
    assert queries.factors(user)["totp"] is None
    assert told("account.factor_changed") == []


def test_codes_come_with_recovery_codes_and_both_are_on_record(user: User) -> None:
    client = log_in()
    set_up(client)
    factors = queries.factors(user)
    assert factors["totp"]
    assert factors["codes_left"] == 10
    assert {fact["what"] for fact in told("account.factor_changed")} >= {"totp_added"}
    page = client.get("/me/").text
    assert "10" in page
    assert "/me/factors/totp/remove/" in page


def test_the_secret_lies_sealed(user: User) -> None:
    secret = set_up(log_in())
    kept = str(list(Authenticator.objects.filter(user=user).values_list("data", flat=True)))
    assert secret not in kept
    for recovery in Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes():
        assert recovery not in kept


def test_a_stolen_session_does_not_change_the_way_in(user: User, clock: Any) -> None:
    client = log_in()
    for path in ("totp", "passkeys/add", "codes/new"):
        assert client.get(f"/me/factors/{path}/").status_code in {302, 404}
    assert confirm(client, "Not-The-Password-1") == 200
    assert client.get("/me/factors/totp/")["Location"].startswith("/me/confirm/")
    assert confirm(client) == 302
    assert client.get("/me/factors/totp/").status_code == 200
    clock.move_to(NOON.replace(minute=6), tick=False)
    assert client.get("/me/factors/totp/")["Location"].startswith("/me/confirm/")


# --- asked for


def test_the_password_alone_no_longer_leads_in(user: User, clock: Any) -> None:
    secret = set_up(log_in())
    client = Client()
    answer = client.post("/login/", {"login": "yangruolan", "password": people.PASSWORD})
    assert answer["Location"].startswith("/login/second/")
    assert client.get("/me/")["Location"].startswith("/login/")
    clock.move_to(NOON.replace(minute=1), tick=False)
    assert second(client, code(secret)) == 302
    assert client.get("/me/").status_code == 200
    assert told("account.logged_in")[-1]["method"] == ["password", "totp"]


def test_a_code_counts_once(user: User, clock: Any) -> None:
    secret = set_up(log_in())
    clock.move_to(NOON.replace(minute=1), tick=False)
    seen = code(secret)
    assert second(log_in(), seen) == 302
    assert second(log_in(), seen) == 200
    clock.move_to(NOON.replace(minute=2), tick=False)
    assert second(log_in(), code(secret)) == 302


@pytest.mark.parametrize("given", ["", "000000", "abcdef", "12345", "1234567", "１２３４５６"])
def test_what_is_no_code_leads_nowhere(user: User, given: str) -> None:
    set_up(log_in())
    client = log_in()
    assert second(client, given) == 200
    assert "_auth_user_id" not in client.session


def test_an_old_code_is_too_late(user: User, clock: Any) -> None:
    secret = set_up(log_in())
    clock.move_to(NOON.replace(minute=1), tick=False)
    old = code(secret)
    clock.move_to(NOON.replace(minute=4), tick=False)
    assert second(log_in(), old) == 200


def test_codes_cannot_be_guessed_on_and_on(user: User, clock: Any) -> None:
    secret = set_up(log_in())
    clock.move_to(NOON.replace(minute=1), tick=False)
    client = log_in()
    for number in range(5):
        assert second(client, f"{number:06d}") == 200
    assert second(client, code(secret)) != 302
    clock.move_to(NOON.replace(minute=10), tick=False)
    assert second(log_in(), code(secret)) == 302


def test_a_recovery_code_counts_once_and_one_is_fewer(user: User) -> None:
    set_up(log_in())
    recovery = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()[0]
    assert second(log_in(), recovery) == 302
    assert second(log_in(), recovery) == 200
    assert queries.factors(user)["codes_left"] == 9
    assert told("account.logged_in")[-1]["method"] == ["password", "recovery_codes"]


def test_new_recovery_codes_end_the_old_ones(user: User) -> None:
    client = log_in()
    set_up(client)
    old = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    with committed():
        assert client.post("/me/factors/codes/new/").status_code == 302
    shown = client.get("/me/factors/codes/").text
    new = Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()
    assert not set(old) & set(new)
    assert all(one in shown for one in new)
    assert second(log_in(), old[0]) == 200
    assert "codes_made" in {fact["what"] for fact in told("account.factor_changed")}


# --- taken away


def test_without_codes_the_password_leads_in_again(user: User) -> None:
    client = log_in()
    set_up(client)
    assert client.post("/me/factors/totp/remove/").status_code == 302
    assert queries.factors(user)["totp"] is None
    fresh = Client()
    answer = fresh.post("/login/", {"login": "yangruolan", "password": people.PASSWORD})
    assert answer["Location"] == "/"
    assert "totp_removed" in {fact["what"] for fact in told("account.factor_changed")}


def test_another_s_passkey_is_missing(user: User) -> None:
    other = people.user_at("officer", username="sun-xuemei", password=people.PASSWORD)
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "办公电脑", "credential": {}})
    assert log_in().post(f"/me/factors/passkeys/{key.pk}/remove/").status_code in {302, 404}
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_a_role_that_demands_a_factor_notices_at_once_that_it_is_gone(user: User, settings: Any, clock: Any) -> None:
    settings.MFA_REQUIRED_ROLES = ("officer",)
    client = log_in()
    assert client.get("/search/")["Location"] == "/me/factors/"
    secret = set_up(client)
    assert client.get("/search/").status_code == 200
    client.post("/me/factors/totp/remove/")
    assert client.get("/search/")["Location"] == "/me/factors/"
    assert secret


def test_a_new_role_that_demands_one_is_noticed_at_the_next_click(user: User, settings: Any) -> None:
    settings.MFA_REQUIRED_ROLES = ("finance",)
    client = log_in()
    assert client.get("/search/").status_code == 200
    people.Grant.objects.create(user=user, agency=people.agency_at("532328"), role="finance", from_on=people.SINCE)
    assert client.get("/search/")["Location"] == "/me/factors/"


# --- a passkey's challenge


def test_the_log_in_by_passkey_hands_out_a_challenge_and_believes_no_empty_answer(user: User) -> None:
    client = Client()
    first = client.get("/login/passkey/", headers={"accept": "application/json"}).json()
    again = client.get("/login/passkey/", headers={"accept": "application/json"}).json()
    assert first["request_options"]["publicKey"]["challenge"] != again["request_options"]["publicKey"]["challenge"]
    for answer in ("", "{}", "null", "[]", "5", '{"id": "x"}', '{"id": "x", "rawId": "x"}', MADE_UP):
        response = client.post("/login/passkey/", {"credential": answer})
        assert response["Location"] == "/login/", answer
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("answer", ["{}", '{"id": "x"}', MADE_UP])
def test_an_answer_made_by_hand_adds_no_passkey(user: User, answer: str) -> None:
    client = log_in()
    confirm(client)
    client.get("/me/factors/passkeys/add/")
    assert client.post("/me/factors/passkeys/add/", {"name": "办公电脑", "credential": answer}).status_code == 200
    assert queries.factors(user)["passkeys"] == []
