"""An account's life: filed by one, confirmed by another, changed on record, suspended, closed; each no in words."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.gate import Denied
from anzhi.foundation.access.scope import region_scope
from anzhi.foundation.audit import queries as audit
from anzhi.foundation.parameters import clock
from anzhi.foundation.search.queries import search
from anzhi.supervision.funds import queries
from anzhi.supervision.funds.models import SupervisedAccount
from anzhi.supervision.funds.services import accounts, filing
from anzhi.supervision.funds.states import AccountStatus
from harness.people import actor, agency_at, code12, saved_actor
from supervision.funds.factories import DAY, account, arrive, entry, number, statement

pytestmark = pytest.mark.usefixtures("spoken")
NUMBER = "6228480000004471"
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today() -> Any:
    with translation.override("en"), clock.turned_to(TODAY):
        yield


@pytest.fixture
def filer() -> Actor:
    return saved_actor("fund_monitor")


@pytest.fixture
def second() -> Actor:
    return saved_actor("fund_monitor")


def file(by: Actor, written: str = NUMBER, **more: Any) -> SupervisedAccount:
    office = agency_at("532328")
    return filing.register(
        **{
            "by": by,
            "bank": "abc",
            "number": written,
            "region_code": code12("532328"),
            "rivers": ["support"],
            "name": f"{office.name}后期扶持资金专户",
            "branch": "元谋县支行",
            "agency": office,
            "nature": "special",
            "opened_on": DAY,
        }
        | more
    )


def sentence(act: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as refused:
        act()
    return " ".join(refused.value.messages)


def trail(name: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM audit_event WHERE name = %s ORDER BY id", [name])
        return [json.loads(facts) for (facts,) in cursor.fetchall()]


# ---- filing and confirming


def test_a_filed_account_waits_for_another_person(filer: Actor, second: Actor) -> None:
    made = file(filer)
    assert (made.status, made.filed_on, made.filed_by, made.approved_on) == (
        AccountStatus.FILED,
        TODAY,
        filer.label,
        None,
    )

    filing.confirm(account=made, by=second, number="6228 4800-0000 4471")
    made.refresh_from_db()
    assert (made.status, made.approved_on, made.approved_by) == (AccountStatus.OPEN, TODAY, second.label)
    assert len(trail("fund_account.confirmed")) == 1


def test_nobody_confirms_what_they_filed(filer: Actor) -> None:
    made = file(filer)

    assert str(filing.may_confirm(made, filer).reason) == "Another person must confirm the account you filed."
    with pytest.raises(Denied, match="Another person"):
        filing.confirm(account=made, by=filer, number=NUMBER)
    made.refresh_from_db()
    assert made.status == AccountStatus.FILED


def test_the_database_itself_refuses_one_person_in_both_places(filer: Actor) -> None:
    made = file(filer)
    with pytest.raises(IntegrityError, match="account_confirmed_by_another"), transaction.atomic():
        SupervisedAccount.objects.filter(pk=made.pk).update(
            status="open", approved_on=TODAY, approved_by_id=made.filed_by_id
        )


@pytest.mark.parametrize(
    ("status", "approved_on"), [("filed", TODAY), ("open", None), ("suspended", None)], ids=["filed", "open", "paused"]
)
def test_in_use_and_confirmed_go_together(filer: Actor, status: str, approved_on: date | None) -> None:
    made = file(filer)
    with pytest.raises(IntegrityError, match="account_in_use_is_confirmed"), transaction.atomic():
        SupervisedAccount.objects.filter(pk=made.pk).update(status=status, approved_on=approved_on)


@pytest.mark.parametrize("typed", ["6228480000004472", "4471", "", "6228480000004471x"])
def test_the_second_person_types_the_number_of_the_paper(filer: Actor, second: Actor, typed: str) -> None:
    made = file(filer)

    said = sentence(lambda: filing.confirm(account=made, by=second, number=typed))
    assert said == "This is not the number that was filed. Compare it with the bank's paper."
    assert NUMBER not in said
    assert trail("fund_account.confirmed") == []


@pytest.mark.parametrize("region", ["5323", "53"])
def test_the_office_above_may_confirm(filer: Actor, region: str) -> None:
    above = saved_actor("fund_monitor", region=region)

    assert filing.confirm(account=file(filer), by=above, number=NUMBER).status == AccountStatus.OPEN


@pytest.mark.parametrize(("role", "region"), [("finance", "532328"), ("leader", "53"), ("fund_monitor", "530622")])
def test_others_may_not_confirm(filer: Actor, role: str, region: str) -> None:
    made = file(filer)

    assert not filing.may_confirm(made, saved_actor(role, region=region))
    with pytest.raises(Denied):
        filing.confirm(account=made, by=saved_actor(role, region=region), number=NUMBER)


def test_a_confirmed_account_is_not_confirmed_again(filer: Actor, second: Actor) -> None:
    made = filing.confirm(account=file(filer), by=second, number=NUMBER)
    third = saved_actor("fund_monitor")

    assert sentence(lambda: filing.confirm(account=made, by=third, number=NUMBER)) == (
        "This account has been confirmed already."
    )


def test_of_two_who_confirm_at_once_one_has_done_it(filer: Actor, second: Actor) -> None:
    file(filer)
    mine, theirs = SupervisedAccount.objects.get(), SupervisedAccount.objects.get()  # both have the page open
    filing.confirm(account=mine, by=second, number=NUMBER)

    third = saved_actor("fund_monitor")
    assert "confirmed already" in sentence(lambda: filing.confirm(account=theirs, by=third, number=NUMBER))
    assert SupervisedAccount.objects.get().approved_by_id == second.id
    assert len(trail("fund_account.confirmed")) == 1


def test_only_the_system_takes_over_what_was_confirmed_on_paper(filer: Actor) -> None:
    with pytest.raises(Denied):
        file(filer, approved_on=DAY)
    assert not SupervisedAccount.objects.exists()
    assert file(SYSTEM, approved_on=DAY).status == AccountStatus.OPEN


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"written": "12345678"}, "An account number has 9 to 30 digits."),
        ({"written": "1" * 31}, "An account number has 9 to 30 digits."),
        ({"rivers": []}, "Name at least one type of fund."),
        ({"opened_on": TODAY + timedelta(days=1)}, "The account cannot have been opened after today."),
    ],
)
def test_what_cannot_be_filed(filer: Actor, change: dict[str, Any], said: str) -> None:
    assert sentence(lambda: file(filer, **change)) == said
    assert not SupervisedAccount.objects.exists()


@pytest.mark.parametrize("digits", [9, 30])
def test_the_shortest_and_the_longest_number(filer: Actor, digits: int) -> None:
    assert file(filer, "1" * digits).pk


def test_a_filing_is_taken_back_and_the_number_is_free_again(filer: Actor, second: Actor) -> None:
    filing.withdraw(account=file(filer), by=second, reason="账号抄错")

    assert not SupervisedAccount.objects.exists()
    (told,) = trail("fund_account.withdrawn")
    assert (told["reason"], told["account"]) == ("账号抄错", "6228 **** **** 4471")
    assert search("4471", filer, only="account") == []
    assert file(filer).pk


def test_what_is_in_use_is_not_taken_back(filer: Actor, second: Actor) -> None:
    made = filing.confirm(account=file(filer), by=second, number=NUMBER)

    assert "confirmed already" in sentence(lambda: filing.withdraw(account=made, by=filer, reason="不要了"))


def test_what_others_hang_on_is_not_taken_back(filer: Actor) -> None:
    made = file(filer)
    account(upper=made)

    assert "names this account" in sentence(lambda: filing.withdraw(account=made, by=filer, reason="账号抄错"))
    assert SupervisedAccount.objects.filter(pk=made.pk).exists()
    assert trail("fund_account.withdrawn") == []


# ---- statements and figures of an account that waits


def test_statements_wait_for_the_confirmation(filer: Actor, second: Actor) -> None:
    made = file(filer)
    refused = arrive(statement(NUMBER, entry("+1", ref="a")))
    assert (refused.state, refused.errors[0]["code"]) == ("refused", "account.unconfirmed")
    assert NUMBER not in json.dumps(refused.errors)

    filing.confirm(account=made, by=second, number=NUMBER)
    assert arrive(statement(NUMBER, entry("+1", ref="a")), note="again").added == 1


def test_an_account_that_waits_is_neither_counted_nor_called_silent(filer: Actor) -> None:
    made, used = file(filer), account(covered_until=TODAY)

    with region_scope("532328") as scope:
        assert list(queries.accounts_in_use(scope)) == [used]
        assert made in queries.accounts(scope)
        assert not queries.accounts(scope).filter(queries.stale(TODAY)).exists()
        assert list(queries.accounts(scope).filter(queries.heard(TODAY))) == [used]


# ---- changing


def test_a_change_keeps_what_was_and_what_is(filer: Actor) -> None:
    made = account(branch="元谋县支行")
    facts = {"branch": "元谋县龙川街支行", "cnaps": "103653205018", "name": made.name}

    accounts.change(account=made, by=filer, reason="网点更名", facts=facts)
    made.refresh_from_db()
    assert (made.branch, made.cnaps) == ("元谋县龙川街支行", "103653205018")
    (told,) = trail("fund_account.changed")
    assert told["changed"] == {"branch": ["元谋县支行", "元谋县龙川街支行"], "cnaps": ["", "103653205018"]}


def test_the_history_tells_a_change_in_words(filer: Actor) -> None:
    made = account()
    facts = {"rivers": ["resettlement"], "link": "api", "authorised_until": date(2027, 6, 30)}
    accounts.change(account=made, by=filer, reason="开通直连", facts=facts)

    with translation.override("zh-hans"):
        title = audit.history(made)[0].title
    for words in ("后期扶持资金 → 征地补偿和移民安置资金", "2027-06-30", "开通直连", "数据来路"):
        assert words in title, (words, title)


@pytest.mark.parametrize(
    ("facts", "said"),
    [({}, "Nothing was changed."), ({"rivers": []}, "Name at least one type of fund."), ({"bank": "ccb"}, "Nothing")],
)
def test_what_is_no_change_leaves_no_event(filer: Actor, facts: dict[str, Any], said: str) -> None:
    made = account()

    assert said in sentence(lambda: accounts.change(account=made, by=filer, reason="更正", facts=facts))
    assert trail("fund_account.changed") == []


def test_whoever_changes_a_filing_has_filed_it(filer: Actor, second: Actor) -> None:
    made = file(filer)
    accounts.change(account=made, by=second, reason="户名更正", facts={"branch": "别的支行"})

    assert not filing.may_confirm(made, second)
    assert filing.may_confirm(made, filer)


def test_a_change_of_an_account_in_use_leaves_who_filed_it(filer: Actor) -> None:
    made = account()
    accounts.change(account=made, by=filer, reason="户名更正", facts={"branch": "别的支行"})
    made.refresh_from_db()

    assert (made.filed_by, made.filed_by_id) == (SYSTEM.label, None)


def test_the_new_name_is_found(filer: Actor) -> None:
    made = account()
    accounts.change(account=made, by=filer, reason="更名", facts={"name": f"{made.agency.name}库区基金专户"})

    with region_scope("532328"):
        (group,) = search("库区基金", filer, only="account")
    assert [hit.object_id for hit in group.hits] == [str(made.pk)]


# ---- suspending and closing


def test_a_pause_and_its_end(filer: Actor) -> None:
    made = accounts.suspend(account=account(), by=filer, reason="年检")
    assert "Only an account in use" in sentence(lambda: accounts.suspend(account=made, by=filer, reason="年检"))

    assert accounts.resume(account=made, by=filer, reason="年检完毕").status == AccountStatus.OPEN
    assert "Only a suspended" in sentence(lambda: accounts.resume(account=made, by=filer, reason="年检完毕"))
    assert [facts["reason"] for facts in trail("fund_account.resumed")] == ["年检完毕"]


def test_what_waits_is_neither_paused_nor_closed(filer: Actor) -> None:
    made = file(filer)

    assert "Only an account in use" in sentence(lambda: accounts.suspend(account=made, by=filer, reason="年检"))
    assert "Take the filing back" in sentence(lambda: accounts.close(account=made, by=filer, on=TODAY))


@pytest.mark.parametrize(("days", "closes"), [(0, True), (1, False)])
def test_an_account_is_closed_today_or_before(filer: Actor, days: int, closes: bool) -> None:
    made = account(balance="0")
    day = TODAY + timedelta(days=days)
    if closes:
        assert accounts.close(account=made, by=filer, on=day).closed_on == day
    else:
        assert sentence(lambda: accounts.close(account=made, by=filer, on=day)) == (
            "The day of closing lies in the future."
        )


@pytest.mark.parametrize(
    "act",
    [
        lambda made, by: accounts.change(account=made, by=by, reason="更正", facts={"branch": "x"}),
        lambda made, by: accounts.suspend(account=made, by=by, reason="更正"),
        lambda made, by: accounts.resume(account=made, by=by, reason="更正"),
        lambda made, by: accounts.close(account=made, by=by, on=DAY),
        lambda made, by: filing.confirm(account=made, by=by, number=number()),
        lambda made, by: filing.withdraw(account=made, by=by, reason="更正"),
    ],
    ids=["change", "suspend", "resume", "close", "confirm", "withdraw"],
)
def test_no_verb_moves_a_closed_account_or_one_elsewhere(filer: Actor, act: Callable[..., object]) -> None:
    shut = accounts.close(account=account(balance="0"), by=filer, on=DAY)
    with pytest.raises(ValidationError):
        act(shut, filer)
    for who in (actor("fund_monitor", region="530622"), actor("finance"), actor("officer")):
        with pytest.raises(Denied):
            act(account(), who)
    shut.refresh_from_db()
    assert (shut.status, shut.closed_on) == (AccountStatus.CLOSED, DAY)
