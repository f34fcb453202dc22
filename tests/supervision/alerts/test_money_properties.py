"""Money end to end: whatever was allocated and whatever the banks say, nothing is made and nothing is lost."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from anzhi.foundation.parameters import clock
from anzhi.management.plans.models import Allocation
from anzhi.supervision.alerts.models import Alert, LevelChange
from anzhi.supervision.alerts.services import engine
from anzhi.supervision.funds.models import Match, Transaction
from anzhi.supervision.funds.services import matching
from supervision.alerts.factories import TODAY, Office, allocation, gets, pays

pytestmark = pytest.mark.usefixtures("spoken")
DOCUMENTS = ("云搬发〔2026〕1号", "云搬发〔2026〕2号")
FIRST = date(2026, 6, 1)


class Leg(NamedTuple):
    """An allocation to a county: whole hundreds of thousands, by one of two documents, due some day."""

    document: str
    lots: int
    due: int


class Moved(NamedTuple):
    """A transfer as one or both banks tell it."""

    document: str
    lots: int
    day: int
    told_by: str


WORDS = st.sampled_from(DOCUMENTS)
LEGS = st.lists(st.builds(Leg, WORDS, st.integers(1, 5), st.integers(0, 160)), min_size=1, max_size=3)
MOVES = st.lists(
    st.builds(
        Moved,
        st.sampled_from([*DOCUMENTS, "", "云搬发〔2026〕12号"]),
        st.integers(1, 5),
        st.integers(0, 150),
        st.sampled_from(["both", "sender", "receiver"]),
    ),
    max_size=5,
)
small = settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.generate],  # each example is some files; making a failing one smaller would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def yuan(lots: int) -> str:
    return f"{lots}00000.00"


class World:
    """A prefecture and a county of its own pair each time, told by their banks."""

    def __init__(self, legs: list[Leg], moves: list[Moved]) -> None:
        self.sender, self.receiver = Office("5323"), Office("532328")
        self.legs = [
            allocation(
                self.sender, self.receiver, yuan(leg.lots), issued=FIRST, due=FIRST + timedelta(days=leg.due),
                document=leg.document,
            )
            for leg in legs
        ]  # fmt: skip
        out = [m for m in moves if m.told_by != "receiver"]
        into = [m for m in moves if m.told_by != "sender"]
        with clock.turned_to(FIRST):
            self.sender.tells(*[pays(self.receiver, yuan(m.lots), self.day(m), m.document) for m in out], until=TODAY)
            self.receiver.tells(*[gets(self.sender, yuan(m.lots), self.day(m), m.document) for m in into], until=TODAY)

    @staticmethod
    def day(moved: Moved) -> date:
        return FIRST + timedelta(days=moved.day)

    def fresh(self) -> list[Allocation]:
        return list(Allocation.objects.filter(pk__in=[leg.pk for leg in self.legs]).order_by("pk"))


@contextmanager
def a_world(legs: list[Leg], moves: list[Moved]) -> Iterator[World]:
    """One world, gone when it has been looked at: bank rows that are left over would be matched in the next one."""
    with transaction.atomic():
        yield World(legs, moves)
        transaction.set_rollback(True)


def matched(leg: Allocation, credit: bool) -> Decimal:
    return Match.objects.filter(allocation=leg, transaction__credit=credit).aggregate(s=Sum("amount"))["s"] or Decimal(
        0
    )


def picture() -> tuple[object, ...]:
    """Everything a run could change."""
    return (
        sorted(Allocation.objects.values_list("pk", "state", "sent", "arrived", "sent_on", "arrived_on")),
        sorted(Match.objects.values_list("allocation", "transaction", "amount", "how")),
        sorted(Transaction.objects.values_list("pk", "match_state")),
        sorted(Alert.objects.values_list("subject", "level", "amount", "days", "state")),
        LevelChange.objects.count(),
    )


@given(legs=LEGS, moves=MOVES)
@small
def test_what_was_sent_and_arrived_is_what_the_matched_rows_say(legs: list[Leg], moves: list[Moved]) -> None:
    with a_world(legs, moves) as world:
        for leg in world.fresh():
            assert (leg.sent, leg.arrived) == (matched(leg, credit=False), matched(leg, credit=True))
            assert leg.sent <= leg.amount
            assert leg.arrived <= leg.amount
            assert (leg.state == "arrived") == (leg.arrived == leg.amount)


@given(legs=LEGS, moves=MOVES)
@small
def test_a_row_is_matched_whole_and_once_or_not_at_all(legs: list[Leg], moves: list[Moved]) -> None:
    with a_world(legs, moves) as world:
        links = Counter(Match.objects.values_list("transaction", flat=True))
        rows = Transaction.objects.filter(account__in=[world.sender.account, world.receiver.account])
        for row in rows:
            found = Match.objects.filter(transaction=row).first()
            assert links[row.pk] == (row.match_state == "matched_auto")
            assert found is None or found.amount == row.amount


@given(legs=LEGS, moves=MOVES)
@small
def test_the_late_alert_asks_for_exactly_what_is_missing(legs: list[Leg], moves: list[Moved]) -> None:
    with a_world(legs, moves) as world:
        engine.run(as_of=TODAY)
        missing: Counter[str] = Counter()
        for leg in world.fresh():
            if leg.due_on < TODAY and leg.arrived < leg.amount:
                missing[leg.document_key] += leg.amount - leg.arrived  # what left and did not arrive is missing too
        alerts = Alert.objects.filter(type="TRANSFER_LATE", gone_on=None)
        assert {alert.facts["document_key"]: alert.amount for alert in alerts} == missing


@given(legs=LEGS, moves=MOVES)
@small
def test_matching_and_running_again_change_nothing(legs: list[Leg], moves: list[Moved]) -> None:
    with a_world(legs, moves) as world:
        engine.run(as_of=TODAY)
        before = picture()

        assert matching.match_accounts(accounts=[world.sender.account.pk, world.receiver.account.pk]) == set()
        outcome = engine.run(as_of=TODAY)
        assert (outcome.raised, outcome.turned) == ([], [])
        assert picture() == before


@given(legs=LEGS, moves=MOVES)
@small
def test_all_that_is_missing_arrives_and_the_alert_goes(legs: list[Leg], moves: list[Moved]) -> None:
    with a_world(legs, moves) as world:
        engine.run(as_of=TODAY)
        left = [leg for leg in world.fresh() if leg.arrived < leg.amount]
        world.receiver.tells(
            *[gets(world.sender, str(leg.amount - leg.arrived), TODAY, leg.document) for leg in left],
            until=TODAY + timedelta(days=1),
        )

        assert sum(leg.arrived for leg in world.fresh()) == sum(leg.amount for leg in world.legs)
        engine.run(as_of=TODAY + timedelta(days=1))
        assert not Alert.objects.filter(type="TRANSFER_LATE", gone_on=None).exists()
