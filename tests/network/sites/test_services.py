"""Sites come onto the register in their place, with their units, and pass from state to state when it is earned."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import no_scope, region_scope, system_scope
from anzhi.foundation.audit.models import Event
from anzhi.foundation.search.models import SearchEntry
from anzhi.network.sites import queries, services
from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.states import MOVES, State
from harness import pictures
from harness.people import actor, code12
from network.projects.factories import YUANMOU, project
from network.sites.factories import DONE, FACTS, LIVED_IN, site

pytestmark = pytest.mark.django_db
OFFICER = actor("officer")
DAY = date(2026, 5, 6)
VILLAGE = "532328100001"
inside_system = pytest.mark.usefixtures("system")


def row(**facts: object) -> dict[str, object]:
    return {"region_code": code12("532328"), "place": YUANMOU} | FACTS | facts


@inside_system
def test_it_is_numbered_on_record_and_findable() -> None:
    dam = project()
    first, second = site(of=dam), site(of=dam, name="丙弄安置点")
    assert [first.code, second.code] == [f"{dam.code}-S01", f"{dam.code}-S02"]
    assert Event.objects.get(name="site.registered", subject_id=str(first.pk)).facts["code"] == first.code
    assert SearchEntry.objects.filter(kind="site").count() == 2
    first.refresh_from_db()
    assert first.point_3857.srid == 3857


@inside_system
@pytest.mark.parametrize("missing", ["competent_dept", "owner_unit"])
def test_both_units_are_demanded(missing: str) -> None:
    with pytest.raises(ValidationError, match="department and the owner unit"):
        site(**{missing: "  "})


@inside_system
@pytest.mark.parametrize(
    ("place", "says"),
    [
        (YUANMOU[::-1], "swapped"),
        ((0.0, 0.0), "both zero"),
        ((102.41, 25.53), "outside the stated county"),
        ((104.1, 30.6), "outside the province"),
    ],
)
def test_it_lies_in_its_county(place: tuple[float, float], says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        site(place=place)
    assert says in " ".join(refused.value.messages)


@inside_system
def test_a_reason_stands_in_for_a_place_beyond_the_border() -> None:
    made = site(place=(102.41, 25.53), reason="外迁至武定县的安置点，由元谋县管理")
    assert made.point_reason.startswith("外迁")


@inside_system
def test_each_state_is_earned() -> None:
    made = site()
    steps: list[tuple[State, dict[str, object], str]] = [
        (State.CONSTRUCTION, {"assessed_on": DAY}, "hazard assessment"),
        (State.OCCUPIED, {"infrastructure": {"road": "done", "water": "done", "power": "na"}}, "Roads"),
        (State.OCCUPIED, {"moved_people": 400, "moved_households": 110}, "Nobody has moved in"),
        (State.ACCEPTED, {"infrastructure": DONE}, "School"),
    ]
    for state, earns, says in steps:
        with pytest.raises(ValidationError) as refused:
            services.move(by=OFFICER, site=made, to=state, on=DAY)
        assert says in " ".join(refused.value.messages)
        made.refresh_from_db()
        services.change(by=OFFICER, site=made, **earns)
        if says != "Roads":
            services.move(by=OFFICER, site=made, to=state, on=DAY)
    assert (made.state, made.started_on, made.finished_on, made.accepted_on) == ("accepted", DAY, DAY, DAY)
    assert Event.objects.filter(name="site.moved", subject_id=str(made.pk)).count() == 3


@inside_system
@pytest.mark.parametrize("state", list(State))
def test_no_state_is_skipped_and_none_goes_back(state: State) -> None:
    made = site(
        lived_in=True, **({"state": state, "accepted_on": DAY} if state == State.ACCEPTED else {"state": state})
    )
    for to in set(State) - MOVES[state]:
        with pytest.raises(ValidationError, match="no way"):
            services.move(by=OFFICER, site=made, to=to, on=DAY)


@inside_system
def test_a_change_keeps_what_the_state_demands() -> None:
    made = site(lived_in=True)
    with pytest.raises(ValidationError, match="Roads"):
        services.change(by=OFFICER, site=made, infrastructure=DONE | {"road": "building"})
    made.refresh_from_db()
    services.change(by=OFFICER, site=made, moved_people=430, place=YUANMOU)
    services.change(by=OFFICER, site=made, place=(101.86, 25.71))
    made.refresh_from_db()
    assert (made.moved_people, made.point.x) == (430, 101.86)
    with pytest.raises(ValidationError, match="outside the stated county"):
        services.change(by=OFFICER, site=made, place=(102.41, 25.53))


@inside_system
def test_an_unknown_service_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="swimming"):
        site(infrastructure={"swimming": "done"})


@inside_system
def test_only_officers_of_the_area_write() -> None:
    made = site()
    for wrong in (actor("leader"), actor("officer", region="530622"), actor("fund_monitor")):
        with pytest.raises(Denied):
            site(by=wrong, of=made.project)
        with pytest.raises(Denied):
            services.change(by=wrong, site=made, name="x")
        with pytest.raises(Denied):
            services.move(by=wrong, site=made, to="construction", on=DAY)
        with pytest.raises(Denied):
            services.add_photo(by=wrong, site=made, view="N", name="a.jpg", chunks=[pictures.photo()])
        with pytest.raises(Denied):
            services.register_many(by=wrong, project=made.project, rows=[row()])


@inside_system
def test_a_list_comes_in_whole() -> None:
    dam = project()
    site(of=dam)
    made = services.register_many(
        by=OFFICER, project=dam, rows=[row(name=f"{n}组安置点", **LIVED_IN) for n in range(3)]
    )
    assert [one.code[-3:] for one in made] == ["S02", "S03", "S04"]
    assert Event.objects.get(name="site.listed").facts["codes"] == [one.code for one in made]
    assert SearchEntry.objects.filter(kind="site").count() == 4
    assert ResettlementSite.objects.get(code=made[0].code).infrastructure == DONE


@inside_system
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"place": (102.41, 25.53)}, "does not lie in its county"),
        ({"state": "occupied"}, "hazard"),
        ({"region_code": "532399000000"}, "outside your area|no region"),
    ],
)
def test_a_list_with_one_mistake_leaves_nothing(wrong: dict[str, object], says: str) -> None:
    dam = project()
    with pytest.raises((ValidationError, Denied), match=says):
        services.register_many(by=actor("officer", region="53"), project=dam, rows=[row(), row(**wrong)])
    assert not ResettlementSite.objects.exists()


@inside_system
def test_pictures_have_a_viewpoint() -> None:
    made = site()
    link = services.add_photo(by=OFFICER, site=made, view="N", name="a.jpg", chunks=[pictures.photo()])
    assert queries.photos(made) == [link]
    with pytest.raises(ValueError, match="nowhere"):
        services.add_photo(by=OFFICER, site=made, view="nowhere", name="a.jpg", chunks=[pictures.photo()])


@pytest.mark.parametrize(
    ("prefix", "seen"), [("", True), ("53", True), ("532328", True), ("532329", False), ("5306", False)]
)
def test_a_site_is_its_own_area_s(prefix: str, seen: bool) -> None:
    with system_scope():
        made = site()
    with region_scope(prefix):
        assert ResettlementSite.objects.filter(pk=made.pk).exists() is seen
        assert (queries.site(Scope(prefix), made.code) is not None) is seen
        assert queries.count(Scope(prefix)) == seen
        assert queries.sums(queries.of_project(Scope(prefix), made.project))["people"] == (430 if seen else 0)
    with no_scope():
        assert queries.count(None) == 0


@inside_system
def test_sums_add_up() -> None:
    dam = project()
    site(of=dam, risks=["landslide"])
    site(of=dam, name="b", lived_in=True)
    found = queries.sums(queries.of_project(Scope(""), dam))
    assert (found["all"], found["planned"], found["occupied"]) == (2, 1, 1)
    assert (found["households"], found["people"], found["moved"], found["at_risk"]) == (240, 860, 422, 1)
    assert queries.where(site(of=dam, name="c")) == "Yuanmou County"
    assert [one.title for one in queries.findable()] == ["江边集镇安置点", "b", "c"]
