"""The sample's annual plans: the last whole year adds up to what the province reported, row by row."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.access.scope import Scope
from anzhi.management.annual import queries, rules
from anzhi.management.annual.models import AnnualPlan, ProgressReport
from anzhi.sample import work
from network.projects.factories import project

DAY = date(2026, 11, 22)


@given(st.integers(0, 10**11), st.lists(st.integers(1, 100), min_size=1, max_size=40))
def test_parts_add_up_to_the_whole(total: int, weights: list[int]) -> None:
    parts = work.spread(total, weights)
    assert (sum(parts), len(parts)) == (total, len(weights))
    assert min(parts) >= 0


@pytest.fixture
def built(system: None) -> list[str]:
    """A small province: five projects in three counties."""
    for region in ("532328", "532328", "532301", "530622", "530622"):
        project(region=region)
    said: list[str] = []
    work.build(DAY, said.append)
    return said


@pytest.mark.usefixtures("built")
def test_the_last_whole_year_is_the_provinces_own_figure() -> None:
    found = queries.standing(queries.plans(Scope("53")).filter(year=2025, state="in_force"))
    assert (found.people_done, found.invested) == (Decimal(51_800), Decimal("13150000000.00"))
    assert rules.rate(found.people_done, found.people) == Decimal("104.0")
    assert rules.rate(found.invested, found.investment) == Decimal("120.0")


@pytest.mark.usefixtures("built")
def test_this_year_is_on_its_way_and_the_latest_months_wait() -> None:
    assert not ProgressReport.objects.filter(task__year=2026, month=12).exists()
    assert set(ProgressReport.objects.filter(task__year=2026).values_list("month", "state")) == {
        (month, "confirmed") for month in (6, 9)
    }


def test_in_october_the_third_quarter_waits_for_the_supervision_unit(system: None) -> None:
    project()
    work.build(date(2026, 10, 8), lambda _said: None)
    assert set(queries.unconfirmed(Scope("53")).values_list("month", flat=True)) == {9}


def test_every_third_plan_was_adjusted_and_its_first_edition_stays(built: list[str]) -> None:
    replaced = AnnualPlan.objects.filter(state="superseded")
    assert "12 份年度计划" in built[0]
    assert [(plan.year, plan.version) for plan in replaced] == [(2026, 1), (2026, 1)]


def test_before_september_nothing_is_adjusted_yet(system: None) -> None:
    project()
    work.build(date(2026, 8, 31), lambda _said: None)
    assert not AnnualPlan.objects.filter(kind="adjustment").exists()
