"""The people that other tests stand on."""

import pytest

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.accounts.queries import actor_for
from harness import people


def test_an_actor_needs_no_database() -> None:
    actor = people.actor("fund_monitor", region="5323")
    assert (actor.prefix, actor.region_code) == ("5323", "532300000000")
    assert Permission.ALERT_HANDLE in actor.permissions


def test_a_person_s_scope_and_rights_come_from_post_and_grants(db: None) -> None:
    actor = actor_for(people.user_at("officer", "finance", region="532328"))
    assert actor.prefix == "532328"
    assert actor.roles == ("finance", "officer")
    assert Permission.STATEMENT_IMPORT in actor.permissions


def test_agencies_are_made_once_with_their_parents(db: None) -> None:
    county = people.agency_at("532328")
    assert people.agency_at("532328000000") == county
    assert county.parent.region_code == "532300000000"
    assert county.parent.parent.region_code == "530000000000"


@pytest.mark.parametrize("region", ["53", "5323", "532328"])
def test_a_client_is_logged_in(db: None, region: str) -> None:
    assert people.client_for("leader", region=region).session["_auth_user_id"]
