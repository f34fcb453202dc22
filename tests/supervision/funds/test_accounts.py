"""Registering, linking, suspending, closing accounts; showing a number."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import region_scope
from anzhi.foundation.search.queries import search
from anzhi.supervision.funds.models import Bank, SupervisedAccount
from anzhi.supervision.funds.services import accounts, banks
from anzhi.supervision.funds.states import AccountStatus
from harness.people import actor
from supervision.funds.factories import DAY, account, arrive, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")
MONITOR = actor("fund_monitor")


def test_there_are_thirteen_banks_however_often_they_are_loaded() -> None:
    assert banks.load() == Bank.objects.count() == 13


def test_the_number_is_sealed_found_and_masked() -> None:
    made = account("6228 4800-0000 1234 3071")

    assert made.number_mask == "6228 **** **** **** 3071"
    assert b"3071" not in bytes(made.number_sealed)
    assert SupervisedAccount.objects.get(number_index=made.number_index) == made


def test_a_number_is_unique_in_its_bank_however_written() -> None:
    account("6228480000001111", bank="abc")
    account("6228480000001111", bank="ccb")

    with pytest.raises(ValidationError):
        account("6228 4800 0000 1111", bank="abc")


def test_a_number_of_five_digits_is_none() -> None:
    with pytest.raises(ValidationError):
        account("12345")


def test_only_the_monitor_of_the_area_edits() -> None:
    made = account()

    for who in (actor("finance"), actor("fund_monitor", region="530622")):
        with pytest.raises(Denied):
            accounts.suspend(account=made, by=who, reason="x")
    assert accounts.suspend(account=made, by=MONITOR, reason="停用").status == AccountStatus.SUSPENDED


@pytest.mark.parametrize("turn", [accounts.suspend, accounts.resume])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_taking_out_of_use_and_back_needs_a_reason(turn: Any, reason: str) -> None:
    made = account()
    if turn is accounts.resume:
        accounts.suspend(account=made, by=MONITOR, reason="年检")
    before = made.status
    with pytest.raises(ValidationError, match="请说明理由"):
        turn(account=made, by=MONITOR, reason=reason)
    made.refresh_from_db()
    assert made.status == before


def test_accounts_stand_in_a_tree() -> None:
    top, low = account(region="53"), account()
    accounts.link_upper(account=low, upper=top, by=MONITOR)

    assert list(top.lower_accounts.all()) == [low]
    with pytest.raises(ValidationError):
        accounts.link_upper(account=top, upper=low, by=actor("fund_monitor", region="53"))


def test_an_account_with_money_or_open_rows_stays_open() -> None:
    written = number()
    made = account(written, balance="0.01")
    with pytest.raises(ValidationError):
        accounts.close(account=made, by=MONITOR, on=DAY)

    arrive(statement(written, entry("+1"), entry("-1")))
    made.refresh_from_db()
    assert made.balance == 0
    with pytest.raises(ValidationError):
        accounts.close(account=made, by=MONITOR, on=DAY)


def test_an_empty_account_is_closed() -> None:
    made = accounts.close(account=account(balance="0"), by=MONITOR, on=date(2026, 6, 30))

    assert (made.status, made.closed_on) == (AccountStatus.CLOSED, date(2026, 6, 30))


def test_the_full_number_needs_a_reason_and_the_right() -> None:
    made = account("6228480000001111")

    assert accounts.reveal(account=made, by=MONITOR, reason="电话核对账号") == "6228480000001111"
    with pytest.raises(ValidationError):
        accounts.reveal(account=made, by=MONITOR, reason=" ")
    with pytest.raises(Denied):
        accounts.reveal(account=made, by=actor("finance"), reason="电话核对账号")


def test_mixed_funds_are_said() -> None:
    assert not account().mixed
    both = account()
    both.rivers = ["support", "resettlement"]
    assert both.mixed
    assert len(both.funds) == 2


def test_a_county_sees_its_own_accounts() -> None:
    mine = account()
    account(region="530622")

    with region_scope("532328"):
        assert list(SupervisedAccount.objects.all()) == [mine]


def test_the_balance_is_money() -> None:
    assert account(balance="18462700.05").balance == Decimal("18462700.05")


def test_a_registered_account_is_found_by_name_and_last_digits_in_its_area() -> None:
    made = account("6228480000009876", name="元谋县搬迁安置办公室后期扶持资金专户")

    assert found("9876", "532328") == found("元谋县搬迁", "532328") == [str(made.pk)]
    assert found("9876", "530622") == []


def found(words: str, region: str) -> list[str]:
    with region_scope(region):
        groups = search(words, actor("finance", region=region), only="account")
    return [hit.object_id for group in groups for hit in group.hits]
