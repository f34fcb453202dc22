"""Roles: held at an office, three administrators apart, never by oneself."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.models import Grant, User
from anzhi.foundation.accounts.services import roles as services
from anzhi.foundation.audit.models import Event
from harness import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Actor:
    return people.saved_actor("secadmin", region="5323")


@pytest.fixture
def user() -> User:
    return people.user_at(region="532328")


def test_a_role_counts_at_once_and_until_withdrawn(admin: Actor, user: User) -> None:
    assert Permission.ALERT_HANDLE not in queries.actor_for(user).permissions
    grant = services.grant_role(by=admin, user=user, role="fund_monitor")
    assert Permission.ALERT_HANDLE in queries.actor_for(user).permissions
    services.withdraw_role(by=admin, grant=grant)
    assert Permission.ALERT_HANDLE not in queries.actor_for(user).permissions
    with system_scope():
        events = Event.objects.filter(subject_type="accounts.user").order_by("id").values_list("name", "region_code")
        assert list(events) == [("role.granted", "532328000000"), ("role.withdrawn", "532328000000")]


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        ("sysadmin", "secadmin"),
        ("secadmin", "auditadmin"),
        ("auditadmin", "sysadmin"),
        ("officer", "secadmin"),
        ("sysadmin", "officer"),
        ("officer", "officer"),
        ("officer", "emperor"),
    ],
)
def test_what_nobody_may_hold_together(admin: Actor, held: str, wanted: str) -> None:
    user = people.user_at(held, region="532328")
    with pytest.raises(ValidationError):
        services.grant_role(by=admin, user=user, role=wanted)
    assert queries.roles_of(user) == [held]


def test_the_database_keeps_the_administrators_apart_too() -> None:
    user = people.user_at("sysadmin")
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=user, agency=people.agency_at("532328"), role="secadmin", from_on=people.SINCE)


def test_two_business_roles_go_together(admin: Actor, user: User) -> None:
    for role in ("officer", "finance"):
        services.grant_role(by=admin, user=user, role=role)
    assert queries.roles_of(user) == ["finance", "officer"]


def test_nobody_gives_or_takes_their_own(admin: Actor) -> None:
    oneself = User.objects.get(pk=admin.id)
    with pytest.raises(ValidationError):
        services.grant_role(by=admin, user=oneself, role="officer")
    with pytest.raises(ValidationError):
        services.withdraw_role(by=admin, grant=oneself.grants.get())


def test_only_in_one_s_area_and_with_the_permission(admin: Actor, user: User) -> None:
    foreign = people.user_at("officer", region="530622")
    with pytest.raises(Denied):
        services.grant_role(by=admin, user=foreign, role="finance")
    with pytest.raises(Denied):
        services.withdraw_role(by=admin, grant=foreign.grants.get())
    with pytest.raises(Denied):
        services.grant_role(by=people.saved_actor("sysadmin", region="53"), user=user, role="finance")


def test_no_role_without_a_post(admin: Actor) -> None:
    with pytest.raises(ValidationError):
        services.grant_role(by=admin, user=User.objects.create_user("nobody", name="无"), role="officer")


def test_a_role_is_withdrawn_once(admin: Actor, user: User) -> None:
    grant = services.grant_role(by=admin, user=user, role="officer")
    services.withdraw_role(by=admin, grant=grant)
    grant.refresh_from_db()
    with pytest.raises(ValidationError):
        services.withdraw_role(by=admin, grant=grant)
