"""三员分立: the system's, the people's and the trail's administrator each do their own, and nobody does another's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.permissions import Permission as P
from anzhi.foundation.access.roles import ADMINISTRATORS, ROLES
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.models import Grant, Post, User
from anzhi.foundation.accounts.services import agencies, roles
from anzhi.foundation.accounts.services import people as services
from anzhi.foundation.audit.models import Event
from harness import people

pytestmark = pytest.mark.django_db
HERE, THERE = "532328000000", "530622000000"
BUSINESS = tuple(code for code in ROLES if code not in ADMINISTRATORS)


@pytest.fixture
def user() -> User:
    return people.user_at("officer", region=HERE, username="li-mei", name="李梅", password=people.PASSWORD)


def office(region: str = HERE) -> Any:
    return people.agency_at(region)


DEEDS: dict[str, tuple[str, Callable[[Actor, User], Any]]] = {
    "open an account": (
        "secadmin",
        lambda by, user: services.open_account(by=by, username="wang-wu", name="王五", agency=office(), title="科员"),
    ),
    "move somebody": (
        "secadmin",
        lambda by, user: services.open_post(by=by, user=user, agency=office(), title="科长"),
    ),
    "end a post": ("secadmin", lambda by, user: services.close_post(by=by, user=user)),
    "close an account": ("secadmin", lambda by, user: services.close_account(by=by, user=user, reason="调离")),
    "issue a password": ("secadmin", lambda by, user: services.issue_password(by=by, user=user)),
    "unlock": ("secadmin", lambda by, user: services.unlock(by=by, user=user)),
    "give a role": ("secadmin", lambda by, user: roles.grant_role(by=by, user=user, role="finance")),
    "withdraw a role": (
        "secadmin",
        lambda by, user: roles.withdraw_role(by=by, grant=Grant.objects.get(user=user, role="officer", to_on=None)),
    ),
    "change an office": (
        "sysadmin",
        lambda by, user: agencies.edit_agency(by=by, agency=office(), phone="1", address="", doc_prefix=""),
    ),
    "add a division": ("sysadmin", lambda by, user: agencies.add_department(by=by, agency=office(), name="信访科")),
}


def trail() -> int:
    with system_scope():
        return Event.objects.count()


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_is_one_administrator_s(user: User, deed: str) -> None:
    owner, act = DEEDS[deed]
    before = trail()
    for role in (*ADMINISTRATORS, *BUSINESS):
        if role != owner:
            with pytest.raises(Denied):
                act(people.saved_actor(role, region="53"), user)
    assert trail() == before, "what was refused is not on record as done"
    act(people.saved_actor(owner, region="53"), user)
    assert trail() > before


@pytest.mark.parametrize("deed", DEEDS)
def test_no_administrator_reaches_into_another_area(user: User, deed: str) -> None:
    owner, act = DEEDS[deed]
    for region in (THERE, "5306", "532329"):
        with pytest.raises(Denied):
            act(people.saved_actor(owner, region=region), user)


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("region", ["5323", HERE])
def test_an_administrator_of_the_area_acts_in_it(user: User, deed: str, region: str) -> None:
    owner, act = DEEDS[deed]
    act(people.saved_actor(owner, region=region), user)


def test_administrators_hold_no_business_permission() -> None:
    business = {P.STATEMENT_IMPORT, P.ALERT_HANDLE, P.PLAN_IMPORT, P.PROJECT_EDIT, P.TRANSACTION_VIEW, P.FILE_VIEW}
    for code in ADMINISTRATORS:
        assert not ROLES[code].permissions & business, code


def test_what_makes_an_administrator_is_no_other_role_s() -> None:
    keys = {
        "secadmin": {P.USER_EDIT, P.GRANT_EDIT},
        "sysadmin": {P.AGENCY_EDIT, P.PARAMETER_EDIT, P.REGION_IMPORT},
        "auditadmin": {P.AUDIT_VIEW},
    }
    for code, own in keys.items():
        assert own <= ROLES[code].permissions, code
    for code, role in ROLES.items():
        for owner, own in keys.items():
            if code != owner and owner != "auditadmin":
                assert not own & role.permissions, (code, owner)


@pytest.mark.parametrize("first", ADMINISTRATORS)
@pytest.mark.parametrize("second", [*ADMINISTRATORS, "officer", "leader", "finance"])
def test_one_person_holds_one_of_the_three_and_nothing_beside(first: str, second: str) -> None:
    by = people.saved_actor("secadmin", region="53")
    user = people.user_at(first, region=HERE)
    with pytest.raises(ValidationError):
        roles.grant_role(by=by, user=user, role=second)
    assert queries.roles_of(user) == [first]


def test_a_new_post_lets_the_other_kind_of_role_be_held(user: User) -> None:
    by = people.saved_actor("secadmin", region="53")
    services.open_post(by=by, user=user, agency=office(), title="安全审计员")
    roles.grant_role(by=by, user=user, role="auditadmin")
    assert queries.roles_of(user) == ["auditadmin"]


# --- on the pages


PAGES = {
    "/accounts/people/": {"secadmin", "sysadmin", "auditadmin"},
    "/accounts/people/li-mei/": {"secadmin", "sysadmin", "auditadmin"},
    f"/accounts/agencies/{HERE}/people/add/": {"secadmin"},
    "/accounts/people/li-mei/post/": {"secadmin"},
    "/accounts/people/li-mei/close/": {"secadmin"},
    "/accounts/people/li-mei/roles/add/": {"secadmin"},
    f"/accounts/agencies/{HERE}/edit/": {"sysadmin"},
    f"/accounts/agencies/{HERE}/divisions/add/": {"sysadmin"},
    "/audit/": {"auditadmin", "auditor_ro"},
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_for_its_administrator_only(user: User, path: str) -> None:
    opened = {role for role in ROLES if people.client_for(role, region="5323").get(path).status_code == 200}
    assert opened & {*ADMINISTRATORS} == PAGES[path] & {*ADMINISTRATORS}
    assert "officer" not in opened
    assert "finance" not in opened


def test_the_page_of_a_person_offers_each_administrator_their_own(user: User) -> None:
    pages = {role: people.client_for(role, region="53").get("/accounts/people/li-mei/").text for role in ADMINISTRATORS}
    assert all("李梅" in page for page in pages.values())
    for path in ("/accounts/people/li-mei/close/", "/accounts/people/li-mei/roles/add/"):
        assert [role for role, page in pages.items() if path in page] == ["secadmin"]
    assert "开通了" not in pages["sysadmin"]


def test_the_trail_of_a_person_is_read_by_the_audit_administrator(user: User) -> None:
    by = people.saved_actor("secadmin", region="53")
    roles.grant_role(by=by, user=user, role="finance")
    seen = {
        role: "授予" in people.client_for(role, region="53").get("/accounts/people/li-mei/").text
        for role in ADMINISTRATORS
    }
    assert seen["auditadmin"]
    assert not seen["sysadmin"]


# --- over a session's life


def test_a_withdrawn_role_counts_no_longer_at_the_next_click() -> None:
    admin = people.user_at("secadmin", region="5323")
    client = people.client_of(admin)
    assert client.get("/accounts/people/").status_code == 200
    Grant.objects.filter(user=admin).update(to_on=people.SINCE)
    assert client.get("/accounts/people/").status_code == 403
    Post.objects.filter(user=admin).update(to_on=people.SINCE)
    assert client.get("/accounts/agencies/").status_code == 403
    assert client.get("/me/").status_code == 200


def test_an_administrator_without_a_post_is_nobody() -> None:
    user = people.user_at("secadmin", region="53")
    Post.objects.filter(user=user).update(to_on=people.SINCE)
    assert queries.actor_for(user).permissions == frozenset({P.OWN_ACCOUNT})


def test_a_closed_account_acts_no_more_though_its_session_lives() -> None:
    user = people.user_at("secadmin", region="53")
    client = people.client_of(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/accounts/people/")["Location"].startswith("/login/")
    user.refresh_from_db()
    assert queries.actor_for(user).id is None


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/audit/"])
def test_nobody_is_led_to_the_log_in(user: User, path: str) -> None:
    assert Client().get(path)["Location"] == f"/login/?next={path}"
