"""One rule says what is overdue: the day after the due date, with money missing, on the board as in its list."""

import html
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from anzhi.foundation.parameters import clock
from anzhi.management.plans import indicators as plans
from anzhi.network.indicators.rules import year_before, year_of
from harness.people import client_of, user_at
from supervision.alerts.factories import DOCUMENT, Office, allocation, gets, pays

pytestmark = pytest.mark.usefixtures("spoken")
DUE = date(2026, 10, 10)
PREFECTURE = "532300000000"


@pytest.fixture
def part() -> None:
    """Of 800 due on a day 500 arrived, on that very day."""
    prefecture, county = Office("5323"), Office("532328")
    allocation(prefecture, county, "800", issued=DUE - timedelta(days=30), due=DUE)
    with clock.turned_to(DUE):
        county.tells(gets(prefecture, "500", DUE, DOCUMENT), until=DUE)
        prefecture.tells(pays(county, "500", DUE, DOCUMENT), until=DUE)


def listed(today: date) -> Any:
    """The list a figure of overdue money leads to."""
    with clock.turned_to(today):
        return client_of(user_at("leader", region="5323")).get(plans.late(PREFECTURE, year_of(today)))


def stuck(today: date) -> dict[str, str]:
    """Red pieces of the bars: what they say → their list."""
    with clock.turned_to(today):
        text = client_of(user_at("leader", region="5323")).get("/board/").text
    found = re.findall(r'<a class="az-bd-stuck"[^>]*href="([^"]+)" title="([^"]+)"', text)
    return {words: html.unescape(url) for url, words in found}


@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True), (43, True)])
def test_a_day_is_over_before_anything_is_overdue(part: None, days: int, late: bool) -> None:
    today = DUE + timedelta(days=days)
    assert listed(today).context["totals"].count == late
    assert list(stuck(today)) == (["300.00 元"] if late else [])


def test_the_red_piece_leads_to_the_money_that_is_missing(part: None) -> None:
    today = DUE + timedelta(days=5)
    (url,) = stuck(today).values()
    with clock.turned_to(today):
        answer = client_of(user_at("leader", region="5323")).get(url)
    totals = answer.context["totals"]
    assert (totals.count, totals.values["gap"]) == (1, Decimal("300.00"))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 11, 22), date(2026, 1, 1), date(2026, 11, 21)),
        (date(2026, 1, 2), date(2026, 1, 1), date(2026, 1, 1)),
        (date(2028, 3, 1), date(2028, 1, 1), date(2028, 2, 29)),
    ],
)
def test_the_year_before_a_day_ends_the_day_before(day: date, first: date, last: date) -> None:
    assert (year_before(day).first, year_before(day).last) == (first, last)


def test_on_new_years_day_nothing_of_the_new_year_is_overdue() -> None:
    period = year_before(date(2026, 1, 1))
    assert period.first
    assert period.last
    assert period.first > period.last
