"""The life of a value: planned, holding, past; guarded by the database; read by rules on the day they look at."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.parameters import clock, queries
from anzhi.foundation.parameters.models import RuleParameter
from anzhi.foundation.parameters.services import set_value
from harness import people

pytestmark = pytest.mark.django_db
CODE = "match.days"


def row() -> RuleParameter:
    return queries.current(clock.today()).get(code=CODE, scope="", key="")


def put(value: str, days: int) -> RuleParameter:
    day = clock.today() + timedelta(days=days)
    with system_scope():
        return set_value(
            by=SYSTEM, parameter=row(), value=Decimal(value), valid_from=day, legal_basis="云搬发〔2026〕1号"
        )


def holds(days: int) -> int:
    return int(queries.value(CODE, on=clock.today() + timedelta(days=days)))


@pytest.mark.parametrize("order", [(10, 20, 30), (30, 20, 10), (20, 30, 10), (20, 10, 30)])
def test_in_whatever_order_values_are_planned_each_holds_its_days(order: tuple[int, ...]) -> None:
    for days in order:
        put(str(days), days)
    assert [holds(days) for days in (0, 9, 10, 19, 20, 29, 30, 3000)] == [5, 5, 10, 10, 20, 20, 30, 30]
    values = list(RuleParameter.objects.filter(code=CODE).order_by("valid_from"))
    ends = [value.valid_to for value in values]
    assert ends == [value.valid_from - timedelta(days=1) for value in values[1:]] + [None]


def test_a_run_that_looks_back_reads_what_held_then() -> None:
    put("9", 5)
    later = clock.today() + timedelta(days=6)
    with clock.turned_to(later):
        assert queries.value(CODE, on=clock.today()) == 9
        assert row().value == 9
    assert row().value == 5


def test_a_value_ends_where_the_next_begins_also_across_new_year() -> None:
    new_year = date(clock.today().year + 1, 1, 1)
    with system_scope():
        set_value(by=SYSTEM, parameter=row(), value=Decimal(7), valid_from=new_year, legal_basis="x")
    assert queries.value(CODE, on=new_year - timedelta(days=1)) == 5
    assert queries.value(CODE, on=new_year) == 7


@pytest.mark.parametrize("write", ["update", "delete", "insert"])
def test_nobody_writes_beside_the_door(write: str) -> None:
    before = list(RuleParameter.objects.order_by("pk").values())
    with system_scope(), pytest.raises(DatabaseError), transaction.atomic():
        if write == "update":
            RuleParameter.objects.filter(code=CODE).update(value=1)
        elif write == "delete":
            RuleParameter.objects.filter(code=CODE).delete()
        else:
            RuleParameter.objects.create(code="a.b", name="x", name_en="x", value=1, valid_from=date(2026, 1, 1))
    assert list(RuleParameter.objects.order_by("pk").values()) == before


def test_the_page_of_a_past_value_leads_to_the_one_that_holds() -> None:
    old, new = row(), put("8", 0)
    client = people.client_for("sysadmin", region="53")
    for value in (old, new):
        page = client.get(f"/parameters/{value.pk}/").text
        assert "云搬发〔2026〕1号" in page
        assert "5" in page
        assert "8" in page


@pytest.mark.parametrize(
    ("value", "held", "figure"),
    [("5", "5", "5"), ("5.0000", "5", "5"), ("0.1500", "0.15", "0.15"), ("100000000", "100000000", "100,000,000")],
)
def test_a_figure_has_no_needless_zeros(value: str, held: str, figure: str) -> None:
    parameter = RuleParameter(value=Decimal(value))
    assert (parameter.holds, parameter.figure) == (held, figure)
