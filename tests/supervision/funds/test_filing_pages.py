"""Pages of an account's life: what the form asks, what it never repeats, who sees which button."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from anzhi.foundation.parameters import clock
from anzhi.supervision.funds.models import SupervisedAccount
from anzhi.supervision.funds.services import filing
from harness.people import agency_at, client_for, client_of, saved_actor, user_at
from supervision.funds.factories import DAY, account

pytestmark = pytest.mark.usefixtures("system")
NUMBER = "6228480000004471"
NEW = "/funds/accounts/register/"
VERBS = ("confirm", "withdraw", "change", "suspend", "resume", "close")


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.turned_to(date(2026, 11, 22)):
        yield


def body(response: Any, status: int = 200) -> str:
    assert response.status_code == status, response.status_code
    return response.content.decode()


def papers(**more: Any) -> dict[str, Any]:
    office = agency_at("532328")
    return {
        "bank": "abc",
        "branch": "元谋县支行",
        "cnaps": "103653205018",
        "number": NUMBER,
        "agency": str(office.pk),
        "name": f"{office.name}后期扶持资金专户",
        "nature": "special",
        "rivers": ["support"],
        "opened_on": "2026-03-02",
        "link": "file",
        "authorised_until": "2027-12-31",
    } | more


def page(made: SupervisedAccount, name: str) -> str:
    return reverse(f"funds:account_{name}", args=[made.pk])


def waiting() -> SupervisedAccount:
    by = saved_actor("fund_monitor")
    office = agency_at("532328")
    facts = {"name": f"{office.name}专户", "branch": "元谋县支行", "nature": "special", "opened_on": DAY}
    return filing.register(
        by=by, bank="abc", number=NUMBER, region_code=office.region_code, rivers=["support"], agency=office, **facts
    )


def test_registering_leads_to_the_record_of_a_filed_account() -> None:
    text = body(client_for("fund_monitor").post(NEW, papers(), follow=True))

    made = SupervisedAccount.objects.get()
    assert (made.status, made.region_code, made.cnaps, made.opened_on) == (
        "filed",
        "532328000000",
        "103653205018",
        date(2026, 3, 2),
    )
    for told in ("6228 **** **** 4471", "103653205018", "2027-12-31", "待确认", "经第二人确认之前"):
        assert told in text, told
    assert NUMBER not in text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("bank", "", "必填"),
        ("bank", "nobank", "有效"),
        ("branch", "", "必填"),
        ("cnaps", "12345", "12 位"),
        ("cnaps", "10365320501x", "12 位"),
        ("number", "", "必填"),
        ("number", "1234", "9 至 30 位"),
        ("agency", "", "必填"),
        ("agency", "999999", "有效"),
        ("name", "别的单位后期扶持资金专户", "户名须以开户单位名称开头"),
        ("rivers", [], "必填"),
        ("nature", "gift", "有效"),
        ("opened_on", "2026-02-30", "日期"),
        ("opened_on", "2026-11-23", "不能晚于今天"),
        ("link", "post", "有效"),
        ("authorised_until", "明年", "日期"),
    ],
)
def test_each_field_is_refused_in_words_and_the_number_never_comes_back(field: str, value: Any, words: str) -> None:
    text = body(client_for("fund_monitor").post(NEW, papers(**{field: value})), 422)

    assert words in text
    assert NUMBER not in text
    assert not SupervisedAccount.objects.exists()


def test_the_rest_of_what_was_typed_is_kept() -> None:
    text = body(client_for("fund_monitor").post(NEW, papers(cnaps="1")), 422)

    assert "元谋县支行" in text
    assert "2026-03-02" in text


def test_a_number_that_is_taken_is_said_also_where_one_cannot_see_it() -> None:
    account(NUMBER, region="530622")
    text = body(client_for("fund_monitor").post(NEW, papers()), 422)

    assert "已有" in text
    assert "530622" not in text


@pytest.mark.parametrize(("region", "offices"), [("532328", 1), ("53", 2)])
def test_offices_to_choose_from_are_those_of_the_area(region: str, offices: int) -> None:
    for where in ("532328", "530622"):
        agency_at(where)
    text = body(client_for("fund_monitor", region=region).get(NEW))
    chosen = text.split('name="agency"')[1].split("</select>")[0]

    assert agency_at("532328").name in chosen
    assert (agency_at("530622").name in chosen) is (offices == 2)


def test_an_account_above_is_offered_where_it_is_seen() -> None:
    top = account(region="5323", name="州办归集户")
    assert "州办归集户" not in body(client_for("fund_monitor").get(NEW))

    client = client_for("fund_monitor", region="5323")
    assert "州办归集户" in body(client.get(NEW))
    client.post(NEW, papers(upper=str(top.pk)))
    assert SupervisedAccount.objects.get(status="filed").upper == top


@pytest.mark.parametrize("role", ["finance", "leader", "officer", "auditor_ro"])
def test_other_roles_have_neither_page_nor_button(role: str) -> None:
    made, client = account(), client_for(role)

    assert client.get(NEW).status_code == 403
    assert client.post(NEW, papers()).status_code == 403
    for verb in VERBS:
        assert client.get(page(made, verb)).status_code == 403, verb
    if role != "officer":
        text = body(client.get(page(made, "record")))
        assert not any(page(made, verb) in text for verb in VERBS)


@pytest.mark.parametrize("verb", ["record", *VERBS])
def test_another_county_finds_no_page(verb: str) -> None:
    assert client_for("fund_monitor", region="530622").get(page(account(), verb)).status_code == 404


@pytest.mark.parametrize(
    ("status", "buttons"),
    [
        ("filed", {"confirm", "change", "withdraw"}),
        ("open", {"change", "suspend", "close"}),
        ("suspended", {"resume", "change", "close"}),
        ("closed", set()),
    ],
)
def test_the_record_offers_what_the_state_allows(status: str, buttons: set[str]) -> None:
    made = waiting() if status == "filed" else account()
    closed = {"closed_on": DAY} if status == "closed" else {}
    SupervisedAccount.objects.filter(pk=made.pk).update(status=status, **closed)
    text = body(client_for("fund_monitor").get(page(made, "record")))

    assert {verb for verb in VERBS if f'"{page(made, verb)}"' in text} == buttons


def test_who_filed_it_sees_why_the_button_is_grey() -> None:
    user = user_at("fund_monitor", name="李云山")
    client = client_of(user)
    client.post(NEW, papers())
    made = SupervisedAccount.objects.get()
    text = body(client.get(page(made, "record")))

    assert "您登记的账户须由另一人确认" in text
    assert f'href="{page(made, "confirm")}"' not in text
    assert client.post(page(made, "confirm"), {"number": NUMBER, "seen": "on"}).status_code == 403
    assert f'href="{page(made, "confirm")}"' in body(client_for("fund_monitor").get(page(made, "record")))


def test_confirming_by_page() -> None:
    made, client = waiting(), client_for("fund_monitor")

    unseen = body(client.post(page(made, "confirm"), {"number": NUMBER}), 422)
    wrong = body(client.post(page(made, "confirm"), {"number": "6228480000004472", "seen": "on"}), 422)
    assert "必填" in unseen
    assert "与登记的账号不一致" in wrong
    assert not re.search("622848000000447[12]", unseen + wrong)
    assert "账户已启用" in body(client.post(page(made, "confirm"), {"number": NUMBER, "seen": "on"}, follow=True))


def test_withdrawing_takes_a_reason_and_leads_to_the_list() -> None:
    made, client = waiting(), client_for("fund_monitor")

    assert client.post(page(made, "withdraw"), {"reason": "错"}).status_code == 422
    answer = client.post(page(made, "withdraw"), {"reason": "账号抄错"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("funds:accounts")
    assert not SupervisedAccount.objects.exists()


def test_the_form_of_a_change_holds_what_is_known_and_asks_why() -> None:
    office = agency_at("532328")
    made = account(name=f"{office.name}专户", branch="龙川街支行", authorised_until=date(2027, 6, 30))
    client = client_for("fund_monitor")
    text = body(client.get(page(made, "change")))
    assert "龙川街支行" in text and "2027-06-30" in text and 'name="number"' not in text

    facts = {"name": made.name, "branch": "新支行", "nature": "special", "rivers": ["support"], "link": "file"}
    assert client.post(page(made, "change"), facts).status_code == 422
    text = body(client.post(page(made, "change"), facts | {"reason": "网点迁址"}, follow=True))
    assert "龙川街支行 → 新支行" in text and "网点迁址" in text and "2027-06-30 → —" in text


def test_closing_by_page_says_what_is_left() -> None:
    made, client = account(balance="20.01"), client_for("fund_monitor")

    assert "20.01" in body(client.post(page(made, "close"), {"on": "2026-11-22"}), 422)
    SupervisedAccount.objects.update(balance=0)
    assert "账户已销户" in body(client.post(page(made, "close"), {"on": "2026-11-22"}, follow=True))
    assert "2026-11-22" in body(client.get(page(made, "record")))


def test_a_pause_by_page() -> None:
    made, client = account(), client_for("fund_monitor")

    for verb, state in (("suspend", "暂停使用"), ("resume", "已启用")):
        text = body(client.post(page(made, verb), {"reason": "银行年检停用"}, follow=True))
        assert state in text
        assert "银行年检停用" in text


def test_looking_writes_nothing_and_the_list_leads_there() -> None:
    made, client = account(), client_for("fund_monitor")

    text = body(client.get(reverse("funds:account", args=[made.pk])))
    assert page(made, "record") in text
    assert NEW in body(client.get("/funds/accounts/"))
    assert NEW not in body(client_for("finance").get("/funds/accounts/"))


def test_an_account_taken_over_was_filed_by_the_system_in_the_readers_words() -> None:
    text = body(client_for("finance").get(page(account(), "record")))
    filed = text.split("登记日期")[1].split("</dd>")[0]

    assert "系统" in filed
    assert "system" not in filed


def test_accounts_below_stand_in_the_record_as_far_as_they_are_seen() -> None:
    top = account(region="53", name="省办归集户")
    low = account(region="5323", name="州办专户", upper=top)
    text = body(client_for("fund_monitor", region="53").get(page(top, "record")))

    assert "州办专户" in text
    assert low.number_mask in text
