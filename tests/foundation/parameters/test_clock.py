"""The day of work: today, a sample's day, or a day turned back to."""

from datetime import date

import pytest
from django.utils import timezone

from anzhi.foundation.parameters import clock
from anzhi.foundation.parameters.models import RuleParameter

STANDS = date(2026, 11, 22)


@pytest.fixture
def sample(db: None) -> None:
    RuleParameter.objects.create(
        code=clock.AS_OF, text=STANDS.isoformat(), valid_from=date(2000, 1, 1), tag="ART", set_by="test"
    )


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
