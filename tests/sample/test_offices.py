"""The offices' own money in the sample: made through the services, the same from the same day, adding up."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db.models import Sum

from anzhi.foundation.parameters import clock
from anzhi.management.budgets.models import Budget, BudgetLine, BudgetMove, Expense
from anzhi.sample import offices

pytestmark = pytest.mark.usefixtures("system")
DAY = date(2026, 11, 22)


@pytest.fixture
def demo(system: None, settings: object) -> None:
    """The people whose offices get budgets."""
    settings.DEMO = True  # type: ignore[attr-defined]  # of pytest-django
    call_command("demo_accounts", verbosity=0)


def told(day: date) -> str:
    said: list[str] = []
    offices.build(day, said.append)
    return "".join(said)


@pytest.mark.usefixtures("demo")
def test_four_offices_have_a_budget_in_force_and_requests_of_several_states() -> None:
    assert "4 份机关预算" in told(DAY)
    assert set(Budget.objects.values_list("stage", "year")) == {("approved", 2026)}
    assert Expense.objects.values("state").distinct().count() >= 3


@pytest.mark.usefixtures("demo")
def test_sums_are_those_of_the_rows_and_nothing_lies_outside_the_year() -> None:
    told(DAY)
    spent = BudgetLine.objects.aggregate(sum=Sum("spent"))["sum"]
    assert spent == Expense.objects.filter(state="paid").aggregate(sum=Sum("paid"))["sum"] > 0
    assert not BudgetLine.objects.filter(available__lt=0).exists()
    days = BudgetMove.objects.order_by("on").values_list("on", flat=True)
    assert date(2026, 1, 20) == days.first() <= days.last() <= DAY


@pytest.mark.usefixtures("demo")
def test_a_second_build_changes_nothing() -> None:
    told(DAY)
    before = list(Expense.objects.order_by("number").values_list("number", "amount", "state"))
    assert told(DAY) == ""
    assert list(Expense.objects.order_by("number").values_list("number", "amount", "state")) == before


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("day", "year"), [(date(2027, 1, 31), 2026), (date(2027, 2, 1), 2027)])
def test_in_january_last_years_budget_is_in_force(day: date, year: int) -> None:
    told(day)
    assert set(Budget.objects.values_list("year", flat=True)) == {year}


@pytest.mark.usefixtures("demo")
def test_a_county_is_a_fortieth_of_the_province() -> None:
    told(DAY)
    with clock.turned_to(DAY):
        sums = dict(Budget.objects.annotate(sum=Sum("lines__approved")).values_list("region_code", "sum"))
    assert Decimal(sums["530000000000"]) == 40 * Decimal(sums["532328000000"])
