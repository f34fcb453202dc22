"""Offices: what may be changed, what they look after, who is listed, and where an area ends."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.scope import Scope, system_scope
from anzhi.foundation.accounts import queries
from anzhi.foundation.accounts.models import Agency, Department, Jurisdiction, Post, User
from anzhi.foundation.accounts.services import agencies as services
from anzhi.foundation.audit.models import Event
from anzhi.foundation.regions.models import Region
from harness import people

pytestmark = pytest.mark.django_db
HERE, PREFECTURE, CHENGGONG = "532328000000", "532300000000", "530114000000"


@pytest.fixture
def system() -> Actor:
    return people.saved_actor("sysadmin", region="5323")


def edit(by: Actor, **changed: str) -> Agency:
    office = people.agency_at(HERE)
    given = {"phone": office.phone, "address": office.address, "doc_prefix": office.doc_prefix} | changed
    return services.edit_agency(by=by, agency=office, **given)


def events(name: str) -> list[dict[str, Any]]:
    with system_scope():
        return [event.facts for event in Event.objects.filter(name=name).order_by("id")]


def page(role: str, path: str, region: str = "5323") -> str:
    response = people.client_for(role, region=region).get(path)
    assert response.status_code == 200, path
    return response.text


# --- changed


def test_the_record_says_what_was_and_what_is(system: Actor) -> None:
    edit(system, phone="0878-8210000")
    edit(system, phone="0878-8210001", doc_prefix="元搬发")
    assert events("agency.edited") == [
        {"changed": {"phone": ["", "0878-8210000"]}},
        {"changed": {"phone": ["0878-8210000", "0878-8210001"], "doc_prefix": ["", "元搬发"]}},
    ]


def test_what_changes_nothing_is_no_event(system: Actor) -> None:
    edit(system, phone="0878-8210000")
    edit(system, phone="0878-8210000")
    assert len(events("agency.edited")) == 1


@pytest.mark.parametrize(("field", "most"), [("phone", 40), ("address", 120), ("doc_prefix", 20)])
def test_what_is_too_long_is_refused_and_nothing_kept(system: Actor, field: str, most: int) -> None:
    edit(system, **{field: "长" * most})
    with pytest.raises(ValidationError) as refused:
        edit(system, **{field: "长" * (most + 1)})
    assert set(refused.value.message_dict) == {field}
    assert getattr(Agency.objects.get(region_code=HERE), field) == "长" * most
    assert len(events("agency.edited")) == 1


@pytest.mark.parametrize("name", ["", "   ", "财务科", " 财务科 ", "长" * 61])
def test_a_division_has_a_name_of_its_own(system: Actor, name: str) -> None:
    office = people.agency_at(HERE)
    before = list(queries.departments(office))
    with pytest.raises(ValidationError):
        services.add_department(by=system, agency=office, name=name)
    assert list(queries.departments(office)) == before


def test_two_offices_may_have_a_division_of_one_name(system: Actor) -> None:
    for region in (HERE, "532329"):
        services.add_department(by=system, agency=people.agency_at(region), name="信访科")
    assert Department.objects.filter(name="信访科").count() == 2


# --- listed


@pytest.mark.parametrize(
    ("prefix", "tiers", "counties"),
    [
        ("53", {"province": 1, "prefecture": 16, "county": 128}, 129),
        ("5323", {"prefecture": 1, "county": 10}, 10),
        ("532328", {"county": 1}, 1),
        ("5301", {"prefecture": 1, "county": 13}, 14),
    ],
)
def test_the_counts_above_the_list_end_at_the_area(prefix: str, tiers: dict[str, int], counties: int) -> None:
    assert queries.tier_counts(Scope(prefix)) == {**tiers, "counties": counties}
    assert queries.agencies(Scope(prefix)).count() == sum(tiers.values())


def test_a_closed_office_is_in_no_list_and_has_no_page() -> None:
    Agency.objects.filter(region_code=HERE).update(closed_on=date(2026, 6, 30))
    assert queries.agency(Scope("5323"), HERE) is None
    assert HERE not in queries.agencies(Scope("53")).values_list("region_code", flat=True)
    assert people.client_for("leader", region="5323").get(f"/accounts/agencies/{HERE}/").status_code == 404


def test_only_who_works_there_now_is_counted() -> None:
    def count() -> int:
        return queries.agencies(Scope("532328")).get().people

    before = count()
    staying, moved, closed = (people.user_at("officer", region=HERE) for _time in range(3))
    assert count() == before + 3
    Post.objects.filter(user=moved).update(to_on=people.SINCE)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    assert count() == before + 1
    assert [
        post.user for post in queries.posts_at(people.agency_at(HERE)) if post.user in (staying, moved, closed)
    ] == [staying]


def test_divisions_stand_in_their_order_with_their_people_and_the_rest_last() -> None:
    office = people.agency_at(HERE)
    division = Department.objects.get(agency=office, name="财务科")
    inside, loose = people.user_at("finance", region=HERE, name="张会计"), people.user_at("officer", region=HERE)
    Post.objects.filter(user=inside).update(department=division)
    found = queries.divisions(office)
    assert [name for name, _posts in found] == ["综合科", "财务科", "安置科", "后期扶持科", ""]
    assert [post.user.name for post in dict(found)["财务科"]] == ["张会计"]
    assert loose in [post.user for post in dict(found)[""]]


def test_an_office_whose_people_all_have_a_division_has_no_rest() -> None:
    office = people.agency_at("532329")
    assert [name for name, _posts in queries.divisions(office)] == ["综合科", "财务科", "安置科", "后期扶持科"]


# --- looked after


def test_every_county_is_looked_after_once_and_one_by_its_prefecture() -> None:
    assert Jurisdiction.objects.count() == 129
    assert queries.looked_after(people.agency_at(HERE)) == [HERE]
    assert queries.looked_after(Agency.objects.get(region_code="530100000000")) == [CHENGGONG]
    assert not Agency.objects.filter(region_code=CHENGGONG).exists()


def test_loading_again_changes_nothing(capsys: pytest.CaptureFixture) -> None:
    before = [list(table.objects.order_by("pk").values()) for table in (Agency, Department, Jurisdiction)]
    call_command("load_agencies")
    assert "province 1, prefecture 16, county 128" in capsys.readouterr().out
    assert [list(table.objects.order_by("pk").values()) for table in (Agency, Department, Jurisdiction)] == before
    call_command("load_agencies", verbosity=0)
    assert capsys.readouterr().out == ""


def test_a_new_county_gets_its_office_divisions_and_jurisdiction(capsys: pytest.CaptureFixture) -> None:
    Region.objects.create(code="532303000000", name="新城区", short_name="新城区", level="county", parent_id=PREFECTURE)
    call_command("load_agencies")
    made = Agency.objects.get(region_code="532303000000")
    assert (made.name, made.parent.region_code, made.tier) == ("新城区搬迁安置办公室", PREFECTURE, "county")
    assert queries.departments(made).count() == 4
    assert queries.looked_after(made) == ["532303000000"]


def test_an_office_that_was_closed_by_hand_is_not_made_again() -> None:
    Agency.objects.filter(region_code=HERE).update(closed_on=date(2026, 6, 30))
    call_command("load_agencies", verbosity=0)
    assert Agency.objects.filter(region_code=HERE).count() == 1


# --- on the pages


def test_the_page_names_place_divisions_and_offices_below() -> None:
    shown = page("leader", f"/accounts/agencies/{PREFECTURE}/")
    for words in ("楚雄彝族自治州搬迁安置办公室", "云南省 楚雄州", "财务科", "元谋县搬迁安置办"):
        assert words in shown
    assert "昆明市搬迁安置办" not in shown


def test_a_county_s_page_leads_up_only_as_far_as_the_reader_s_area() -> None:
    path = f"/accounts/agencies/{HERE}/"
    assert f'href="/accounts/agencies/{PREFECTURE}/"' in page("leader", path, "5323")
    assert f'href="/accounts/agencies/{PREFECTURE}/"' not in page("leader", path, HERE)


def test_the_prefecture_that_looks_after_a_county_says_so() -> None:
    assert "呈贡区" in page("leader", "/accounts/agencies/530100000000/", "5301")


@pytest.mark.parametrize("region", ["530600000000", "530000000000", CHENGGONG, "539999000000"])
def test_what_lies_outside_or_is_no_office_is_missing(region: str) -> None:
    assert people.client_for("sysadmin", region="5323").get(f"/accounts/agencies/{region}/").status_code == 404


def test_the_form_shows_what_is_and_says_what_is_wrong() -> None:
    client = people.client_for("sysadmin", region="5323")
    Agency.objects.filter(region_code=HERE).update(phone="0878-8210000")
    path = f"/accounts/agencies/{HERE}/edit/"
    assert 'value="0878-8210000"' in client.get(path).text
    answer = client.post(path, {"phone": "1" * 41, "address": "", "doc_prefix": ""})
    assert answer.status_code == 422
    assert "1" * 41 in answer.text, "what was typed is not lost"
    assert Agency.objects.get(region_code=HERE).phone == "0878-8210000"


def test_a_change_is_told_on_the_office_s_page() -> None:
    client = people.client_for("sysadmin", region="5323")
    client.post(f"/accounts/agencies/{HERE}/edit/", {"phone": "0878-8210000", "address": "", "doc_prefix": ""})
    client.post(f"/accounts/agencies/{HERE}/divisions/add/", {"name": "信访科"})
    shown = page("leader", f"/accounts/agencies/{HERE}/")
    assert "信访科" in shown
    assert "0878-8210000" in shown


def test_nobody_s_office_is_anybody_s() -> None:
    assert Client().get(f"/accounts/agencies/{HERE}/")["Location"].startswith("/login/")
