"""The life of a site as a table: each move, each demand, each order of days, at the service and at its constraint."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.access.gate import Denied
from anzhi.network.sites import guards, services
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.rules import LIVABLE, SERVICES, complete, share_ready, unready
from anzhi.network.sites.states import DEMANDS, MOVES, State
from harness.people import actor, client_for
from network.sites.factories import DONE, site

inside_system = pytest.mark.usefixtures("system")
OFFICER = actor("officer")
DAY = date(2026, 5, 6)
BEFORE = DAY - timedelta(days=1)
READY: dict[str, object] = {"assessed_on": DAY, "moved_people": 1, "infrastructure": DONE, "accepted_on": DAY}


def refused(constraint: str, **facts: object) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ResettlementSite.objects.update(**facts)


@inside_system
@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("to", list(State))
def test_every_pair_of_states_is_a_move_or_is_none(before: State, to: State) -> None:
    made = site(state=before, **READY)
    if to in MOVES[before]:
        assert services.move(by=OFFICER, site=made, to=to, on=DAY).state == to
    else:
        with pytest.raises(ValidationError, match="no way"):
            services.move(by=OFFICER, site=made, to=to, on=DAY)


@inside_system
@pytest.mark.parametrize(
    ("state", "lacks", "says"),
    [
        ("construction", {"assessed_on": None}, "hazard assessment"),
        ("occupied", {"assessed_on": None}, "hazard assessment"),
        ("occupied", {"moved_people": 0}, "Nobody has moved in"),
        *[("occupied", {"infrastructure": DONE | {name: "building"}}, "Not finished yet") for name in LIVABLE],
        *[("accepted", {"infrastructure": DONE | {name: "none"}}, "Not finished yet") for name in SERVICES],
        ("accepted", {"accepted_on": None}, "day of acceptance"),
        ("planned", {"owner_unit": "  "}, "owner unit"),
        ("planned", {"competent_dept": ""}, "competent department"),
    ],
)
def test_a_state_is_not_entered_while_something_lacks(state: str, lacks: dict[str, object], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        site(state=state, **READY | lacks)
    assert not ResettlementSite.objects.exists()


@inside_system
@pytest.mark.parametrize("name", [name for name in SERVICES if name not in LIVABLE])
def test_people_may_live_where_only_comforts_lack(name: str) -> None:
    assert site(state="occupied", **READY | {"infrastructure": DONE | {name: "none"}}).pk


def test_demands_only_grow_along_the_life() -> None:
    life = [DEMANDS[state] for state in State]
    for one, later in pairwise(life):
        assert set(one.services) <= set(later.services)
        assert (one.assessed, one.moved, one.accepted_on) <= (later.assessed, later.moved, later.accepted_on)


@inside_system
def test_it_is_not_lived_in_before_it_was_begun() -> None:
    made = site(state="construction", started_on=DAY, **READY | {"accepted_on": None})
    with pytest.raises(ValidationError, match="not finished before it was begun"):
        services.move(by=OFFICER, site=made, to=State.OCCUPIED, on=BEFORE)
    made.refresh_from_db()
    assert (made.state, made.finished_on) == ("construction", None)


@inside_system
def test_it_is_not_accepted_before_it_was_finished() -> None:
    made = site(state="occupied", finished_on=DAY, **READY | {"accepted_on": None})
    with pytest.raises(ValidationError, match="not accepted before it was finished"):
        services.move(by=OFFICER, site=made, to=State.ACCEPTED, on=BEFORE)
    made.refresh_from_db()
    assert services.move(by=OFFICER, site=made, to=State.ACCEPTED, on=DAY)


@pytest.mark.django_db
def test_the_page_says_so_with_what_was_given(system: None) -> None:
    made = site(state="construction", started_on=DAY, **READY | {"accepted_on": None})
    page = client_for("officer").post(
        reverse("sites:move", args=[made.code]), {"to": "occupied", "on": BEFORE.isoformat()}
    )

    assert page.status_code == 422
    assert BEFORE.isoformat() in page.content.decode()


@inside_system
@pytest.mark.parametrize(
    "act",
    [
        lambda by, made: services.move(by=by, site=made, to=State.CONSTRUCTION, on=DAY),
        lambda by, made: services.change(by=by, site=made, plan_people=1),
        lambda by, made: services.add_photo(by=by, site=made, view="N", name="a.jpg", chunks=[b""]),
    ],
    ids=["move", "change", "photo"],
)
@pytest.mark.parametrize("who", [actor("leader"), actor("finance"), actor("officer", region="530622")])
def test_others_write_nothing(act: Callable, who: object) -> None:
    made = site(**READY | {"accepted_on": None})
    with pytest.raises(Denied):
        act(who, made)


@inside_system
def test_the_database_holds_what_the_services_hold() -> None:
    site(**READY)
    refused("site_has_units", owner_unit="")
    refused("site_has_units", competent_dept="")
    refused("site_finished_after_start", started_on=DAY, finished_on=BEFORE)
    refused("site_accepted_has_day", state="accepted", accepted_on=None)
    refused("plan_people", plan_people=-1)


works = st.dictionaries(st.sampled_from(SERVICES), st.sampled_from(["none", "building", "done", "na"]))


@given(works)
def test_nothing_is_unready_exactly_when_all_that_is_needed_works(known: dict[str, str]) -> None:
    assert (unready(known) == []) == (share_ready(known) == 100)
    assert unready(known) == unready(complete(known))
    assert 0 <= share_ready(known) <= 100


@given(works, st.sampled_from(SERVICES))
def test_finishing_one_more_never_lowers_the_share(known: dict[str, str], one: str) -> None:
    assert share_ready(known | {one: "done"}) >= share_ready(known)
    assert one not in unready(known | {one: "done"})


@inside_system
def test_each_lack_is_a_sentence_of_its_own() -> None:
    made = site()
    made.state, made.owner_unit = State.ACCEPTED, ""
    said = guards.lacking(made)
    assert len(said) == len(set(said)) == 5
    assert all(sentence.endswith(".") for sentence in said)
