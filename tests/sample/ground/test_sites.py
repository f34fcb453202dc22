"""Six hundred invented sites, seen one by one: where they lie, what they are called, whether their lives make sense."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from anzhi.network.sites.models import ResettlementSite
from anzhi.network.sites.rules import SERVICES
from anzhi.network.sites.states import Kind, State
from anzhi.sample.ground import projects, sites
from sample.ground.building import AS_OF, built

pytestmark = pytest.mark.usefixtures("system")
FIGURES = re.compile(r"\d{5,}")


def lived_in() -> list[ResettlementSite]:
    return [row for row in built() if row.state in (State.OCCUPIED, State.ACCEPTED)]


def wrong(rows: list[ResettlementSite], *, fits: Callable[[ResettlementSite], bool]) -> list[str]:
    """Codes of those that do not fit, for a message that helps."""
    return [row.code for row in rows if not fits(row)]


def test_every_site_lies_inside_its_county() -> None:
    assert [row.code for row in built() if row.stray] == []  # type: ignore[attr-defined]


def test_the_number_said_is_the_number_built() -> None:
    assert built()[0].said[-1] == f"{len(built())} sites"  # type: ignore[attr-defined]


def test_a_name_means_one_site_of_its_county() -> None:
    doubled = [name for name, times in Counter((row.region_code[:6], row.name) for row in built()).items() if times > 1]
    assert doubled == []


def test_a_name_is_that_of_a_village_or_a_town() -> None:
    ends = {"rural": "安置点", "scattered": "安置点", "town": "安置区"}
    assert wrong(built(), fits=lambda row: row.name.endswith(ends[row.kind])) == []
    assert wrong(built(), fits=lambda row: "委员会" not in row.name and "（" not in row.name) == []


def test_the_second_of_a_name_has_its_number() -> None:
    times: Counter[tuple[str, str]] = Counter()
    named = [sites.told_apart("康平镇安置区", county, times) for county in ("530826", "530826", "530826", "530827")]
    assert named == ["康平镇安置区", "康平镇2号安置区", "康平镇3号安置区", "康平镇安置区"]


def test_a_village_that_is_named_is_the_village_it_lies_in() -> None:
    rural = [row for row in built() if row.kind != Kind.TOWN]
    assert wrong(rural, fits=lambda row: row.name.startswith(sites.plain(row.village.short_name))) == []


def test_offices_are_named_and_nobody_is() -> None:
    for row in built():
        assert row.competent_dept.endswith("搬迁安置办公室")
        assert row.owner_unit.endswith(("人民政府", "村民委员会", "居民委员会"))
        assert not FIGURES.search(row.name + row.owner_unit + row.competent_dept), "a number could be somebody's"


def test_sizes_are_those_of_settlements() -> None:
    assert wrong(built(), fits=lambda row: 8 <= row.plan_households <= 620) == []
    assert wrong(built(), fits=lambda row: 3 <= row.plan_people / row.plan_households <= 4.2) == []
    scattered = [row.plan_households for row in built() if row.kind == Kind.SCATTERED]
    rural = [row.plan_households for row in built() if row.kind == Kind.RURAL]
    assert sum(scattered) / len(scattered) < sum(rural) / len(rural) / 3


def test_nobody_has_moved_who_was_not_planned() -> None:
    assert wrong(built(), fits=lambda row: 0 <= row.moved_people <= row.plan_people) == []
    assert wrong(built(), fits=lambda row: 0 <= row.moved_households <= row.plan_households) == []


@pytest.mark.parametrize("state", [State.PLANNED, State.CONSTRUCTION])
def test_nobody_lives_where_nothing_is_finished(state: str) -> None:
    rows = [row for row in built() if row.state == state]
    assert rows
    assert {row.moved_people for row in rows} == {0}
    assert {row.finished_on for row in rows} == {row.accepted_on for row in rows} == {None}


def test_where_people_live_some_have_moved() -> None:
    assert wrong(lived_in(), fits=lambda row: row.moved_people > 0 and row.reported_on is not None) == []
    accepted = [row for row in built() if row.state == State.ACCEPTED]
    assert wrong(accepted, fits=lambda row: row.moved_people == row.plan_people and row.accepted_on is not None) == []


def test_days_follow_one_another_and_none_lies_ahead() -> None:
    for row in built():
        days = [day for day in (row.assessed_on, row.started_on, row.finished_on, row.accepted_on) if day is not None]
        assert days == sorted(days), row.code
        assert all(day < AS_OF for day in (*days, row.reported_on or days[-1])) if days else True


def test_what_is_accepted_has_everything() -> None:
    for row in built():
        if row.state == State.ACCEPTED:
            assert set(row.infrastructure) == set(SERVICES)
            assert set(row.infrastructure.values()) == {"done"}


def test_what_is_being_built_is_not_done() -> None:
    rows = [row for row in built() if row.state == State.CONSTRUCTION]
    assert wrong(rows, fits=lambda row: list(row.infrastructure.values()).count("building") == 1) == []
    assert wrong(rows, fits=lambda row: len(row.infrastructure) < len(SERVICES) + 1) == []


def test_only_what_is_accepted_is_handed_over() -> None:
    assert {row.state for row in built() if row.transferred} == {State.ACCEPTED}


def test_a_large_project_has_more_sites() -> None:
    count = Counter(row.project_id for row in built())
    known = {row.project_id: row.project for row in built()}
    power = {pk: float(known[pk].installed_mw or 0) for pk in count}
    largest = sorted(count, key=lambda pk: power[pk])[-5:]
    small = [pk for pk in count if known[pk].build == "built" and power[pk] < sites.MW_A_SITE]
    assert min(count[pk] for pk in largest) > max(count[pk] for pk in small)


def test_another_day_moves_the_days_and_not_the_places() -> None:
    before = {row.region_code: row for row in built()}
    later = AS_OF + timedelta(days=30)
    ResettlementSite.objects.all().delete()
    projects.build(later, lambda said: None)
    sites.build(later, lambda said: None)
    after = {row.region_code: row for row in ResettlementSite.objects.all()}
    assert {code: row.point for code, row in after.items()} == {code: row.point for code, row in before.items()}
    again: list[str] = []
    sites.build(later, again.append)
    assert again == ["0 sites"]
    moved = {(after[code].reported_on - row.reported_on).days for code, row in before.items() if row.reported_on}
    assert moved == {30}
