"""A county takes another code: the register, the boundaries and the rows of all apps follow."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts.models import Agency
from anzhi.foundation.regions import names, queries, recoding
from anzhi.foundation.regions.models import Boundary, Region
from anzhi.foundation.regions.services import recode as recoder
from harness import people

pytestmark = pytest.mark.django_db
OLD, NEW, DAY = "532328000000", "532303000000", date(2027, 1, 1)


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    names.forget()


def recode(**changes: object) -> dict[str, int]:
    facts = {"by": people.actor("sysadmin", region="53"), "old": OLD, "new": NEW, "on": DAY}
    return recoder.recode(**facts | changes)


def test_the_old_county_is_closed_with_its_successor_and_the_new_one_is_whole() -> None:
    inside = queries.inside("532328").count()
    recode(name="元谋市")
    assert queries.inside("532303").count() == inside
    assert not queries.inside("532328").exists()
    old, new = Region.objects.get(code=OLD), Region.objects.get(code=NEW)
    assert (old.valid_to, old.successor_id, old.name) == (date(2026, 12, 31), NEW, "元谋县")
    assert (new.valid_from, new.name, new.parent_id) == (DAY, "元谋市", "532300000000")
    town = queries.children(NEW).first()
    assert town.parent_id == NEW
    assert Region.objects.get(code="532328" + town.code[6:]).successor_id == town.code


def test_figures_as_of_the_day_before_see_the_old_county() -> None:
    recode()
    assert queries.resolve(OLD).code == NEW
    assert queries.resolve(OLD, on=date(2026, 12, 31)).code == OLD
    assert queries.exists(OLD, on=date(2026, 12, 31))
    assert not queries.exists(NEW, on=date(2026, 12, 31))


def test_the_boundary_goes_along() -> None:
    recode()
    assert Boundary.objects.valid().filter(region=NEW).count() == 4
    assert not Boundary.objects.valid().filter(region=OLD).exists()
    point = Boundary.objects.valid().filter(region=NEW).first().label_point
    assert queries.at(point.x, point.y) == NEW


def test_rows_of_other_apps_move_and_the_trail_keeps_its_word() -> None:
    with system_scope():
        agency = people.agency_at("532328")
        moved = recode()
        agency.refresh_from_db()
    assert agency.region_code == NEW
    assert moved["accounts_agency.region_code"] == 1
    with system_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT region_code, facts ->> 'new' FROM audit_event WHERE name = 'region.recoded'")
        assert cursor.fetchall() == [(OLD, NEW)]


def test_rows_of_neighbours_stay() -> None:
    with system_scope():
        neighbour = people.agency_at("532329")
        recode()
        assert Agency.objects.get(pk=neighbour.pk).region_code == "532329000000"


def test_every_code_column_is_found_but_not_the_trails() -> None:
    places = recoding.columns()
    assert recoding.Column("accounts_agency", "region_code") in places
    assert not [place for place in places if place.table.startswith(("audit_event", "regions_"))]


def test_every_code_column_may_be_rewritten_by_the_application() -> None:
    with connection.cursor() as cursor:
        for place in recoding.columns():
            cursor.execute("SELECT has_column_privilege(%s, %s, 'UPDATE')", [place.table, place.column])
            assert cursor.fetchone() == (True,), f"grant UPDATE ({place.column}) on {place.table}"


def test_a_column_the_models_do_not_show_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recoding, "_told", set())
    recoding.also("roll_2026", "code")
    assert recoding.Column("roll_2026", "code") in recoding.columns()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("532331000000", NEW),  # closed already
        ("532399000000", NEW),  # unknown
        (OLD, "530103000000"),  # another prefecture
        (OLD, "532303101000"),  # another tier
        (OLD, OLD),
        ("532300000000", "532400000000"),
    ],
)
def test_codes_that_cannot_follow_are_refused(old: str, new: str) -> None:
    with pytest.raises(recoder.NotRecodable):
        recode(old=old, new=new)


def test_only_who_may_import_regions_here_may_recode() -> None:
    for actor in (people.actor("officer", region="53"), people.actor("sysadmin", region="5306")):
        with pytest.raises(Denied):
            recode(by=actor)
    assert queries.exists(OLD)


# --- by the command


def command(*words: str) -> None:
    call_command("recode_region", *words)


def test_the_command_takes_codes_as_people_write_them(capsys: pytest.CaptureFixture) -> None:
    with system_scope():
        people.agency_at("532328")
    command("532328", " 5323 03 ", "--from", "2027-01-01", "--name", "元谋市", "--short-name", "元谋市")
    said = capsys.readouterr().out
    assert "accounts_agency.region_code: 1" in said
    assert f"{OLD} is {NEW} from 2027-01-01 on" in said
    assert queries.label(NEW) == "元谋市"
    assert queries.resolve(OLD).code == NEW


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("532399", "532303", "--from", "2027-01-01"), "532399000000"),
        (("532331", "532303", "--from", "2027-01-01"), "禄丰县"),
        (("532328", "532329", "--from", "2027-01-01"), "武定县"),
        (("532328", "532303"), "--from"),
        (("532328", "532303", "--from", "2027-02-30"), "--from"),
        (("53232", "532303", "--from", "2027-01-01"), "old"),
    ],
)
def test_the_command_says_why_not_and_moves_nothing(words: tuple[str, ...], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        command(*words)
    assert queries.exists(OLD)


def test_a_row_that_cannot_move_holds_everything_back() -> None:
    """Another office already stands at the new code: two open ones there are one too many."""
    with system_scope():
        agency = people.agency_at("532328")
        Agency.objects.create(name="新县办", short_name="新县办", tier="county", region_code=NEW)
    with pytest.raises(IntegrityError, match="agency_one_open_per_region"), transaction.atomic():
        recode()
    names.forget()
    agency.refresh_from_db()
    assert (agency.region_code, queries.exists(OLD), queries.exists(NEW)) == (OLD, True, False)
