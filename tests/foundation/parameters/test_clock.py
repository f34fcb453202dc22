"""The day of work: today, a sample's day, or a day turned back to."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.parameters import clock, queries
from anzhi.foundation.parameters.services import set_value, stand_still
from harness import people

STANDS = date(2026, 11, 22)


@pytest.fixture
def sample(system: None) -> None:
    stand_still(by=SYSTEM, day=STANDS)


def test_without_a_sample_it_is_today(db: None) -> None:
    assert clock.as_of() is None
    assert clock.today() == timezone.localdate()


def test_a_sample_stands_still(sample: None) -> None:
    assert clock.today() == STANDS


def test_a_run_can_look_back_and_comes_home(sample: None) -> None:
    with clock.turned_to(date(2026, 1, 31)):
        assert clock.today() == date(2026, 1, 31)
        with clock.turned_to(date(2025, 12, 31)):
            assert clock.today() == date(2025, 12, 31)
        assert clock.today() == date(2026, 1, 31)
    assert clock.today() == STANDS


def test_standing_still_twice_keeps_the_last_day(sample: None) -> None:
    stand_still(by=SYSTEM, day=date(2026, 12, 1))
    assert clock.today() == date(2026, 12, 1)


def test_only_the_parameters_keeper_stops_the_clock(system: None) -> None:
    with pytest.raises(Denied):
        stand_still(by=people.actor("leader", region="53"), day=STANDS)


def test_values_begin_from_the_sample_s_day_on(sample: None) -> None:
    row = queries.current(STANDS).get(code="idle_fund.blue.days")
    given = {"by": SYSTEM, "parameter": row, "value": Decimal(1), "legal_basis": "x"}
    with pytest.raises(ValidationError):
        set_value(valid_from=STANDS - timedelta(1), **given)
    assert set_value(valid_from=STANDS, **given).valid_from == STANDS


def test_the_moment_of_work_follows_the_day() -> None:
    before = timezone.now()
    assert before <= clock.now() <= timezone.now()
    with clock.turned_to(date(2026, 1, 31)):
        assert timezone.localtime(clock.now()).isoformat() == "2026-01-31T09:00:00+08:00"


def test_it_is_asked_once_a_transaction(sample: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert [clock.today() for _time in range(50)] == [STANDS] * 50


def test_a_day_set_in_this_transaction_holds_at_once(sample: None) -> None:
    assert clock.today() == STANDS
    stand_still(by=SYSTEM, day=date(2026, 12, 31))
    assert clock.today() == date(2026, 12, 31)
