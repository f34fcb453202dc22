"""The chain of an allocation: what fed it, what it feeds, and what a reader of one end may know of it."""

from datetime import date
from decimal import Decimal

import pytest

from anzhi.foundation.access.scope import Scope, region_scope
from anzhi.management.plans import chain
from harness.acting import acting
from management.plans.factories import leg

TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.usefixtures("system")


@pytest.fixture
def legs() -> list:
    """Province → prefecture → two counties, one of them short."""
    top = leg("53", "5323", "860000000", arrived="860000000")
    return [
        top,
        leg("5323", "532328", "300000000", arrived="120000000", upstream=top),
        leg("5323", "532301", "560000000", arrived="560000000", upstream=top),
    ]


def test_the_way_up_and_down(legs: list) -> None:
    found = chain.of(legs[0], TODAY, Scope("53"))
    assert ([x.allocation for x in found.up], {x.allocation for x in found.down}) == ([], set(legs[1:]))
    found = chain.of(legs[1], TODAY, Scope("53"))
    assert [x.allocation for x in found.legs] == [legs[0], legs[1]]


def test_a_county_knows_of_the_leg_above_but_may_not_open_it(legs: list) -> None:
    with region_scope("532328"):
        found = chain.of(legs[1], TODAY, Scope("532328"))
    assert [(x.allocation.document, x.seen) for x in found.legs] == [
        (legs[0].document, False),
        (legs[1].document, True),
    ]


def test_what_is_late_is_stuck_with_its_sender(legs: list) -> None:
    drawn = chain.of(legs[0], TODAY, Scope("53")).flow()
    stuck = [place for place in drawn.places if place.kind == "stuck"]
    assert [drawn.amount_of(place) for place in stuck] == [Decimal(180_000_000)]
    assert [(tier.bad, bool(tier.note)) for tier in drawn.tiers] == [(False, False), (False, True), (True, True)]


def test_before_the_due_date_nothing_is_stuck(legs: list) -> None:
    drawn = chain.of(legs[0], date(2026, 10, 10), Scope("53")).flow()
    assert {place.kind for place in drawn.places} == {"done", "rest"}


def test_a_ring_of_allocations_ends(legs: list) -> None:
    legs[0].upstream = legs[1]
    with acting():
        legs[0].save(update_fields=["upstream"])
    assert len(chain.of(legs[1], TODAY, Scope("53")).up) == chain.LONGEST


def test_totals_equal_the_rows(legs: list) -> None:
    found = chain.legs_of(legs[1:], TODAY, Scope("53"))
    assert chain.totals(found) == {
        "amount": Decimal(860_000_000),
        "arrived": Decimal(680_000_000),
        "missing": Decimal(180_000_000),
    }
