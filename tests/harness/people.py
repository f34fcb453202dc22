"""People for tests: actors without a database, users with a post and roles, clients logged in as them.

A region is given as a prefix ("53", "5323", "532328") or as its 12 digits.
"""

from datetime import date
from itertools import count

from django.test import Client

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.roles import permissions_of
from anzhi.foundation.access.scope import prefix_of
from anzhi.foundation.accounts.models import Agency, Grant, Post, Tier, User
from anzhi.foundation.accounts.queries import actor_for

PROVINCE, PREFECTURE, COUNTY, FOREIGN = "53", "5323", "532328", "530622"
PASSWORD = "Ruo-Lan-5323-Shui"  # three kinds, twelve and more: passes the policy
SINCE = date(2020, 1, 1)
TIERS = {2: Tier.PROVINCE, 4: Tier.PREFECTURE, 6: Tier.COUNTY}
numbers = count(1)


def code12(region: str) -> str:
    """The 12-digit code of a prefix."""
    return region.ljust(12, "0")


def actor(*roles: str, region: str = COUNTY, name: str = "杨若岚") -> Actor:
    """An actor with these roles at the office of `region`; touches no database, so its id is None."""
    code = code12(region)
    return Actor(
        id=None,
        name=name,
        agency_name=f"{prefix_of(code)}搬迁安置办",
        region_code=code,
        prefix=prefix_of(code),
        roles=roles,
        permissions=permissions_of(list(roles)),
    )


def agency_at(region: str) -> Agency:
    """The open office of a region: the loaded one, or a plain one made here with its parents."""
    code = code12(region)
    found = Agency.objects.filter(region_code=code, closed_on=None).first()
    if found:
        return found
    prefix = prefix_of(code)
    return Agency.objects.create(
        name=f"{prefix}搬迁安置办公室",
        short_name=f"{prefix}搬迁安置办",
        tier=TIERS[len(prefix)],
        region_code=code,
        parent=agency_at(prefix[:-2]) if len(prefix) > 2 else None,
        opened_on=SINCE,
    )


def user_at(*roles: str, region: str = COUNTY, username: str = "", name: str = "杨若岚", password: str = "") -> User:
    """A saved person with an open post and these roles at the office of `region`.

    Can log in by `client_for`-like force; give `password` (see PASSWORD) to log in by the page.
    """
    user = User.objects.create_user(username=username or f"test-{next(numbers)}", name=name, password=password or None)
    agency = agency_at(region)
    Post.objects.create(user=user, agency=agency, title="科员", from_on=SINCE)
    for role in roles:
        Grant.objects.create(user=user, agency=agency, role=role, from_on=SINCE)
    return user


def saved_actor(*roles: str, region: str = COUNTY) -> Actor:
    """The actor of a new saved person."""
    return actor_for(user_at(*roles, region=region))


def client_of(user: User) -> Client:
    """A test client logged in as this person, without the log-in page."""
    client = Client()
    client.force_login(user)
    return client


def client_for(*roles: str, region: str = COUNTY) -> Client:
    """A test client logged in as a new person with these roles at the office of `region`."""
    return client_of(user_at(*roles, region=region))
