"""What a password must be, how long it lasts, and what stands before the desk."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts.models import PasswordUsed, User
from anzhi.foundation.audit.models import Event
from harness import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return people.user_at("officer", username="li-mei", name="李梅", password=people.PASSWORD)


@pytest.mark.parametrize(
    "password",
    ["Short-1a", "alllowercaseletters", "lowercase12345678", "Password1234", "li-mei-A1b2c3d4", "XX李梅-a1b2c3d4e5"],
)
def test_refused(user: User, password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, user)


@pytest.mark.parametrize("password", ["Qing-Shui-He-2026", "青山绿水 River 1958", "aB3aB3aB3aB3xyz"])
def test_accepted(user: User, password: str) -> None:
    validate_password(password, user)


def test_the_last_five_do_not_come_back(user: User) -> None:
    chosen = [f"Number-{n}-of-mine" for n in range(6)]
    for password in chosen:
        user.set_password(password)
        user.save()
    for password in chosen[1:]:
        with pytest.raises(ValidationError):
            validate_password(password, user)
    validate_password(chosen[0], user)
    assert not PasswordUsed.objects.filter(hash__contains="Number").exists()


def change(client: Client, old: str, new: str) -> int:
    data = {"oldpassword": old, "password1": new, "password2": new}
    return client.post("/me/password/", data).status_code


def test_changing_it_keeps_this_log_in_and_is_an_event(user: User) -> None:
    client = people.client_of(user)
    assert change(client, "wrong", "Qing-Shui-He-2026") == 200
    assert change(client, people.PASSWORD, "Qing-Shui-He-2026") == 302
    assert client.get("/me/password/").status_code == 200
    user.refresh_from_db()
    assert user.check_password("Qing-Shui-He-2026")
    with system_scope():
        assert Event.objects.filter(name="account.password_changed", subject_id=str(user.pk)).count() == 1


def test_after_ninety_days_a_new_one_is_asked_for(user: User) -> None:
    User.objects.filter(pk=user.pk).update(password_changed_at=timezone.now() - timedelta(days=89))
    assert people.client_of(user).get("/somewhere/").status_code == 404
    User.objects.filter(pk=user.pk).update(password_changed_at=timezone.now() - timedelta(days=90))
    client = people.client_of(user)
    assert client.get("/somewhere/")["Location"] == "/me/password/"
    assert client.get("/somewhere/", headers={"hx-request": "true"})["HX-Redirect"] == "/me/password/"
    assert change(client, people.PASSWORD, "Qing-Shui-He-2026") == 302
    assert client.get("/somewhere/").status_code == 404


def test_roles_may_demand_a_second_factor(user: User, settings: pytest.FixtureRequest) -> None:
    assert people.client_of(user).get("/somewhere/").status_code == 404
    settings.MFA_REQUIRED_ROLES = ("officer",)
    client = people.client_of(user)
    assert client.get("/somewhere/")["Location"] == "/me/factors/"
    user.authenticator_set.create(type="totp", data={})
    assert client.get("/somewhere/").status_code == 404
