"""Whatever files the rows come in and in whatever order: the same money is matched, never more than planned."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anzhi.management.plans.models import Allocation
from anzhi.supervision.funds.models import Match, Transaction
from anzhi.supervision.funds.readers.model import Entry
from anzhi.supervision.funds.services import matching
from harness.acting import acting
from supervision.alerts.factories import DOCUMENT, Office, allocation
from supervision.funds.factories import arrive, entry, statement

pytestmark = pytest.mark.usefixtures("spoken")
ISSUED, END = date(2026, 9, 10), date(2026, 9, 30)
OTHER = "云搬发〔2026〕64号"
AMOUNTS = st.sampled_from(["100000", "50000", "30000", "20000", "1"])
ROWS = st.lists(
    st.tuples(AMOUNTS, st.integers(0, 8), st.sampled_from([DOCUMENT, OTHER, "后扶资金", "利息"])),
    min_size=1,
    max_size=6,
)


class Undone(Exception):
    """Takes an example back."""


def entries(rows: Sequence[tuple[str, int, str]], sender: Office) -> list[Entry]:
    return [
        entry(
            f"+{amount}",
            on=ISSUED + timedelta(days=day),
            text=text,
            counter_account=sender.number,
            counter_name="",
            ref=f"R{at}",
        )
        for at, (amount, day, text) in enumerate(rows)
    ]


def told(office: Office, files: Sequence[Sequence[Entry]]) -> None:
    for at, part in enumerate(files):
        events = statement(office.number, *part, opening="0", from_date=ISSUED, to_date=END)
        arrive(events, note=f"{office.number} {at} {[one.bank_ref for one in part]}")


def outcome() -> tuple[list[tuple[str, Decimal]], set[tuple[str, str]]]:
    """What arrived by allocation, and which row went where, by names that do not depend on the order."""
    links = Match.objects.values_list("transaction__bank_ref", "allocation__number")
    return [(a.state, a.arrived) for a in Allocation.objects.order_by("number")], set(links)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, cuts=st.lists(st.integers(0, 2), min_size=6, max_size=6), data=st.randoms(use_true_random=False))
def test_order_and_splitting_do_not_matter(rows: list, cuts: list[int], data: object) -> None:
    seen = []
    for scattered in (False, True):
        try:
            with transaction.atomic():
                prefecture, county = Office("5323"), Office("532328")
                for amount, document in (("100000", DOCUMENT), ("50000", DOCUMENT), ("70000", OTHER)):
                    leg = allocation(prefecture, county, amount, issued=ISSUED, document=document)
                    with acting():
                        Allocation.objects.filter(pk=leg.pk).update(number=f"{amount} {document}")
                whole = entries(rows, prefecture)
                parts = [[one for one, cut in zip(whole, cuts, strict=False) if cut == at] for at in range(3)]
                if scattered:
                    data.shuffle(parts)  # type: ignore[attr-defined]  # a random.Random
                told(county, [part for part in parts if part] if scattered else [whole])
                seen.append(outcome())
                _never_more_and_never_twice()
                before = outcome()
                with acting():
                    matching.match_accounts(accounts=[county.account.pk])
                assert outcome() == before
                raise Undone
        except Undone:
            pass
    assert seen[0] == seen[1]


def _never_more_and_never_twice() -> None:
    for leg in Allocation.objects.all():
        assert leg.arrived <= leg.amount
    rows = list(Match.objects.values_list("transaction", flat=True))
    assert len(rows) == len(set(rows))
    matched = Transaction.objects.filter(match_state="matched_auto").values_list("pk", flat=True)
    assert set(rows) == set(matched)
    assert not Transaction.objects.filter(text="利息").exclude(match_state="internal").exists()


def test_a_late_row_that_fits_better_takes_its_place() -> None:
    prefecture, county = Office("5323"), Office("532328")
    leg = allocation(prefecture, county, "100000", issued=ISSUED)
    small, whole = entries([("1", 5, DOCUMENT), ("100000", 3, DOCUMENT)], prefecture)
    told(county, [[small]])
    leg.refresh_from_db()
    assert leg.arrived == Decimal(1)
    told(county, [[whole]])
    leg.refresh_from_db()
    assert leg.arrived == Decimal(100000)
    assert Transaction.objects.get(amount=1).match_state == "unmatched"


@pytest.mark.parametrize("text", ["利息", "结息", "2026年三季度结息", "账户管理费", "跨行手续费", "工本费"])
def test_words_of_the_bank_itself_are_internal_even_with_a_document(text: str) -> None:
    county = Office("532328")
    told(county, [entries([("12", 0, f"{text} {DOCUMENT}")], Office("5323"))])
    assert Transaction.objects.get().match_state == "internal"


@pytest.mark.parametrize("text", ["利民水库", "手续齐全拨付", "管理费用补助"])
def test_words_that_only_look_like_it_are_not(text: str) -> None:
    county = Office("532328")
    told(county, [entries([("12", 0, text)], Office("5323"))])
    assert Transaction.objects.get().match_state == "unmatched"


def test_what_was_matched_by_hand_stays() -> None:
    prefecture, county = Office("5323"), Office("532328")
    leg = allocation(prefecture, county, "100000", issued=ISSUED)
    told(county, [entries([("30000", 6, "无文号")], prefecture)])
    row = Transaction.objects.get()
    Match.objects.create(
        region_code=county.account.region_code,
        allocation=leg,
        transaction=row,
        account=county.account,
        amount=row.amount,
        how="hand",
    )
    Transaction.objects.filter(pk=row.pk).update(match_state="matched_manual")
    (whole,) = entries([("100000", 1, DOCUMENT)], prefecture)
    told(county, [[whole]])
    leg.refresh_from_db()
    assert Match.objects.get().how == "hand"
    assert Transaction.objects.get(amount=100000).match_state == "unmatched"
