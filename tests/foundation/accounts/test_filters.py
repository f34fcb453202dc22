"""The list of people is where one looks up who may do what: its filters speak of today, not of the past."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from anzhi.foundation.accounts.models import Grant, User
from harness.people import client_of, user_at

pytestmark = pytest.mark.django_db


def ended(user: User, role: str) -> None:
    """The role was held once."""
    Grant.objects.filter(user=user, role=role).update(to_on=date(2021, 1, 1))


@pytest.fixture
def office() -> Client:
    """Four people of one county, seen by the security administrator of the prefecture."""
    user_at("finance", name="现任甲")
    ended(user_at("finance", name="卸任乙"), "finance")
    back = user_at("finance", name="复任丙")
    grant = Grant.objects.get(user=back)
    ended(back, "finance")
    Grant.objects.create(user=back, agency=grant.agency, role="finance", from_on=date(2022, 1, 1))
    user_at(name="无角色丁")
    changed = user_at("finance", "leader", name="换任戊")
    ended(changed, "finance")
    return client_of(user_at("secadmin", region="5323", name="看的人"))


def listed(client: Client, query: str) -> set[str]:
    text = client.get(f"{reverse('accounts:people')}?{query}").text
    return {name for name in ("现任甲", "卸任乙", "复任丙", "无角色丁", "换任戊") if name in text}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("role=finance", {"现任甲", "复任丙"}),
        ("role=leader", {"换任戊"}),
        ("state=bare", {"卸任乙", "无角色丁"}),
        ("state=open", {"现任甲", "卸任乙", "复任丙", "无角色丁", "换任戊"}),
        ("role=finance&q=复任", {"复任丙"}),
    ],
)
def test_a_role_is_looked_up_as_it_is_held_today(office: Client, query: str, expected: set[str]) -> None:
    assert listed(office, query) == expected


def test_somebody_with_the_role_twice_is_one_person(office: Client) -> None:
    text = office.get(f"{reverse('accounts:people')}?role=finance&q=复任&export=csv")
    lines = b"".join(text.streaming_content).decode("utf-8-sig").splitlines()

    assert sum("复任丙" in line for line in lines) == 1
