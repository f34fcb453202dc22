"""Figures: defined once, for all tiers, equal to their rows, and the proof of it."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import current
from anzhi.foundation.audit.queries import events
from anzhi.foundation.parameters import clock
from anzhi.network.indicators import queries, registry, services, units
from anzhi.network.indicators.models import Rollup
from anzhi.network.indicators.rules import Period, month_end, year_of, year_until
from harness.people import FOREIGN, client_of, user_at
from network.projects.factories import project
from network.sites.factories import site
from supervision.alerts.factories import Office, allocation, gets, pays

pytestmark = pytest.mark.usefixtures("spoken")
DUE = date(2026, 10, 10)
TODAY = date(2026, 11, 22)
PROVINCE, PREFECTURE, COUNTY = "530000000000", "532300000000", "532328000000"


@pytest.fixture
def paid() -> dict[str, Any]:
    """A prefecture that was to pass on 800 and passed on 500."""
    prefecture, county = Office("5323"), Office("532328")
    made = allocation(prefecture, county, "800", issued=date(2026, 9, 10), due=DUE)
    with clock.turned_to(TODAY):
        county.tells(gets(prefecture, "500", DUE, made.document), until=TODAY)
        prefecture.tells(pays(county, "500", DUE, made.document), until=TODAY)
    return {"county": county, "allocation": made}


def total(code: str, area: str, period: Period | None = None) -> dict[str, int]:
    with clock.turned_to(TODAY):
        one = registry.get(code)
        return queries.total(one, area, one.period(TODAY) if period is None else period).parts


def test_an_import_brings_the_sums_of_what_it_touched(paid: dict[str, Any]) -> None:
    for area in (PROVINCE, PREFECTURE, COUNTY):
        assert total("allocations", area) == {"due": 80_000, "arrived": 50_000}
    assert total("money", COUNTY) == {"in": 50_000, "out": 0}
    assert total("money", PREFECTURE) == {"in": 50_000, "out": 50_000}
    assert total("entries", PROVINCE) == {"in": 1, "out": 1}
    assert total("money", FOREIGN.ljust(12, "0")) == {}


def test_gathered_deliveries_bring_their_sums_at_the_end() -> None:
    prefecture, county = Office("5323"), Office("532328")
    made = allocation(prefecture, county, "800", issued=date(2026, 9, 10), due=DUE)
    with clock.turned_to(TODAY):
        with services.gathered(by=SYSTEM):
            county.tells(gets(prefecture, "500", DUE, made.document), until=TODAY)
            assert total("money", COUNTY) == {}
            prefecture.tells(pays(county, "500", DUE, made.document), until=TODAY)
            assert total("money", PREFECTURE) == {}
        county.tells(gets(prefecture, "7", TODAY, "later"), until=TODAY)

    assert total("money", PREFECTURE) == {"in": 50_700, "out": 50_000}
    assert total("allocations", PREFECTURE) == {"due": 80_000, "arrived": 50_000}
    assert [proof for proof in services.rebuild(by=SYSTEM) if proof.differing] == []


def test_work_that_fails_gathers_nothing_for_later() -> None:
    with pytest.raises(LookupError), services.gathered(by=SYSTEM):
        services.refresh(indicators=["money"], regions=[COUNTY], by=SYSTEM)
        raise LookupError
    prefecture, county = Office("5323"), Office("532328")
    with clock.turned_to(TODAY):
        county.tells(gets(prefecture, "3", DUE, "text"), until=TODAY)

    assert total("money", COUNTY) == {"in": 300, "out": 0}


def test_a_period_is_whole_and_what_is_due_later_is_not_in(paid: dict[str, Any]) -> None:
    assert total("allocations", PREFECTURE, year_until(date(2026, 10, 9))) == {}
    assert total("allocations", PREFECTURE, year_of(TODAY))["due"] == 80_000
    assert total("money", PREFECTURE, year_of(date(2025, 5, 5))) == {}


def test_by_month_and_by_unit(paid: dict[str, Any]) -> None:
    found = queries.months(registry.get("money"), PREFECTURE, year_of(TODAY))
    assert found[date(2026, 10, 1)].of("in") == 50_000
    assert set(queries.children(registry.get("allocations"), PROVINCE)) == {PREFECTURE}
    below = queries.children(registry.get("money"), PREFECTURE)
    assert below[PREFECTURE].of("out") == 50_000  # the prefecture's own office stands under its own code
    assert below[COUNTY].of("in") == 50_000


def test_the_rebuild_proves_itself_and_mends_with_a_record(paid: dict[str, Any], capsys: Any) -> None:
    assert {proof.differing for proof in services.rebuild(by=SYSTEM)} == {0}
    Rollup.objects.filter(indicator="money", part="in").update(value=1)
    Rollup.objects.create(indicator="money", region_code=FOREIGN.ljust(12, "0"), part="in", day=DUE, value=7)
    proofs = {proof.code: proof.differing for proof in services.rebuild(by=SYSTEM)}
    assert proofs["money"] == Rollup.objects.filter(indicator="money", part="in").count() + 1
    assert total("money", COUNTY) == {"in": 50_000, "out": 0}
    assert total("money", FOREIGN.ljust(12, "0")) == {}
    assert events(current()).filter(name="indicator.mismatch").count() == 1
    call_command("rebuild_indicators", "--strict")
    assert "money: 0 differing" in capsys.readouterr().out


def test_a_strict_rebuild_fails_where_something_differed(paid: dict[str, Any]) -> None:
    Rollup.objects.filter(indicator="entries").delete()
    with pytest.raises(SystemExit):
        call_command("rebuild_indicators", "--strict")


def test_a_project_of_two_prefectures_counts_in_both_and_once_above() -> None:
    project(counties={FOREIGN.ljust(12, "0"): "receives"})
    assert total("projects", PREFECTURE) == total("projects", "530600000000") == {"construction": 1}
    assert total("projects", PROVINCE) == {"construction": 1}


def test_sites_and_people_add_up_over_tiers() -> None:
    site(lived_in=True)
    for area in (PROVINCE, PREFECTURE, COUNTY):
        assert total("sites", area) == {"occupied": 1}
        assert total("people", area) == {"plan": 430, "moved": 422}


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        (units.YUAN, 681_000_000_00, ("6.81", "亿元")),
        (units.YUAN, 412_000_00, ("41.20", "万元")),
        (units.PEOPLE, 844_200, ("84.42", "万人")),
        (units.PEOPLE, 51_800, ("51,800", "人")),
        (units.CAPACITY, 16_000_000, ("16,000", "兆瓦")),
        (units.PROJECTS, None, ("不详", "")),
    ],
)
def test_figures_are_said_in_their_unit(unit: units.Unit, value: int | None, said: tuple[str, str]) -> None:
    with translation.override("zh-hans"):
        assert unit.show(value) == said


def test_months_end_where_they_end() -> None:
    assert month_end(date(2026, 2, 3)) == date(2026, 2, 28)
    assert month_end(date(2026, 12, 31)) == date(2026, 12, 31)


def test_the_page_defines_each_figure_and_leads_to_its_rows(paid: dict[str, Any]) -> None:
    answer = client_of(user_at("leader", region="5323")).get("/indicators/")
    assert answer.status_code == 200
    for one in registry.open_to(SYSTEM):
        assert f'id="{one.code}"' in answer.text
    assert "/funds/accounts/?area=532300000000" in answer.text


def test_figures_without_permission_are_not_there() -> None:
    text = client_of(user_at("officer", region="5323")).get("/indicators/").text
    assert 'id="projects"' in text
    assert 'id="money"' not in text


def test_a_figure_is_defined_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        registry.register(registry.get("projects"))
