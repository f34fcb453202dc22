"""Projects come onto the register true, once, in their place."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.audit.models import Event
from anzhi.foundation.regions import rules as shifts
from anzhi.foundation.search.models import SearchEntry
from anzhi.network.projects.models import Project
from anzhi.network.projects.services import register
from harness.people import actor, code12
from network.projects.factories import FACTS, YUANMOU, project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]
WUDING = code12("532329")


def words(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(error.value.messages)


def test_numbers_are_given_once_a_kind_and_basin() -> None:
    first, second = project(), project()
    other = project(kind="reservoir", regime="water", basin="")
    assert int(second.code[-4:]) == int(first.code[-4:]) + 1
    assert first.code.startswith("53-H-JS-")
    assert other.code.startswith("53-R-XX-")


def test_it_is_on_record_findable_and_has_its_county() -> None:
    made = project(name="龙川江一级水电站", counties={WUDING: "flooded"})
    event = Event.objects.get(name="project.registered", subject_id=str(made.pk))
    assert event.facts["code"] == made.code
    assert SearchEntry.objects.get(kind="project", object_id=str(made.pk)).title == "龙川江一级水电站"
    assert {(row.region_code, row.role) for row in made.counties.all()} == {
        (made.region_code, "hub"),
        (WUDING, "flooded"),
    }


def test_one_name_stands_once_in_a_county() -> None:
    project(name="班果水库")
    with pytest.raises(ValidationError, match="already has"):
        project(name="班果水库")
    assert project(name="班果水库", region="532329")


@pytest.mark.parametrize("missing", ["owner_org", "competent_dept"])
def test_owner_and_department_are_demanded_unless_a_source_does_not_know(missing: str) -> None:
    with pytest.raises(ValidationError) as refused:
        project(**{missing: " "})
    assert missing in refused.value.message_dict
    known = project(**{missing: "", "basis": "K"})
    assert known.stage == ""


def test_levels_and_regions_must_make_sense() -> None:
    with pytest.raises(ValidationError, match="rise in this order"):
        project(dead_level_m=Decimal(980), normal_level_m=Decimal(975))
    with pytest.raises(ValidationError, match="no region"):
        project(region="532399")
    with pytest.raises(ValidationError, match="no region"):
        project(counties={"532399000000": "flooded"})
    with pytest.raises(ValidationError, match="planned, under construction"):
        project(build="maybe")
    assert not Project.objects.exists()


def test_only_an_officer_of_the_county_or_above_registers() -> None:
    assert project(by=actor("officer"))
    assert project(by=actor("officer", region="5323"))
    for wrong in (actor("leader"), actor("officer", region="532329"), actor("fund_monitor")):
        with pytest.raises(Denied):
            project(by=wrong)


# --- places: the cases of a position that goes wrong


def test_a_point_inside_is_kept_in_both_systems() -> None:
    made = project(place=YUANMOU)
    made.refresh_from_db()
    assert (made.point.x, made.point.y) == YUANMOU
    assert made.point_3857.x == pytest.approx(11340116, abs=5)
    assert (made.point_reason, made.point_outside_m) == ("", None)


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ((25.7, 101.87), "swapped"),
        ((0.0, 0.0), "both zero"),
        ((0.001, -0.002), "both zero"),
        ((500.0, 25.7), "no degrees"),
        ((float("nan"), 25.7), "no degrees"),
    ],
)
def test_what_is_no_place_is_refused_whatever_the_reason(place: tuple[float, float], says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        project(place=place, reason="设计单位提供的坐标")
    assert says in words(refused)
    assert "lon" in refused.value.message_dict


@pytest.mark.parametrize(
    ("place", "says"),
    [((102.41, 25.53), "km outside the stated county"), ((104.1, 30.6), "outside the province")],
)
def test_beyond_the_tolerance_a_reason_must_stand(place: tuple[float, float], says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        project(place=place)
    assert says in words(refused)
    assert "state the reason" in words(refused)
    kept = project(place=place, reason="坝址在界河上，以批复坐标为准")
    assert kept.point_reason == "坝址在界河上，以批复坐标为准"
    assert kept.point_outside_m
    assert kept.point_outside_m > 3000


def edge() -> tuple[float, float]:
    """A corner of 元谋's boundary."""
    from anzhi.foundation.regions.models import Band, Boundary

    shape = Boundary.objects.valid().get(region=code12("532328"), band=Band.EXACT).geometry
    return shape[0][0][0]


def test_on_the_border_belongs_to_both_sides() -> None:
    made = project(place=edge())
    assert made.point_reason == ""


def test_within_the_tolerance_the_distance_is_kept() -> None:
    lon, lat = edge()
    near = [project(place=(lon + dx, lat + dy)) for dx, dy in ((0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01))]
    outside = [made.point_outside_m for made in near if made.point_outside_m]
    assert outside
    assert all(0 < metres < 3000 for metres in outside)


def test_a_shifted_point_is_told_apart_for_a_thing_without_tolerance() -> None:
    from anzhi.network.projects import points

    lon, lat = edge()
    forward, _back = shifts.SHIFTS["gcj02"]
    told = []
    for dx in (-0.0015, 0.0, 0.0015):
        for dy in (-0.0015, 0.0, 0.0015):
            x, y = (float(value) for value in forward(lon + dx, lat + dy))
            try:
                points.checked(x, y, region_code=code12("532328"), parameter="site.point_tolerance")
            except ValidationError as refused:
                told += refused.messages
    assert any("GCJ-02" in sentence for sentence in told)


# --- changes


def test_a_change_says_what_was_and_what_is() -> None:
    made = project(place=YUANMOU)
    register.change(by=actor("officer"), project=made, place=YUANMOU, owner_org="金沙江水电有限公司", plan_people=1200)
    event = Event.objects.get(name="project.changed", subject_id=str(made.pk))
    assert event.facts["fields"] == ["owner_org", "plan_people"]
    assert event.facts["changes"]["plan_people"] == [None, 1200]
    assert event.facts["changes"]["owner_org"] == [FACTS["owner_org"], "金沙江水电有限公司"]


def test_a_kept_place_keeps_its_reason_and_counties_stay() -> None:
    far = (102.41, 25.53)
    made = project(place=far, reason="坝址在界河上", counties={WUDING: "flooded"})
    register.change(by=actor("officer"), project=made, place=far, river="龙川江")
    made.refresh_from_db()
    assert (made.point_reason, made.river) == ("坝址在界河上", "龙川江")
    assert made.counties.count() == 2
    register.change(by=actor("officer"), project=made, place=None, counties={})
    made.refresh_from_db()
    assert (made.point, made.point_reason, made.counties.count()) == (None, "", 1)


def test_an_involved_county_does_not_change_it() -> None:
    made = project(counties={WUDING: "flooded"})
    with pytest.raises(Denied, match="outside your area"):
        register.change(by=actor("officer", region="532329"), project=made, river="别的河")
