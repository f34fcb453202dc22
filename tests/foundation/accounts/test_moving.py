"""Posts and roles through time: who moves sees another county at the next click, who leaves sees nothing."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.models import Agency, Department, Grant, Post, User
from anzhi.foundation.accounts.services import people as services
from anzhi.foundation.accounts.services import roles
from anzhi.foundation.audit.models import Event
from anzhi.foundation.live import door
from harness import people

pytestmark = pytest.mark.django_db
HERE, THERE = "532328000000", "530622000000"
NOON = datetime.fromisoformat("2026-11-23T12:00:00+08:00")


@pytest.fixture
def admin() -> Actor:
    return people.saved_actor("secadmin", region="53")


@pytest.fixture
def user() -> User:
    return people.user_at("leader", region=HERE, username="li-mei", name="李梅", password=people.PASSWORD)


def move(admin: Actor, user: User, region: str, title: str = "副主任") -> Post:
    return services.open_post(by=admin, user=user, agency=people.agency_at(region), title=title)


def offices(client: Client) -> set[str]:
    """Which of the two offices the pages show."""
    return {code for code in (HERE, THERE) if client.get(f"/accounts/agencies/{code}/").status_code == 200}


def facts(name: str) -> dict[str, Any]:
    with system_scope():
        return Event.objects.filter(name=name).latest("id").facts


# --- moved


def test_an_open_log_in_sees_the_new_county_and_no_longer_the_old(admin: Actor, user: User) -> None:
    client = people.client_of(user)
    assert offices(client) == {HERE}
    move(admin, user, THERE)
    assert client.get("/accounts/agencies/").status_code == 403, "roles stay behind with the post"
    roles.grant_role(by=admin, user=user, role="leader")
    assert offices(client) == {THERE}
    assert client.get(f"/accounts/agencies/{HERE}/").status_code == 404
    assert client.get(f"/accounts/agencies/{THERE}/").status_code == 200


def test_live_news_follow_the_move_too(admin: Actor, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "close_old_connections", lambda: None)
    client = people.client_of(user)
    client.get("/search/")
    key = client.session.session_key
    assert door.actor_of(key).prefix == "532328"
    move(admin, user, THERE)
    assert door.actor_of(key).id is None, "the roles it was let in with are gone"
    roles.grant_role(by=admin, user=user, role="leader")
    client.get("/search/")
    assert door.actor_of(key).prefix == "530622"


def test_up_to_the_prefecture_the_view_grows_and_back_it_shrinks(admin: Actor, user: User) -> None:
    client = people.client_of(user)
    for region, seen in (("5323", {HERE}), ("53", {HERE, THERE}), (THERE, {THERE})):
        move(admin, user, region)
        roles.grant_role(by=admin, user=user, role="leader")
        assert offices(client) == seen


def test_a_grant_at_the_old_office_does_not_count_at_the_new_one(user: User) -> None:
    Post.objects.filter(user=user).update(agency=people.agency_at(THERE))
    actor = queries.actor_for(user)
    assert (actor.prefix, actor.roles) == ("530622", ())
    assert Permission.AGENCY_VIEW not in actor.permissions


def test_moving_within_the_office_ends_the_roles_too(admin: Actor, user: User) -> None:
    division = Department.objects.filter(agency__region_code=HERE).first()
    post = services.open_post(by=admin, user=user, agency=people.agency_at(HERE), title="主任", department=division)
    assert (queries.open_post(user).pk, queries.roles_of(user)) == (post.pk, [])
    assert facts("post.opened") == {"office": post.agency.name, "title": "主任", "department": division.name}
    assert facts("post.closed")["roles"] == ["leader"]


@pytest.mark.parametrize("title", ["", "长" * 41])
def test_a_move_that_fails_leaves_the_old_post_and_its_roles(admin: Actor, user: User, title: str) -> None:
    with pytest.raises(ValidationError):
        move(admin, user, THERE, title)
    assert queries.open_post(user).agency.region_code == HERE
    assert queries.roles_of(user) == ["leader"]


def test_nobody_is_moved_to_a_closed_office(admin: Actor, user: User) -> None:
    closed = people.agency_at(THERE)
    Agency.objects.filter(pk=closed.pk).update(closed_on=date(2026, 1, 1))
    closed.refresh_from_db()
    with pytest.raises(ValidationError, match="机构"):
        services.open_post(by=admin, user=user, agency=closed, title="科员")
    with pytest.raises(ValidationError):
        services.open_account(by=admin, username="wang-wu", name="王五", agency=closed, title="科员")
    assert queries.named("wang-wu") is None, "no account without a post stays behind"
    assert queries.open_post(user)


# --- with their days


def test_posts_and_roles_keep_their_days(admin: Actor, user: User) -> None:
    with time_machine.travel(NOON, tick=False):
        roles.grant_role(by=admin, user=user, role="finance")
    with time_machine.travel(NOON + timedelta(days=40), tick=False):
        move(admin, user, THERE)
    old = Post.objects.get(user=user, agency__region_code=HERE)
    new = Post.objects.get(user=user, agency__region_code=THERE)
    assert (old.to_on, new.from_on, new.to_on) == (date(2027, 1, 2), date(2027, 1, 2), None)
    grant = Grant.objects.get(user=user, role="finance")
    assert (grant.from_on, grant.to_on) == (date(2026, 11, 23), date(2027, 1, 2))
    assert grant.granted_by_id == admin.id


def test_the_page_shows_posts_and_roles_of_all_times(admin: Actor, user: User) -> None:
    with time_machine.travel(NOON, tick=False):
        move(admin, user, THERE)
        page = people.client_of(User.objects.get(pk=admin.id)).get("/accounts/people/li-mei/").text
    for words in ("元谋县搬迁安置办", "巧家县搬迁安置办", "2020-01-01", "2026-11-23", "领导", "副主任", "科员"):
        assert words in page, words


def test_yesterday_is_the_office_s_day_and_not_greenwich_s(admin: Actor, user: User) -> None:
    with time_machine.travel(datetime.fromisoformat("2026-11-23T00:30:00+08:00"), tick=False):
        assert move(admin, user, THERE).from_on == date(2026, 11, 23)


@pytest.mark.parametrize("table", [Post, Grant])
def test_nothing_ends_before_it_begins(user: User, table: Any) -> None:
    with pytest.raises(IntegrityError, match="ends_after_it_began"), transaction.atomic():
        table.objects.filter(user=user).update(to_on=people.SINCE - timedelta(days=1))


def test_nobody_has_two_open_posts(user: User) -> None:
    with pytest.raises(IntegrityError, match="post_one_open_per_user"), transaction.atomic():
        Post.objects.create(user=user, agency=people.agency_at(THERE), title="科员", from_on=people.SINCE)


def test_one_open_office_per_region() -> None:
    old = people.agency_at(HERE)
    same = Agency(name="元谋县移民局", short_name="元谋移民局", tier=old.tier, region_code=HERE)
    with pytest.raises(ValidationError):
        same.full_clean()
    old.closed_on = date(2026, 12, 31)
    old.save()
    same.save()
    assert people.agency_at(HERE) == same


# --- left


def test_who_leaves_loses_post_roles_and_log_ins_and_stays_in_the_record(admin: Actor, user: User) -> None:
    client = Client()
    client.post("/login/", {"login": "li-mei", "password": people.PASSWORD})
    services.close_account(by=admin, user=user, reason="退休离岗")
    user.refresh_from_db()
    assert (user.is_active, queries.open_post(user), queries.roles_of(user)) == (False, None, [])
    assert client.get("/me/")["Location"].startswith("/login/")
    assert facts("account.closed")["reason"] == "退休离岗"
    with system_scope():
        own = Event.objects.filter(subject_type="accounts.user", subject_id=str(user.pk))
        assert {event.region_code for event in own} == {HERE}
        assert [event.subject_label for event in own.filter(name="account.closed")] == ["李梅"]


def test_who_left_is_still_found_by_the_administrator_of_the_last_office(admin: Actor, user: User) -> None:
    services.close_account(by=admin, user=user, reason="调离")
    here, there = (people.client_for("secadmin", region=region) for region in (HERE, THERE))
    assert "李梅" in here.get("/accounts/people/?state=closed").text
    assert here.get("/accounts/people/li-mei/").status_code == 200
    assert there.get("/accounts/people/li-mei/").status_code == 404
    assert "李梅" not in here.get("/accounts/agencies/532328000000/").text


def test_who_comes_back_starts_without_post_roles_and_log_ins(admin: Actor, user: User) -> None:
    services.close_account(by=admin, user=user, reason="借调外省")
    user.refresh_from_db()
    services.reopen_account(by=admin, user=user)
    user.refresh_from_db()
    actor = queries.actor_for(user)
    assert (actor.prefix, actor.roles, actor.permissions) == ("", (), frozenset({Permission.OWN_ACCOUNT}))
    assert queries.sessions(user) == []
    assert Client().post("/login/", {"login": "li-mei", "password": people.PASSWORD})["Location"] == "/"


def test_an_account_is_closed_once_and_opened_again_once(admin: Actor, user: User) -> None:
    with pytest.raises(ValidationError):
        services.reopen_account(by=admin, user=user)
    services.close_account(by=admin, user=user, reason="调离")
    user.refresh_from_db()
    with pytest.raises(ValidationError):
        services.close_account(by=admin, user=user, reason="调离")
    with system_scope():
        assert Event.objects.filter(name="account.closed").count() == 1
        assert not Event.objects.filter(name="account.reopened").exists()


def test_who_never_had_a_post_can_be_closed_by_the_province(admin: Actor) -> None:
    bare = User.objects.create_user("bare-one", name="无岗")
    services.close_account(by=admin, user=bare, reason="误开")
    bare.refresh_from_db()
    assert not bare.is_active
    with pytest.raises(ValidationError):
        services.close_post(by=admin, user=bare)


def test_the_passkey_of_who_left_no_longer_leads_in(admin: Actor, user: User) -> None:
    client = people.client_of(user)
    services.close_account(by=admin, user=user, reason="调离")
    assert client.get("/me/").status_code == 302
    again = people.client_of(user)
    assert again.get("/me/").status_code == 302, "a session made for a closed account is nobody's"


def test_the_system_moves_people_too(user: User) -> None:
    services.open_post(by=SYSTEM, user=user, agency=people.agency_at(THERE), title="科员")
    assert queries.actor_for(user).prefix == "530622"
    assert Post.objects.get(user=user, to_on=None).from_on == timezone.localdate()
