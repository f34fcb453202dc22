"""Where matching begins and ends: days, fen, documents that look alike, rows that are no money, what a hand did."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from anzhi.management.plans.models import Allocation
from anzhi.management.plans.states import FundType
from anzhi.supervision.funds.models import Match, Transaction
from anzhi.supervision.funds.models.matches import How
from anzhi.supervision.funds.services import matching
from harness.acting import acting
from harness.people import actor
from supervision.alerts.factories import DOCUMENT, Office, allocation, gets, pays
from supervision.funds.factories import entry

pytestmark = pytest.mark.usefixtures("spoken")
ISSUED = date(2026, 9, 10)
START, END = date(2026, 8, 1), date(2026, 12, 31)
AMOUNT = "500000"


@pytest.fixture
def prefecture() -> Office:
    return Office("5323")


@pytest.fixture
def county() -> Office:
    return Office("532328")


def arrived(leg: Allocation) -> Decimal:
    leg.refresh_from_db()
    return leg.arrived


def day(days: int) -> date:
    return ISSUED + timedelta(days=days)


@pytest.mark.parametrize(("days", "matched"), [(-6, False), (-5, True), (-1, True), (5, True), (6, False), (90, False)])
@pytest.mark.parametrize("sent", [True, False], ids=["sent", "received"])
def test_an_amount_alone_matches_five_days_to_either_side(
    prefecture: Office, county: Office, days: int, matched: bool, sent: bool
) -> None:
    leg = allocation(prefecture, county, AMOUNT, issued=ISSUED)
    if sent:
        prefecture.tells(pays(county, AMOUNT, day(days), "后扶资金"), until=END)
    else:
        county.tells(gets(prefecture, AMOUNT, day(days), "后扶资金"), until=END)
    leg.refresh_from_db()

    assert (leg.sent if sent else leg.arrived) == (Decimal(AMOUNT) if matched else 0)


@pytest.mark.parametrize(("days", "matched"), [(-6, False), (-5, True), (0, True), (6, True), (100, True)])
def test_a_document_matches_however_late_but_not_long_before_it_was_issued(
    prefecture: Office, county: Office, days: int, matched: bool
) -> None:
    leg = allocation(prefecture, county, AMOUNT, issued=ISSUED)
    county.tells(gets(prefecture, "1000", day(days), DOCUMENT), until=END)

    assert arrived(leg) == (1000 if matched else 0)


@pytest.mark.parametrize("off", ["499999.99", "500000.01", "0.01", "50000"])
def test_an_amount_alone_must_be_exact_to_the_fen(prefecture: Office, county: Office, off: str) -> None:
    leg = allocation(prefecture, county, AMOUNT, issued=ISSUED)
    county.tells(gets(prefecture, off, ISSUED, "后扶资金"), until=END)

    assert arrived(leg) == 0
    assert Transaction.objects.get().match_state == "unmatched"


@pytest.mark.parametrize(
    ("written", "matched"),
    [
        ("云搬发〔2026〕63号", True),
        ("依据云搬发(2026)第063号拨付", True),
        ("云搬发〔2026〕630号", False),
        ("云搬发〔2026〕6号", False),
        ("云搬发〔2025〕63号", False),
        ("云搬办发〔2026〕63号", False),
        ("63号", False),
        ("", False),
    ],
)
def test_documents_that_look_alike_are_told_apart(
    prefecture: Office, county: Office, written: str, matched: bool
) -> None:
    leg = allocation(prefecture, county, AMOUNT, issued=ISSUED)
    county.tells(gets(prefecture, "1000", ISSUED, written), until=END)

    assert arrived(leg) == (1000 if matched else 0)


def test_the_document_may_stand_in_the_payers_reference(prefecture: Office, county: Office) -> None:
    leg = allocation(prefecture, county, AMOUNT, issued=ISSUED)
    row = gets(prefecture, "1000", ISSUED, "后扶资金")._replace(reference=DOCUMENT)
    county.tells(row, until=END)

    assert arrived(leg) == 1000


def test_the_office_behind_a_row_may_be_known_by_its_name_alone(prefecture: Office, county: Office) -> None:
    leg = allocation(prefecture, county, AMOUNT, issued=ISSUED)
    row = gets(None, AMOUNT, ISSUED, "后扶资金")._replace(counter_name=prefecture.agency.name)
    county.tells(row, until=END)

    assert arrived(leg) == Decimal(AMOUNT)


def test_a_transfer_told_by_both_banks_counts_once_on_each_side(prefecture: Office, county: Office) -> None:
    leg = allocation(prefecture, county, AMOUNT, issued=ISSUED)
    prefecture.tells(pays(county, AMOUNT, ISSUED, DOCUMENT), until=END)
    county.tells(gets(prefecture, AMOUNT, day(1), DOCUMENT), until=END)
    leg.refresh_from_db()

    assert (leg.sent, leg.arrived, leg.state) == (Decimal(AMOUNT), Decimal(AMOUNT), "arrived")
    assert (leg.sent_on, leg.arrived_on) == (ISSUED, day(1))
    assert Match.objects.filter(transaction__credit=True).count() == 1
    assert Match.objects.filter(transaction__credit=False).count() == 1


def test_pending_money_has_not_arrived(prefecture: Office, county: Office) -> None:
    leg = allocation(prefecture, county, AMOUNT, issued=ISSUED)
    row = gets(prefecture, AMOUNT, ISSUED, DOCUMENT)
    county.tells(row._replace(status="PDNG"), until=START)
    assert arrived(leg) == 0

    county.balance = Decimal(0)
    booked = county.tells(row, until=END)
    assert Transaction.objects.get().file == booked
    assert arrived(leg) == Decimal(AMOUNT)


def test_a_cancelled_allocation_takes_no_money(prefecture: Office, county: Office) -> None:
    leg = allocation(prefecture, county, AMOUNT, issued=ISSUED)
    with acting():
        Allocation.objects.filter(pk=leg.pk).update(state="cancelled")
    county.tells(gets(prefecture, AMOUNT, ISSUED, DOCUMENT), until=END)

    assert arrived(leg) == 0
    assert not Match.objects.exists()


@pytest.mark.parametrize(
    ("kind", "river", "matched"),
    [
        (FundType.SUPPORT_DIRECT, ["support"], True),
        (FundType.SUPPORT_PROJECT, ["support"], True),
        (FundType.COMPENSATION, ["support"], False),
        (FundType.RESERVOIR_FUND, ["resettlement"], True),
        (FundType.OTHER, ["resettlement"], True),
        (FundType.SUPPORT_DIRECT, ["resettlement"], False),
        (FundType.SUPPORT_DIRECT, ["resettlement", "support"], True),
    ],
)
def test_money_stays_in_its_river(
    prefecture: Office, county: Office, kind: str, river: list[str], matched: bool
) -> None:
    leg = allocation(prefecture, county, AMOUNT, issued=ISSUED)
    with acting():
        Allocation.objects.filter(pk=leg.pk).update(fund_type=kind)
    county.account.rivers = river
    county.account.save(update_fields=["rivers"])
    county.tells(gets(prefecture, AMOUNT, ISSUED, DOCUMENT), until=END)

    assert (arrived(leg) > 0) is matched


def test_a_row_takes_the_allocation_it_fills_before_an_older_one_with_room(prefecture: Office, county: Office) -> None:
    older = allocation(prefecture, county, "800000", issued=ISSUED, due=day(10))
    exact = allocation(prefecture, county, AMOUNT, issued=ISSUED, due=day(20))
    county.tells(gets(prefecture, AMOUNT, ISSUED, DOCUMENT), until=END)

    assert (arrived(older), arrived(exact)) == (0, Decimal(AMOUNT))


def test_of_equals_the_one_due_first_is_filled_first(prefecture: Office, county: Office) -> None:
    late = allocation(prefecture, county, AMOUNT, issued=ISSUED, due=day(20))
    soon = allocation(prefecture, county, AMOUNT, issued=ISSUED, due=day(10))
    county.tells(gets(prefecture, AMOUNT, ISSUED, DOCUMENT), until=END)

    assert (arrived(soon), arrived(late)) == (Decimal(AMOUNT), 0)


def test_a_row_is_never_split_between_two_allocations(prefecture: Office, county: Office) -> None:
    legs = [allocation(prefecture, county, "300000", issued=ISSUED) for _ in range(2)]
    county.tells(gets(prefecture, "400000", ISSUED, DOCUMENT), until=END)

    assert [arrived(leg) for leg in legs] == [0, 0]
    assert Transaction.objects.get().match_state == "unmatched"


def test_what_a_hand_matched_leaves_less_room(prefecture: Office, county: Office) -> None:
    leg = allocation(prefecture, county, AMOUNT, issued=ISSUED)
    county.tells(gets(None, "400000", ISSUED, "代收"), until=ISSUED)
    row = Transaction.objects.get()
    Match.objects.create(
        region_code=row.region_code,
        account=county.account,
        allocation=leg,
        transaction=row,
        amount=Decimal(400000),
        how=How.HAND,
    )
    county.tells(gets(prefecture, "100000.01", day(1), DOCUMENT), until=day(1))
    assert Transaction.objects.filter(match_state="matched_auto").count() == 0

    county.tells(gets(prefecture, "100000", day(2), DOCUMENT), until=END)
    assert arrived(leg) == Decimal(AMOUNT)


@pytest.mark.parametrize("text", ["结息", "9月利息收入", "网银手续费", "账户管理费", "支票工本费"])
def test_what_the_bank_gives_and_takes_is_internal(county: Office, text: str) -> None:
    county.tells(entry("+12.30", on=ISSUED, text=text), until=END)

    assert Transaction.objects.get().match_state == "internal"


@pytest.mark.parametrize("text", ["利民渠改造", "手工材料费", "管理用房", ""])
def test_words_of_payments_are_not_the_banks(county: Office, text: str) -> None:
    county.tells(entry("-12.30", on=ISSUED, text=text), until=END)

    assert Transaction.objects.get().match_state == "unmatched"


def test_only_who_may_import_matches(county: Office) -> None:
    with pytest.raises(PermissionError):
        matching.match_accounts(accounts=[county.account.pk], by=actor("leader"))
