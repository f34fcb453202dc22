"""Money drawn from tier to tier: true widths, fixed places, nothing outside the field."""

import re
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from anzhi.management.plans.flow import GAP, LABEL_SHARE, LEAST, WIDTH, Flow, Link, Place, Tier

YUAN = st.decimals(min_value=1, max_value=10**10, places=2)


def fan(*amounts: Decimal, stuck: Decimal = Decimal(0)) -> Flow:
    """One source, several targets, one of them stuck."""
    drawn = Flow(tiers=[Tier("省级拨出"), Tier("县级到账")], places=[Place("s", "云南省", 0)])
    for at, amount in enumerate(amounts):
        drawn.places.append(Place(f"t{at}", f"县{at}", 1))
        drawn.links.append(Link("s", f"t{at}", amount))
    if stuck:
        drawn.places.append(Place("x", "滞留", 1, "stuck"))
        drawn.links.append(Link("s", "x", stuck, "stuck"))
    return drawn


@given(st.lists(YUAN, min_size=1, max_size=16), YUAN)
def test_places_of_a_column_never_touch_and_stay_inside(amounts: list[Decimal], stuck: Decimal) -> None:
    drawn = fan(*amounts, stuck=stuck)
    column = [node for node in drawn.nodes if node.place.column == 1]

    for above, below in pairwise(column):
        assert below.top >= above.top + above.height + GAP - 0.02
    assert column[-1].top + column[-1].height <= drawn.height + LEAST * len(column)
    assert all(node.height >= LEAST for node in drawn.nodes)


@given(YUAN, YUAN)
def test_twice_the_money_is_twice_as_thick(one: Decimal, other: Decimal) -> None:
    _source, first, second = fan(one, other).nodes

    if first.height > LEAST and second.height > LEAST:
        assert abs(first.height / second.height - float(one / other)) <= 0.01 * float(one / other) + 0.01


def test_what_is_stuck_stands_first_and_red() -> None:
    drawn = fan(Decimal(560), stuck=Decimal(300))

    assert [node.place.kind for node in drawn.nodes] == ["done", "stuck", "done"]
    assert [ribbon.kind for ribbon in drawn.ribbons] == ["stuck", "done"]


def test_what_is_nothing_is_not_drawn() -> None:
    drawn = fan(Decimal(0), Decimal(5))

    assert [node.place.name for node in drawn.nodes] == ["云南省", "县1"]
    assert len(drawn.ribbons) == 1
    assert Flow().nodes == [] and Flow().heads == []


def test_heads_stand_over_their_columns_and_leave_room_for_labels() -> None:
    drawn = fan(Decimal(5))

    assert [left for left, _tier in drawn.heads] == [0, 100 - LABEL_SHARE]
    assert [node.left for node in drawn.nodes] == [0, 100 - LABEL_SHARE]
    assert max(float(x) for x in re.findall(r"[MC ](\d+\.\d) ", drawn.ribbons[0].path)) <= WIDTH


def test_one_unit_in_one_view() -> None:
    assert [node.figure for node in fan(Decimal(860_000_000), Decimal(9_500_000)).nodes] == ["8.70", "8.60", "0.10"]
    assert [node.figure for node in fan(Decimal(9_500_000)).nodes] == ["950.00", "950.00"]
