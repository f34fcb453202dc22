"""What is refused leaves the site as it was: in the database, and in the hands of the page that shows it again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.forms import model_to_dict

from anzhi.foundation.audit.models import Event
from anzhi.network.sites import services
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.states import State
from harness.people import actor
from network.sites.factories import DONE, site

pytestmark = pytest.mark.usefixtures("system")
OFFICER = actor("officer")
DAY = date(2026, 5, 6)
FAR = (102.41, 25.53)
Act = Callable[[ResettlementSite], Any]


def facts(row: ResettlementSite) -> dict[str, Any]:
    return model_to_dict(row) | {"point": row.point.coords}


@pytest.mark.parametrize(
    "act",
    [
        lambda made: services.move(by=OFFICER, site=made, to=State.ACCEPTED, on=DAY),
        lambda made: services.move(by=OFFICER, site=made, to=State.PLANNED, on=DAY),
        lambda made: services.change(by=OFFICER, site=made, name="新名", infrastructure=DONE | {"road": "none"}),
        lambda made: services.change(by=OFFICER, site=made, name="新名", owner_unit=" "),
        lambda made: services.change(by=OFFICER, site=made, name="新名", moved_people=0),
        lambda made: services.change(by=OFFICER, site=made, name="新名", assessed_on=None),
        lambda made: services.change(by=OFFICER, site=made, name="新名", place=FAR),
        lambda made: services.change(by=OFFICER, site=made, name="新名", place=FAR, reason="远"),
    ],
    ids=["works lacking", "no way back", "road", "owner", "nobody moved", "not assessed", "place", "reason too short"],
)
def test_a_refused_act_alters_nothing(act: Act) -> None:
    made = site(lived_in=True, infrastructure=DONE | {"school": "building"})
    before, events = facts(made), Event.objects.count()
    with pytest.raises(ValidationError):
        act(made)
    assert facts(made) == before
    made.refresh_from_db()
    assert facts(made) == before
    assert Event.objects.count() == events


def test_what_is_let_in_is_in_the_hand_and_in_the_database() -> None:
    made = site(lived_in=True)
    same = services.change(by=OFFICER, site=made, plan_people=500, place=FAR, reason="外迁至武定县，由元谋县管理")
    assert same is made
    assert (made.plan_people, made.point.coords, made.point_reason[:2]) == (500, FAR, "外迁")
    known = facts(made)
    made.refresh_from_db()
    assert facts(made) == known
    services.move(by=OFFICER, site=made, to=State.ACCEPTED, on=DAY)
    assert (made.state, made.accepted_on) == ("accepted", DAY)
    event = Event.objects.get(name="site.moved")
    assert (event.facts["before"], event.facts["after"], event.facts["day"]) == ("occupied", "accepted", "2026-05-06")


def test_only_what_differs_is_named_in_the_trail() -> None:
    made = site(lived_in=True)
    services.change(by=OFFICER, site=made, plan_people=made.plan_people, moved_people=430, name=made.name)
    assert Event.objects.get(name="site.changed").facts["fields"] == ["moved_people"]


def test_a_day_that_is_known_stays_when_the_state_moves_on() -> None:
    begun = date(2024, 4, 4)
    made = site(assessed_on=begun, started_on=begun)
    services.move(by=OFFICER, site=made, to=State.CONSTRUCTION, on=DAY)
    assert made.started_on == begun
