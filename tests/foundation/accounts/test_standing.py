"""Who a session belongs to and where they work: one query, read anew at each request."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings

from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.entrance.backend import StandingBackend
from anzhi.foundation.accounts.models import Grant, Post
from harness.people import agency_at, client_of, user_at

pytestmark = pytest.mark.django_db


def test_person_post_office_and_roles_come_in_one_query(django_assert_num_queries: Any) -> None:
    user = user_at("officer", "finance", region="5323")
    Grant.objects.create(user=user, agency=agency_at("53"), role="fund_monitor", from_on=date(2020, 1, 1))
    with django_assert_num_queries(1):
        actor = queries.actor_for(queries.with_standing(user.pk))
    assert actor == queries.actor_for(queries.named(user.username)), "the same as asked step by step"
    assert (actor.prefix, actor.roles) == ("5323", ("finance", "officer")), "a role elsewhere does not count"


def test_an_ended_post_and_a_withdrawn_role_are_not_there() -> None:
    user = user_at("officer", "finance")
    Grant.objects.filter(user=user, role="finance").update(to_on=date(2026, 1, 1))
    assert queries.actor_for(queries.with_standing(user.pk)).roles == ("officer",)
    Post.objects.filter(user=user).update(to_on=date(2026, 1, 1))
    actor = queries.actor_for(queries.with_standing(user.pk))
    assert (actor.prefix, actor.roles, actor.region_code) == ("", (), "")


def test_a_session_of_a_closed_account_is_nobody_s() -> None:
    user = user_at("officer")
    assert StandingBackend().get_user(user.pk) == user
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert StandingBackend().get_user(user.pk) is None
    assert StandingBackend().get_user(10**9) is None


def test_a_transfer_counts_at_the_next_click() -> None:
    user = user_at("finance", region="532328")
    client = client_of(user)
    assert client.get("/funds/accounts/").status_code == 200
    Post.objects.filter(user=user).update(agency=agency_at("530622"))
    assert client.get("/funds/accounts/").status_code == 403, "the roles stayed at the old office"
    assert settings.LOGIN_URL not in client.get("/me/").headers.get("Location", ""), "and the session goes on"
