"""What goes wrong in the sample, and that everything else goes right."""

from random import Random

import pytest

from anzhi.management.plans.states import FundType
from anzhi.sample.chance import stream
from anzhi.sample.money import batches, cases
from anzhi.sample.money.batches import Batch, Leg
from sample.offices import batch, province

OFFICES = {office.pk: office for office in province()}


def leg(
    receiver: int = 4, key: str = "W1", kind: FundType = FundType.SUPPORT_PROJECT, fen: int = 1_000_000, code: str = ""
) -> Leg:
    """A leg to an office of the little province, or to one that stands in for the county of a code."""
    one: Batch = batch(key, kind)
    office = OFFICES[receiver]
    if code:
        office = type(office)(
            pk=99, region_code=code.ljust(12, "0"), tier="county", parent=OFFICES[3], short_name="某县"
        )
    return Leg(f"BF-{key}-{office.pk}", one, office.parent, office, fen, one.issued)


@pytest.mark.parametrize("key", ["W1", "D1", "C1", "C4", "W5"])
def test_the_province_always_sends_the_whole(key: str) -> None:
    assert cases.sent(leg(2, key)) == 1_000_000
    assert cases.sent(leg(3, key)) == 1_000_000


@pytest.mark.parametrize(
    ("key", "code", "sent"),
    [
        ("W5", "532504", 0),  # of a prefecture that has sent nothing of this document
        ("W5", "530925", 0),
        ("W4", "530824", 0),
        ("W4", "530825", 1_000_000),  # its neighbour
        ("W3", "530824", 1_000_000),  # another document
        ("C4", "530628", 0),
    ],
)
def test_what_is_unsent_is_unsent_there_and_nowhere_else(key: str, code: str, sent: int) -> None:
    assert cases.sent(leg(key=key, code=code)) == sent


@pytest.mark.parametrize("code", sorted(cases.KEPT))
def test_a_prefecture_kept_what_it_kept(code: str) -> None:
    due, passed = cases.KEPT[code]
    assert cases.sent(leg(key="C4", kind=FundType.COMPENSATION, fen=due, code=code)) == passed
    assert cases.sent(leg(key="C3", kind=FundType.COMPENSATION, fen=due, code=code)) == due


def test_kept_money_is_three_hundred_million_yuan_of_two_counties() -> None:
    kept = {code: due - passed for code, (due, passed) in cases.KEPT.items() if due != passed}
    assert kept == {"532328": 18_000_000_000, "532329": 12_000_000_000}
    assert sum(kept.values()) == 300_000_000 * 100


@pytest.mark.parametrize(("key", "old"), [("O1", True), ("O2", True), ("W1", False), ("D1", False), ("C4", False)])
def test_documents_of_years_before_are_known_by_their_key(key: str, old: bool) -> None:
    assert cases.old(leg(key=key)) is old


def test_the_province_is_quick() -> None:
    days = {cases.delay(leg(2), stream("delay", at)) for at in range(200)}
    assert days == {1, 2, 3, 4}


def test_the_known_document_is_never_slow_where_it_is_told() -> None:
    days = {cases.delay(leg(4, "C4"), stream("delay", at)) for at in range(300)}
    assert min(days) == 3
    assert max(days) == 12


def test_most_prefectures_send_in_a_fortnight_and_a_few_are_late() -> None:
    days = [
        cases.delay(leg(7, key), stream("delay", key, at)) for key in (f"W{n}" for n in range(60)) for at in range(20)
    ]
    late = [day for day in days if day > 14]
    assert 0 < len(late) < len(days) / 5
    assert min(late) >= 28
    assert max(late) <= 58


@pytest.mark.parametrize("at", range(5))
def test_one_pumping_station_is_never_paid_for(at: int) -> None:
    assert cases.share(leg(key="O1"), Random(at)) == 0


@pytest.mark.parametrize("code", [*cases.LONG_IDLE, *cases.IDLE])
def test_idle_counties_spend_next_to_nothing_on_works(code: str) -> None:
    shares = {cases.share(leg(code=code), Random(at)) for at in range(40)}
    assert shares <= {0, 0.02, 0.05}
    assert cases.share(leg(key="O2", code=code), Random(1)) == 0


@pytest.mark.parametrize("code", [cases.LONG_IDLE[0], cases.IDLE[0]])
def test_idle_counties_pay_their_people(code: str) -> None:
    assert cases.share(leg(key="D1", kind=FundType.SUPPORT_DIRECT, code=code), Random(2)) >= 0.86


def test_everybody_else_spends_what_came() -> None:
    shares = [cases.share(leg(7), Random(at)) for at in range(100)]
    assert min(shares) >= 0.86
    assert max(shares) <= 1.0


def test_an_unsent_leg_is_of_a_document_that_is_there() -> None:
    keys = {one.key for one in batches.batches(batches.Year(batch().issued))}
    assert {key for key, _code in cases.UNSENT} <= keys
