"""Rules of plans in Python, and that the database's own words for them mean the same."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anzhi.management.plans import services
from anzhi.management.plans.models import Allocation
from anzhi.management.plans.rules import normal_document, overdue_days, state_of
from anzhi.management.plans.states import AllocationState
from harness.acting import acting
from harness.people import actor
from management.plans.factories import leg

FINANCE = actor("finance", region="53")
DUE = date(2026, 10, 10)
MOVED = [
    ("0", "0", "approved"),
    ("0.01", "0", "part_sent"),
    ("99.99", "0", "part_sent"),
    ("100", "0", "sent"),
    ("100.01", "0", "sent"),
    ("0", "0.01", "part_arrived"),
    ("100", "99.99", "part_arrived"),
    ("0", "100", "arrived"),
    ("100", "100", "arrived"),
    ("100", "120", "arrived"),
]


@pytest.mark.parametrize(("sent", "arrived", "state"), MOVED)
def test_what_the_banks_show_is_the_state(sent: str, arrived: str, state: str) -> None:
    assert state_of(Decimal(100), Decimal(sent), Decimal(arrived)) == state
    assert state in AllocationState


@pytest.mark.parametrize(("sent", "arrived", "state"), MOVED)
def test_settling_in_the_database_gives_the_same_state(system: None, sent: str, arrived: str, state: str) -> None:
    made = leg("5323", "532328", "100")
    with acting():
        services.settle(movements=[services.Movement(made.pk, Decimal(sent), DUE, Decimal(arrived), DUE)], by=FINANCE)
    made.refresh_from_db()

    assert (made.state, made.sent, made.arrived) == (state, Decimal(sent), Decimal(arrived))


def test_money_that_is_taken_back_brings_the_state_back(system: None) -> None:
    made = leg("5323", "532328", "100", arrived="100")
    with acting():
        services.settle(movements=[services.Movement(made.pk, Decimal(0), None, Decimal(0), None)], by=FINANCE)
    made.refresh_from_db()

    assert (made.state, made.sent_on, made.arrived_on) == ("approved", None, None)


@pytest.mark.parametrize(
    ("day", "arrived", "days"),
    [
        (date(2026, 10, 9), "0", 0),
        (date(2026, 10, 10), "0", 0),
        (date(2026, 10, 11), "0", 1),
        (date(2026, 10, 11), "99.99", 1),
        (date(2026, 10, 11), "100", 0),
        (date(2026, 10, 11), "120", 0),
        (date(2027, 10, 10), "0", 365),
        (date(2028, 10, 10), "0", 731),
    ],
)
def test_days_overdue_begin_the_day_after(day: date, arrived: str, days: int) -> None:
    assert overdue_days(DUE, day, Decimal(arrived), Decimal(100)) == days


SIGNS = st.text(alphabet="云搬发[【(（〔]】)）〕ｘ 　\t0129第号,，", max_size=24)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=SIGNS)
def test_documents_are_made_equal_twice(db: None, words: str) -> None:
    once = normal_document(words)

    assert normal_document(once) == once


@pytest.mark.parametrize(
    "written",
    [
        "云搬发〔2026〕63号",
        "云搬发[2026]063号",
        "云搬发（2026） 63 号",
        "云搬发【2026】第63号",
        "云搬发(2026)第0063号",
        "云搬发　〔2026〕\t63号",
        "云财资环〔2026〕100号",
        "无括号的文号",
        "",
    ],
)
def test_python_and_the_database_make_documents_equal_alike(db: None, written: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans_document_key(%s)", [written])
        (key,) = cursor.fetchone()

    assert key == normal_document(written)


def test_a_number_that_begins_like_another_is_another(db: None) -> None:
    assert normal_document("云搬发〔2026〕6号") != normal_document("云搬发〔2026〕63号")
    assert normal_document("云搬发〔2026〕60号") == "云搬发〔2026〕60号"


def test_what_is_missing_is_what_has_not_arrived() -> None:
    assert Allocation(amount=Decimal(100), arrived=Decimal("99.99")).missing == Decimal("0.01")
