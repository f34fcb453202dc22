"""Kept sums equal their rows, whatever the rows are and whatever becomes of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import no_scope, region_scope
from anzhi.foundation.audit.models import Event
from anzhi.network.indicators import queries, registry, services
from anzhi.network.indicators.models import Rollup
from anzhi.network.indicators.rules import ALWAYS, Period
from harness.people import actor
from network.indicators import trial

pytestmark = pytest.mark.usefixtures("system")
# offices of all tiers: the province's, prefectures', counties', a town's, a village's
PLACES = (
    "530000000000",
    "532300000000",
    "532328000000",
    "532328101000",
    "532328101201",
    "532329000000",
    "530600000000",
    "530622000000",
)
AREAS = PLACES[:3] + PLACES[5:]
DAYS = (None, date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 1), date(2026, 11, 22))
PARTS = ("in", "out", "")
rows = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(PARTS), st.sampled_from(DAYS), st.integers(-(10**12), 10**12)),
    max_size=25,
)
periods = st.builds(Period, st.sampled_from(DAYS), st.sampled_from(DAYS))
plenty = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def tables(system: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The table of the trial, and its figure among those that are known."""
    with connection.cursor() as cursor:
        for statement in trial.TABLES:
            cursor.execute(statement)
    monkeypatch.setattr(registry, "_indicators", {"trial": trial.made(), "bare": trial.made("bare", kept=False)})
    yield


def refreshed(found: Iterable[trial.Row]) -> None:
    """Everything anew, as if nothing had been kept."""
    Rollup.objects.filter(indicator="trial").delete()
    trial.fill(found)
    services.refresh(indicators=["trial"], regions=PLACES, by=SYSTEM)


def by_hand(found: list[trial.Row], area: str, period: Period = ALWAYS) -> dict[str, int]:
    """The sums of an area by part, added in Python."""
    prefix = next(area[:length] for length in (2, 4, 6, 9, 12) if not area[length:].strip("0"))
    sums: dict[str, int] = {}
    for region, part, day, value in found:
        late = day and ((period.first and day < period.first) or (period.last and day > period.last))
        if region.startswith(prefix) and not late:
            sums[part] = sums.get(part, 0) + value
    return sums


@plenty
@given(rows, st.sampled_from(AREAS), periods)
def test_the_sum_of_an_area_is_that_of_its_rows(found: list[trial.Row], area: str, period: Period) -> None:
    refreshed(found)
    kept = queries.total(registry.get("trial"), area, period).parts
    asked = queries.total(registry.get("bare"), area, period).parts
    assert kept == asked == by_hand(found, area, period)


@plenty
@given(rows, st.sampled_from(["530000000000", "532300000000", "532328000000"]), periods)
def test_the_areas_below_add_up_to_the_area(found: list[trial.Row], area: str, period: Period) -> None:
    refreshed(found)
    whole = queries.total(registry.get("trial"), area, period)
    below = queries.children(registry.get("trial"), area, period)
    assert {part: sum(one.of(part) for one in below.values()) for part in whole.parts} == whole.parts
    assert sum(one.total for one in below.values()) == whole.total
    for code, figure in below.items():
        own = code == area  # the area's own office stands under its own code, beside those below
        assert own or figure.parts == by_hand(found, code, period), code


@plenty
@given(rows)
def test_the_months_add_up_to_the_year(found: list[trial.Row]) -> None:
    refreshed(found)
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    months = queries.months(registry.get("trial"), "530000000000", year)
    dated = [row for row in found if row[2] and row[2].year == 2026]
    assert {day for day in months if day} == {row[2].replace(day=1) for row in dated if row[2]}
    for month in months:
        same = [row for row in found if (row[2] and row[2].replace(day=1) == month) or (month is None and not row[2])]
        assert months[month].parts == by_hand(same, "530000000000")


@plenty
@given(rows, rows, st.sets(st.sampled_from(PLACES)))
def test_what_is_refreshed_follows_and_nothing_else_does(
    before: list[trial.Row], after: list[trial.Row], touched: set[str]
) -> None:
    refreshed(before)
    trial.fill(after)
    services.refresh(indicators=["trial"], regions=touched, by=SYSTEM)
    for place in PLACES:
        kept = {(row.part, row.day): row.value for row in Rollup.objects.filter(indicator="trial", region_code=place)}
        true = after if place in touched else before
        sums: dict[Any, int] = {}
        for region, part, day, value in true:
            if region == place:
                sums[part, day] = sums.get((part, day), 0) + value
        assert kept == sums, place


@plenty
@given(rows, rows)
def test_the_rebuild_counts_each_difference_and_mends_it_once(before: list[trial.Row], after: list[trial.Row]) -> None:
    refreshed(before)
    trial.fill(after)

    def sums(found: list[trial.Row]) -> dict[Any, int]:
        added: dict[Any, int] = {}
        for region, part, day, value in found:
            added[region, part, day] = added.get((region, part, day), 0) + value
        return added

    old, new = sums(before), sums(after)
    differing = sum(old.get(key) != new.get(key) for key in old.keys() | new.keys())
    events = Event.objects.filter(name="indicator.mismatch").count()
    (proof,) = services.rebuild(by=SYSTEM)
    assert (proof.code, proof.differing) == ("trial", differing)
    assert Event.objects.filter(name="indicator.mismatch").count() == events + bool(differing)
    (again,) = services.rebuild(by=SYSTEM)
    assert again.differing == 0
    assert queries.total(registry.get("trial"), "530000000000").parts == by_hand(after, "530000000000")


@plenty
@given(rows)
def test_refreshing_twice_changes_nothing(found: list[trial.Row]) -> None:
    refreshed(found)
    before = list(Rollup.objects.order_by("pk").values_list())
    services.refresh(indicators=["trial"], regions=[*PLACES, *PLACES], by=SYSTEM)
    assert list(Rollup.objects.order_by("pk").values_list()) == before


keyed = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(PLACES)), max_size=20, unique=True)


@plenty
@given(keyed, st.sampled_from(AREAS))
def test_what_lies_in_several_regions_counts_once_in_each_area(found: list[tuple[int, str]], area: str) -> None:
    trial.share((key, region, "one" if key % 2 else "two", key * 100) for key, region in found)
    one = trial.made("shared", rows=trial.SHARED, shared=True, kept=False)
    inside = {key for key, region in found if by_hand([(region, "", None, 1)], area)}
    total = queries.total(one, area)
    assert total.of("one") == sum(key * 100 for key in inside if key % 2)
    assert total.of("two") == sum(key * 100 for key in inside if not key % 2)
    below = queries.children(one, area)
    assert sum(figure.total for figure in below.values()) >= total.total  # in two areas below, once above


def test_sums_do_not_depend_on_who_brought_the_rows() -> None:
    trial.fill([("532328000000", "in", None, 5), ("530622000000", "in", None, 7)])
    with region_scope("532328"):
        services.refresh(indicators=["trial"], regions=["530622000000", "532328000000"], by=SYSTEM)
    assert queries.total(registry.get("trial"), "530000000000").of("in") == 12


def test_nobody_reads_the_sums_of_others() -> None:
    refreshed([("532328000000", "in", None, 5), ("530622000000", "in", None, 7)])
    for prefix, seen in (("53", 12), ("5323", 5), ("532328", 5), ("530622", 7), ("5325", 0)):
        with region_scope(prefix):
            assert queries.total(registry.get("trial"), "530000000000").of("in") == seen, prefix
    with no_scope():
        assert queries.total(registry.get("trial"), "530000000000").of("in") == 0


def test_only_who_may_see_figures_has_them_followed() -> None:
    nobody = actor()
    with pytest.raises(Denied):
        services.refresh(indicators=["trial"], regions=PLACES, by=nobody)
    with pytest.raises(Denied):
        services.rebuild(by=nobody)


def test_no_region_is_no_work() -> None:
    trial.fill([("532328000000", "in", None, 5)])
    services.refresh(indicators=["trial"], regions=[], by=SYSTEM)
    assert not Rollup.objects.filter(indicator="trial").exists()


def test_a_figure_nobody_defined_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError), transaction.atomic():
        services.refresh(indicators=["nothing"], regions=PLACES, by=SYSTEM)


def test_a_sum_of_a_region_part_and_day_is_kept_once() -> None:
    refreshed([("532328000000", "in", None, 5)])
    with pytest.raises(Exception, match="rollup_once"), transaction.atomic():
        Rollup.objects.create(indicator="trial", region_code="532328000000", part="in", day=None, value=1)


def test_great_sums_stay_exact() -> None:
    many = 9_007_199_254_740_993  # one more than a float can tell apart, in fen
    refreshed([("532328000000", "in", None, many), ("532329000000", "in", None, many)])
    assert queries.total(registry.get("trial"), "532300000000").of("in") == 2 * many
