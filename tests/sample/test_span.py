"""The sample's year: months, then fourteen days, without a gap."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from anzhi.sample.span import DAILY, Year

days = st.dates(date(2022, 1, 1), date(2035, 12, 31))


@given(days)
def test_periods_follow_one_another_to_the_day(as_of: date) -> None:
    periods = Year(as_of).periods
    assert periods[0].first == Year(as_of).first
    assert periods[-1].last == as_of
    for one, next_one in pairwise(periods):
        assert one.first <= one.last
        assert next_one.first == one.last + timedelta(days=1)


@given(days)
def test_the_last_fortnight_is_daily(as_of: date) -> None:
    assert all(period.first == period.last for period in Year(as_of).periods[-DAILY:])


@given(days)
def test_it_is_a_year_of_months(as_of: date) -> None:
    first = Year(as_of).first
    assert first.day == 1
    assert 330 < (as_of - first).days < 366
