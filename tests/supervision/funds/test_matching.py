"""Bank rows find the allocations they carry out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from anzhi.management.plans.models import Allocation
from anzhi.supervision.funds.models import Match, Transaction
from anzhi.supervision.funds.services import matching
from harness.acting import acting
from supervision.alerts.factories import DOCUMENT, Office, allocation, gets, pays, spends
from supervision.funds.factories import entry

pytestmark = pytest.mark.usefixtures("spoken")
ISSUED = date(2026, 9, 10)
END = date(2026, 9, 30)


@pytest.fixture
def prefecture() -> Office:
    return Office("5323")


@pytest.fixture
def county() -> Office:
    return Office("532328")


def state(allocation: Allocation) -> tuple[str, Decimal, Decimal]:
    allocation.refresh_from_db()
    return allocation.state, allocation.sent, allocation.arrived


@pytest.mark.parametrize("written", [DOCUMENT, "云搬发[2026]063号", "拨付 云搬发（2026）63号 后扶资金"])
def test_by_document_number_however_the_bank_wrote_it(prefecture: Office, county: Office, written: str) -> None:
    leg = allocation(prefecture, county, "500000", issued=ISSUED)
    prefecture.tells(pays(county, "500000", ISSUED + timedelta(days=12), written), until=END)
    assert state(leg) == ("sent", Decimal("500000.00"), Decimal("0.00"))
    county.tells(gets(prefecture, "500000", ISSUED + timedelta(days=13), written), until=END)
    assert state(leg) == ("arrived", Decimal("500000.00"), Decimal("500000.00"))
    assert leg.arrived_on == ISSUED + timedelta(days=13)
    assert set(Transaction.objects.values_list("match_state", flat=True)) == {"matched_auto"}
    assert set(Match.objects.values_list("how", flat=True)) == {"document"}


def test_instalments_add_up(prefecture: Office, county: Office) -> None:
    leg = allocation(prefecture, county, "500000", issued=ISSUED)
    parts = [gets(prefecture, amount, ISSUED, DOCUMENT) for amount in ("100000", "150000", "250000")]
    county.tells(*parts[:2], until=ISSUED)
    assert state(leg)[0] == "part_arrived"
    county.tells(parts[2], until=END)
    assert state(leg)[0] == "arrived"


def test_no_more_is_matched_than_was_allocated(prefecture: Office, county: Office) -> None:
    leg = allocation(prefecture, county, "500000", issued=ISSUED)
    county.tells(gets(prefecture, "500000", ISSUED, DOCUMENT), gets(prefecture, "1", ISSUED, DOCUMENT), until=END)
    assert state(leg)[2] == Decimal("500000.00")
    assert Transaction.objects.filter(match_state="unmatched").get().amount == Decimal("1.00")


@pytest.mark.parametrize(("days", "matched"), [(0, True), (5, True), (6, False)])
def test_by_exact_amount_between_the_two_accounts_within_five_days(
    prefecture: Office, county: Office, days: int, matched: bool
) -> None:
    leg = allocation(prefecture, county, "500000", issued=ISSUED)
    county.tells(gets(prefecture, "500000", ISSUED + timedelta(days=days), "后扶资金"), until=END)
    assert (state(leg)[0] == "arrived") is matched


def test_an_amount_one_fen_off_is_not_matched(prefecture: Office, county: Office) -> None:
    leg = allocation(prefecture, county, "500000", issued=ISSUED)
    county.tells(gets(prefecture, "500000.01", ISSUED, "后扶资金"), until=END)
    assert state(leg)[0] == "approved"


def test_another_sender_is_not_matched_by_amount(prefecture: Office, county: Office) -> None:
    leg = allocation(prefecture, county, "500000", issued=ISSUED)
    county.tells(gets(Office("530622"), "500000", ISSUED, "后扶资金"), until=END)
    assert state(leg)[0] == "approved"


def test_one_document_to_two_counties_goes_to_each(prefecture: Office, county: Office) -> None:
    other = Office("532301")
    legs = [allocation(prefecture, to, "300000", issued=ISSUED) for to in (county, other)]
    prefecture.tells(pays(other, "300000", ISSUED, DOCUMENT), until=END)
    assert [state(leg)[0] for leg in legs] == ["approved", "sent"]


def test_an_unknown_counter_account_matches_only_the_exact_amount(prefecture: Office, county: Office) -> None:
    leg = allocation(prefecture, county, "300000", issued=ISSUED)
    county.tells(gets(None, "100000", ISSUED, DOCUMENT), until=ISSUED)
    assert state(leg)[0] == "approved"
    county.tells(gets(None, "300000", ISSUED, DOCUMENT), until=END)
    assert state(leg)[0] == "arrived"


def test_interest_and_fees_are_internal(county: Office) -> None:
    rows = [entry("+12.30", text="结息", ref="I"), entry("-5", text="账户管理费", ref="F")]
    county.tells(*rows, until=date(2026, 3, 31))
    assert set(Transaction.objects.values_list("match_state", flat=True)) == {"internal"}


def test_allocations_that_come_after_their_money_find_it(prefecture: Office, county: Office) -> None:
    county.tells(gets(prefecture, "500000", ISSUED, DOCUMENT), spends("3", ISSUED), until=END)
    leg = allocation(prefecture, county, "500000", issued=ISSUED)
    with acting():
        assert matching.match_accounts(accounts=[county.account.pk]) == {leg.pk}
    assert state(leg)[0] == "arrived"
    with acting():
        assert matching.match_accounts(accounts=[county.account.pk]) == set()


def test_money_of_another_river_is_not_matched(prefecture: Office) -> None:
    county = Office("532328", river="resettlement")
    leg = allocation(prefecture, county, "500000", issued=ISSUED)
    county.tells(gets(prefecture, "500000", ISSUED, DOCUMENT), until=END)
    assert state(leg)[0] == "approved"
