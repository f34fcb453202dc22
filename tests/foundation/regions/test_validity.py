"""Units come and go: what stands on which day, what follows what, and that history is never written over."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.regions import names, queries
from anzhi.foundation.regions.imports.checking import Wishes
from anzhi.foundation.regions.models import Band, Boundary, BoundaryImport, Edition, ImportState, Level, Region
from anzhi.foundation.regions.reference import divisions, register
from anzhi.foundation.regions.services import boundaries, recode
from foundation.regions import files
from harness import people

pytestmark = pytest.mark.django_db
YUANMOU, WUDING, LUFENG, OLD_LUFENG = "532328000000", "532329000000", "532302000000", "532331000000"
NEW, DAY, BEFORE = "532303000000", date(2027, 1, 1), date(2026, 12, 31)
CLERK = people.actor("sysadmin", region="53")


@pytest.fixture(autouse=True)
def fresh_names() -> None:
    names.forget()


def follow(old: str, new: str, on: date = DAY, **more: str) -> dict[str, int]:
    return recode.recode(by=CLERK, old=old, new=new, on=on, **more)


def villages(town: str) -> list[str]:
    return list(queries.children(town).values_list("code", flat=True))


def first_towns(county: str, count: int = 2) -> list[str]:
    return list(queries.children(county).values_list("code", flat=True)[:count])


# --- on which day


@pytest.mark.parametrize(
    ("on", "old", "new"),
    [
        (date(2010, 6, 1), True, False),
        (BEFORE, True, False),  # its last day
        (DAY, False, True),  # the first of the new one
        (date(2099, 1, 1), False, True),
    ],
)
def test_on_each_day_one_of_the_two_stands(on: date, old: bool, new: bool) -> None:
    follow(YUANMOU, NEW)
    assert (queries.exists(YUANMOU, on), queries.exists(NEW, on)) == (old, new)
    stands = set(queries.children("532300000000", on).values_list("code", flat=True))
    assert (YUANMOU in stands, NEW in stands) == (old, new)
    assert queries.resolve(YUANMOU, on).code == (NEW if new else YUANMOU)


def test_without_a_day_only_what_was_never_closed_counts() -> None:
    follow(YUANMOU, NEW)
    assert not queries.exists(YUANMOU)
    assert queries.exists(NEW), "a unit that begins on a later day is in the register already"
    assert len(queries.children("532300000000")) == 10
    assert queries.counts()["county"] == 129


def test_every_predecessor_since_2010_resolves_to_a_county_that_stands() -> None:
    for old in divisions.predecessors():
        stands = queries.resolve(old.code)
        assert stands.code == old.successor, old.name
        assert stands.valid()
        assert queries.resolve(old.code, on=date(old.year, 6, 1)).code == old.code
        assert queries.resolve(old.code, on=date(old.year + 1, 1, 1)).code == old.successor


def test_the_day_of_a_predecessor_is_known_to_the_year_and_says_so() -> None:
    old = Region.objects.get(code=OLD_LUFENG)
    assert (old.valid_to, old.validity_note) == (date(2021, 12, 31), register.ONLY_YEAR_KNOWN)
    assert old.parent_id == "532300000000"


# --- one after another


def test_two_changes_in_a_row_lead_to_the_last() -> None:
    later = date(2030, 7, 1)
    follow(YUANMOU, NEW)
    follow(NEW, "532304000000", later)
    assert queries.resolve(YUANMOU).code == "532304000000"
    assert queries.resolve(YUANMOU, on=later - timedelta(days=1)).code == NEW
    assert queries.resolve(YUANMOU, on=BEFORE).code == YUANMOU
    town = first_towns("532304000000", 1)[0]
    assert queries.resolve(YUANMOU[:6] + town[6:]).code == town


def test_a_village_follows_its_county() -> None:
    town = first_towns(YUANMOU, 1)[0]
    village = villages(town)[0]
    follow(YUANMOU, NEW)
    stands = queries.resolve(village)
    assert stands.code == NEW[:6] + village[6:]
    assert [unit.code for unit in queries.ancestors(stands.code)][2:] == [NEW, NEW[:6] + town[6:]]


def test_a_second_change_of_what_is_closed_is_refused_and_changes_nothing() -> None:
    follow(YUANMOU, NEW)
    before = list(Region.objects.filter(code__startswith="5323").order_by("code").values())
    for old, new in ((YUANMOU, "532304000000"), (NEW, YUANMOU), (LUFENG, OLD_LUFENG)):
        with pytest.raises(recode.NotRecodable):
            follow(old, new, date(2028, 1, 1))
    assert list(Region.objects.filter(code__startswith="5323").order_by("code").values()) == before


def test_a_closed_code_is_never_given_again_so_no_circle_can_form() -> None:
    with pytest.raises(recode.NotRecodable, match="禄丰县"):
        follow(LUFENG, OLD_LUFENG)
    assert queries.resolve(OLD_LUFENG).code == LUFENG


@pytest.mark.parametrize("day", [DAY, DAY - timedelta(days=1), date(2000, 1, 1)])
def test_a_unit_cannot_end_before_it_began(day: date) -> None:
    follow(YUANMOU, NEW)
    with pytest.raises(recode.NotRecodable, match="2027"):
        follow(NEW, "532304000000", day)
    assert queries.exists(NEW)


# --- joined


def test_two_villages_become_one() -> None:
    town = first_towns(YUANMOU, 1)[0]
    old, stays = villages(town)[:2]
    name = queries.label(stays)
    follow(old, stays)
    assert queries.resolve(old).code == stays
    assert queries.label(stays) == name
    assert old not in villages(town)
    assert stays in villages(town)
    assert [unit.code for unit in Region.objects.get(code=stays).predecessors.all()] == [old]


def test_three_villages_become_one_and_each_is_remembered() -> None:
    town = first_towns(YUANMOU, 1)[0]
    first, second, stays = villages(town)[:3]
    follow(first, stays)
    follow(second, stays, date(2028, 1, 1))
    assert {queries.resolve(code).code for code in (first, second)} == {stays}
    assert queries.resolve(second, on=date(2027, 6, 1)).code == second


def test_a_county_is_not_poured_into_another_that_stands() -> None:
    """Its towns would fall on the neighbour's towns of the same number."""
    towns = first_towns(YUANMOU, 20), first_towns(WUDING, 20)
    with pytest.raises(recode.NotRecodable, match="武定县"):
        follow(YUANMOU, WUDING)
    assert (first_towns(YUANMOU, 20), first_towns(WUDING, 20)) == towns


def test_a_town_with_villages_is_not_poured_into_another() -> None:
    old, stays = first_towns(YUANMOU)
    with pytest.raises(recode.NotRecodable):
        follow(old, stays)
    for village in villages(old):
        recode.recode(by=CLERK, old=village, new=old[:9] + "9" + village[10:], on=DAY)
    assert all(queries.exists(code) for code in villages(old))


def test_a_village_takes_another_number_within_its_town() -> None:
    town = first_towns(YUANMOU, 1)[0]
    old = villages(town)[0]
    count = len(villages(town))
    follow(old, town[:9] + "777", name="新村村民委员会", short_name="新村")
    assert queries.label(town[:9] + "777") == "新村"
    assert len(villages(town)) == count


# --- loading again over later changes


def test_loading_the_register_again_leaves_later_changes() -> None:
    follow(YUANMOU, NEW, name="元谋市", short_name="元谋市")
    before = list(Region.objects.order_by("code").values())
    register.load()
    assert list(Region.objects.order_by("code").values()) == before


def test_names_of_a_change_that_was_rolled_back_do_not_stay() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        follow(YUANMOU, NEW, name="甲县")
        assert queries.label(NEW) == "甲县"
        raise ZeroDivisionError
    names.forget()
    assert queries.label(NEW) == NEW
    follow(YUANMOU, NEW, name="乙县")
    assert queries.label(NEW) == "乙县"


# --- editions of boundaries


def accept(path: Path, day: date) -> BoundaryImport:
    reported = boundaries.report(by=CLERK, path=path, wishes=Wishes("county"))
    boundaries.accept(by=CLERK, reported=reported, path=path, source="省自然资源厅", valid_from=day)
    return reported


@pytest.fixture
def same(tmp_path: Path) -> Path:
    """The boundaries as they are."""
    return files.geojson(tmp_path / "a.geojson", files.features(files.counties()))


@pytest.mark.parametrize("day", [DAY, date(2026, 6, 1)])
def test_an_edition_that_begins_no_later_than_the_last_is_refused(same: Path, day: date) -> None:
    accept(same, DAY)
    before = list(Edition.objects.order_by("pk").values())
    with pytest.raises(boundaries.NotAcceptable, match="2027"):
        accept(same, day)
    assert list(Edition.objects.order_by("pk").values()) == before
    assert BoundaryImport.objects.order_by("-pk").first().state == ImportState.REPORTED


def test_on_each_day_one_edition_of_a_tier_is_in_force(same: Path) -> None:
    accept(same, DAY)
    accept(same, date(2028, 3, 1))
    for on, source in ((BEFORE, "天地图"), (DAY, "省"), (date(2028, 2, 29), "省"), (date(2028, 3, 1), "省")):
        (edition,) = Edition.objects.valid(on).filter(level=Level.COUNTY)
        assert source in edition.source
        assert Boundary.objects.valid(on).filter(level=Level.COUNTY, band=Band.EXACT).count() == 129


@pytest.mark.parametrize("table", [Region, Edition, Boundary])
def test_the_database_itself_refuses_what_ends_before_it_begins(table: type) -> None:
    row = table.objects.filter(valid_to=None).first()
    with pytest.raises(IntegrityError, match="period_forward"), transaction.atomic():
        table.objects.filter(pk=row.pk).update(valid_from=DAY, valid_to=BEFORE)


def test_a_unit_with_a_successor_is_closed() -> None:
    with pytest.raises(IntegrityError, match="region_with_successor_is_closed"), transaction.atomic():
        Region.objects.filter(code=YUANMOU).update(successor=WUDING)


def test_two_open_boundaries_of_one_region_and_band_are_refused() -> None:
    row = Boundary.objects.valid().filter(region=YUANMOU, band=Band.EXACT).get()
    row.pk = None
    with pytest.raises(IntegrityError, match="regions_one_open_boundary_per_band"), transaction.atomic():
        row.save(force_insert=True)


# --- seen on the page


def test_the_page_of_a_joined_village_leads_to_what_it_became() -> None:
    town = first_towns(YUANMOU, 1)[0]
    old, stays = villages(town)[:2]
    follow(old, stays)
    with system_scope():
        client = people.client_for("officer", region="532328")
    closed, standing = client.get(f"/regions/{old}/").text, client.get(f"/regions/{stays}/").text
    assert f'href="/regions/{stays}/"' in closed
    assert "2026年12月31日" in closed
    assert f'href="/regions/{old}/"' in standing
