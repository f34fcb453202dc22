"""Accounts and posts: opened, moved, closed."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts import passwords, queries
from anzhi.foundation.accounts.models import User
from anzhi.foundation.accounts.services import people as services
from anzhi.foundation.accounts.services.roles import grant_role
from anzhi.foundation.audit.models import Event
from harness import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Actor:
    return people.saved_actor("secadmin", region="53")


@pytest.fixture
def county_admin() -> Actor:
    return people.saved_actor("secadmin", region="532328")


def open_one(by: Actor, region: str = "532328", username: str = "li-mei") -> tuple[User, str]:
    return services.open_account(by=by, username=username, name="李梅", agency=people.agency_at(region), title="科员")


def names() -> list[str]:
    with system_scope():
        return list(Event.objects.filter(subject_type="accounts.user").order_by("id").values_list("name", flat=True))


def test_a_new_person_has_a_post_and_a_first_password_to_be_changed(admin: Actor) -> None:
    user, password = open_one(admin)
    assert user.check_password(password)
    assert queries.open_post(user).agency.region_code == "532328000000"
    client = Client()
    assert client.post("/login/", {"login": "li-mei", "password": password}).status_code == 302
    assert client.get("/somewhere/")["Location"] == "/me/password/"
    assert names()[:2] == ["account.opened", "post.opened"]


def test_the_event_lies_in_the_person_s_county(admin: Actor) -> None:
    open_one(admin)
    with system_scope():
        assert Event.objects.get(name="account.opened").region_code == "532328000000"


@pytest.mark.parametrize("username", ["", "李梅", "Li Mei", "a", "x" * 41, "1li"])
def test_names_to_log_in_with_are_plain(admin: Actor, username: str) -> None:
    with pytest.raises(ValidationError):
        open_one(admin, username=username)


def test_a_name_is_given_once(admin: Actor) -> None:
    open_one(admin)
    with pytest.raises(ValidationError):
        open_one(admin)


def test_only_in_one_s_own_area(county_admin: Actor) -> None:
    open_one(county_admin)
    with pytest.raises(Denied):
        open_one(county_admin, region="530622", username="wang-wu")


def test_only_with_the_permission() -> None:
    with pytest.raises(Denied):
        open_one(people.saved_actor("leader", region="53"))


def test_moving_ends_the_old_post_and_its_roles(admin: Actor) -> None:
    user, _password = open_one(admin)
    grant_role(by=admin, user=user, role="officer")
    services.open_post(by=admin, user=user, agency=people.agency_at("530622"), title="副科长")
    actor = queries.actor_for(user)
    assert (actor.prefix, actor.roles) == ("530622", ())
    assert user.posts.count() == 2
    services.open_post(by=admin, user=user, agency=people.agency_at("532328"), title="科员")
    assert queries.actor_for(user).roles == ()


def test_a_county_may_not_take_people_from_elsewhere(county_admin: Actor, admin: Actor) -> None:
    user, _password = open_one(admin, region="530622")
    with pytest.raises(Denied):
        services.open_post(by=county_admin, user=user, agency=people.agency_at("532328"), title="科员")
    assert queries.actor_for(user).prefix == "530622"


def test_a_division_must_be_of_that_office(admin: Actor) -> None:
    user, _password = open_one(admin)
    elsewhere = people.agency_at("53").departments.first()
    with pytest.raises(ValidationError):
        services.open_post(by=admin, user=user, agency=people.agency_at("532328"), title="科员", department=elsewhere)


def test_a_closed_account_is_out_at_once(admin: Actor) -> None:
    user, password = open_one(admin)
    client = Client()
    client.post("/login/", {"login": "li-mei", "password": password})
    services.close_account(by=admin, user=user, reason="调离")
    assert client.get("/me/password/")["Location"].startswith("/login/")
    assert queries.sessions(user) == []
    user.refresh_from_db()
    assert not queries.actor_for(user).permissions
    services.reopen_account(by=admin, user=user)
    user.refresh_from_db()
    assert user.is_active
    assert queries.open_post(user) is None


def test_nobody_closes_their_own_account(admin: Actor) -> None:
    with pytest.raises(ValidationError):
        services.close_account(by=admin, user=User.objects.get(pk=admin.id), reason="x")


def test_a_foreign_admin_closes_nobody(county_admin: Actor, admin: Actor) -> None:
    user, _password = open_one(admin, region="530622")
    for write in (
        lambda: services.close_account(by=county_admin, user=user, reason="x"),
        lambda: services.issue_password(by=county_admin, user=user),
        lambda: services.unlock(by=county_admin, user=user),
        lambda: services.reopen_account(by=county_admin, user=user),
    ):
        with pytest.raises(Denied):
            write()


def test_a_forgotten_password_is_replaced_and_the_lock_ends(admin: Actor) -> None:
    user, first = open_one(admin)
    for _time in range(5):
        Client().post("/login/", {"login": "li-mei", "password": "wrong"})
    second = services.issue_password(by=admin, user=user)
    assert second != first
    client = Client()
    assert client.post("/login/", {"login": "li-mei", "password": second}).status_code == 302
    assert client.get("/somewhere/")["Location"] == "/me/password/"


def test_unlocking_lets_the_old_password_in(admin: Actor) -> None:
    user, password = open_one(admin)
    for _time in range(5):
        Client().post("/login/", {"login": "li-mei", "password": "wrong"})
    assert Client().post("/login/", {"login": "li-mei", "password": password}).status_code == 200
    services.unlock(by=admin, user=user)
    assert Client().post("/login/", {"login": "li-mei", "password": password}).status_code == 302


def test_only_one_s_own_language(admin: Actor) -> None:
    user, _password = open_one(admin)
    services.set_language(by=queries.actor_for(user), user=user, language="en")
    user.refresh_from_db()
    assert user.language == "en"
    with pytest.raises(ValidationError):
        services.set_language(by=admin, user=user, language="en")


def test_first_passwords_are_strong_and_never_alike() -> None:
    made = {passwords.first_password() for _time in range(200)}
    assert len(made) == 200
    assert all(len(word) == 16 and not set(word) & passwords.CONFUSED for word in made)
