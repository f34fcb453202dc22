"""What an account may not do, each refusal in words: filing, linking, suspending, closing, being looked at."""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import translation

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import Denied
from anzhi.supervision.funds.models import SupervisedAccount
from anzhi.supervision.funds.services import accounts, filing
from anzhi.supervision.funds.states import AccountStatus
from harness.people import actor, code12
from supervision.funds.factories import DAY, account, arrive, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")
MONITOR = actor("fund_monitor")


@pytest.fixture(autouse=True)
def english() -> None:
    with translation.override("en"):
        yield


def sentence(act: Callable[[], object]) -> str:
    """What the refusal says; the act must be refused."""
    with pytest.raises(ValidationError) as refused:
        act()
    return " ".join(refused.value.messages)


def trail(name: str) -> list[dict]:
    """The facts of the events of a name, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM audit_event WHERE name = %s ORDER BY id", [name])
        return [json.loads(facts) for (facts,) in cursor.fetchall()]


def test_an_account_without_a_type_of_fund_is_not_filed() -> None:
    assert sentence(lambda: file(MONITOR, number(), rivers=[])) == "Name at least one type of fund."
    assert not SupervisedAccount.objects.exists()


def test_the_second_account_of_a_number_is_told_from_other_faults() -> None:
    account("6228480000001111")
    assert sentence(lambda: account("6228480000001111")) == "This bank already has an account with this number."


def test_the_number_is_taken_also_where_it_lies_in_another_county() -> None:
    account("6228480000001111", region="530622")
    assert "already has" in sentence(lambda: account("6228480000001111"))


@pytest.mark.parametrize("written", ["", "12345678", "  -- ", "账号", "１２３４５６７８", "1" * 31])
def test_what_is_no_number_is_refused(written: str) -> None:
    assert sentence(lambda: file(MONITOR, written)) == "An account number has 9 to 30 digits."


def file(by: Actor, written: str, region: str = "532328", rivers: Sequence[str] = ("support",)) -> SupervisedAccount:
    facts = {"name": "x", "branch": "x", "agency_id": 1, "nature": "special", "opened_on": DAY}
    return filing.register(by=by, bank="abc", number=written, region_code=code12(region), rivers=rivers, **facts)


@pytest.mark.parametrize("role", ["finance", "officer"])
def test_only_monitors_file_accounts(role: str) -> None:
    with pytest.raises(Denied):
        file(actor(role), number())


@pytest.mark.parametrize("region", ["530622", "5323", "53"])
def test_a_county_files_for_itself_alone(region: str) -> None:
    with pytest.raises(Denied):
        file(MONITOR, number(), region)


def test_a_long_circle_is_refused_and_nothing_is_changed() -> None:
    top, middle, low = account(region="53"), account(region="5323"), account()
    province = actor("fund_monitor", region="53")
    accounts.link_upper(account=middle, upper=top, by=province)
    accounts.link_upper(account=low, upper=middle, by=province)

    assert sentence(lambda: accounts.link_upper(account=top, upper=low, by=province)) == (
        "An account cannot stand above itself."
    )
    top.refresh_from_db()
    assert top.upper is None
    assert len(trail("fund_account.linked")) == 2


def test_a_link_can_be_taken_back() -> None:
    top, low = account(region="53"), account()
    accounts.link_upper(account=low, upper=top, by=MONITOR)
    accounts.link_upper(account=low, upper=None, by=MONITOR)

    assert list(top.lower_accounts.all()) == []
    assert [facts["upper"] for facts in trail("fund_account.linked")] == [str(top), ""]


def test_an_account_is_not_its_own_upper() -> None:
    mine = account()
    assert "above itself" in sentence(lambda: accounts.link_upper(account=mine, upper=mine, by=MONITOR))


def test_closing_needs_a_known_balance() -> None:
    mine = account()
    assert sentence(lambda: accounts.close(account=mine, by=MONITOR, on=DAY)) == (
        "The balance is not known. Bring in a statement first."
    )


@pytest.mark.parametrize("balance", ["0.01", "-0.01", "300000000"])
def test_closing_names_the_balance_left(balance: str) -> None:
    mine = account(balance=balance)
    assert balance in sentence(lambda: accounts.close(account=mine, by=MONITOR, on=DAY))


def test_closing_before_opening_is_refused() -> None:
    mine = account(balance="0", opened_on=DAY)
    before = DAY - timedelta(days=1)
    assert "before the day it was opened" in sentence(lambda: accounts.close(account=mine, by=MONITOR, on=before))
    assert accounts.close(account=mine, by=MONITOR, on=DAY).closed_on == DAY


def test_rows_without_an_explanation_keep_an_account_open() -> None:
    written = number()
    mine = account(written)
    arrive(statement(written, entry("+1", ref="a"), entry("-1", ref="b")))
    mine.refresh_from_db()
    assert sentence(lambda: accounts.close(account=mine, by=MONITOR, on=DAY)) == (
        "Some rows of this account are not matched yet."
    )
    mine.transactions.update(match_state="internal")
    assert accounts.close(account=mine, by=MONITOR, on=DAY).status == AccountStatus.CLOSED


@pytest.mark.parametrize(
    "act",
    [
        lambda mine: accounts.close(account=mine, by=MONITOR, on=date(2026, 6, 30)),
        lambda mine: accounts.suspend(account=mine, by=MONITOR, reason="年检"),
    ],
)
def test_a_closed_account_stays_as_it_was_closed(act: Callable[[SupervisedAccount], object]) -> None:
    mine = accounts.close(account=account(balance="0"), by=MONITOR, on=DAY)

    assert sentence(lambda: act(mine)) == "This account was closed on 2026-03-02."
    mine.refresh_from_db()
    assert (mine.status, mine.closed_on) == (AccountStatus.CLOSED, DAY)


def test_a_suspended_account_can_be_closed_and_still_takes_statements() -> None:
    written = number()
    mine = accounts.suspend(account=account(written), by=MONITOR, reason="年检")
    assert arrive(statement(written, entry("+1", ref="a"), entry("-1", ref="b"))).added == 2
    mine.refresh_from_db()
    mine.transactions.update(match_state="internal")
    assert accounts.close(account=mine, by=MONITOR, on=DAY).status == AccountStatus.CLOSED


def test_the_trail_keeps_reasons_and_never_the_number() -> None:
    mine = account("6228480000003071", balance="0")
    accounts.suspend(account=mine, by=MONITOR, reason="年检")
    accounts.reveal(account=mine, by=MONITOR, reason="  电话核对账号  ")
    accounts.close(account=mine, by=MONITOR, on=DAY)

    assert trail("fund_account.suspended") == [{"reason": "年检"}]
    assert trail("fund_account.revealed") == [{"reason": "电话核对账号"}]
    assert trail("fund_account.closed") == [{"day": "2026-03-02"}]
    assert "6228480000003071" not in str(trail("fund_account.registered"))


@pytest.mark.parametrize("reason", ["", "   ", "核对", " 核对账 "])
def test_a_reason_of_less_than_four_characters_shows_nothing(reason: str) -> None:
    mine = account()
    assert sentence(lambda: accounts.reveal(account=mine, by=MONITOR, reason=reason)) == (
        "Say why you need the full number."
    )
    assert trail("fund_account.revealed") == []


def test_nobody_looks_at_a_number_of_another_area() -> None:
    with pytest.raises(Denied):
        accounts.reveal(account=account(region="530622"), by=MONITOR, reason="电话核对账号")
    assert trail("fund_account.revealed") == []
