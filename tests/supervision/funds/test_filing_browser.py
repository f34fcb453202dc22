"""In Chromium: an account is registered at a desk by one person, and confirmed on a telephone by another."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.supervision.funds.models import SupervisedAccount
from harness.people import PASSWORD, agency_at, user_at
from harness.server import DESK, PHONE, log_in, opened

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NUMBER = "6228480000004471"
WIDE = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture
def two(server: str) -> str:
    """Two monitors of the county's office; its name."""
    with system_scope(), transaction.atomic():
        for name in ("first", "second"):
            user_at(
                "fund_monitor", username=name, password=PASSWORD, name={"first": "杨若岚", "second": "李云山"}[name]
            )
        return agency_at("532328").name


def fill(page: Any, office: str) -> None:
    page.get_by_label("银行", exact=True).select_option("abc")
    page.get_by_label("开户网点").fill("元谋县支行")
    page.get_by_label("账号", exact=True).fill(NUMBER)
    page.get_by_label("户名").fill(f"{office}后期扶持资金专户")
    page.get_by_label("后期扶持资金", exact=True).check()
    page.get_by_label("开户日期").fill(f"{date(2026, 3, 2)}")


def test_two_people_bring_an_account_into_use(two: str, server: str, browser: Any) -> None:
    with opened(browser, server, DESK) as page:
        log_in(page, "first", PASSWORD)
        page.goto("/funds/accounts/")
        page.get_by_role("link", name="登记账户").click()
        fill(page, two)
        page.get_by_label("户名").fill("别的单位后期扶持资金专户")
        page.get_by_role("button", name="提交确认").click()

        page.get_by_text(f"户名须以开户单位名称开头：{two}").first.wait_for()
        assert page.get_by_label("账号", exact=True).input_value() == ""  # typed anew, never echoed
        assert NUMBER not in page.content()
        fill(page, two)
        page.get_by_role("button", name="提交确认").click()
        page.get_by_text("经另一人确认后启用").first.wait_for()
        assert page.get_by_text("您登记的账户须由另一人确认").first.is_visible()
        assert not page.evaluate(WIDE)
        record = page.url

    with opened(browser, server, PHONE) as page:
        log_in(page, "second", PASSWORD)
        page.goto(record)
        assert not page.evaluate(WIDE)
        page.get_by_role("link", name="确认启用").click()
        page.get_by_label("账号", exact=True).fill(NUMBER)
        page.get_by_label("其他登记事项已与开户资料核对无误").check()
        page.get_by_role("button", name="确认启用").click()
        page.get_by_text("账户已启用").first.wait_for()
        assert not page.evaluate(WIDE)

    with system_scope(), transaction.atomic():
        made = SupervisedAccount.objects.get()
        assert (made.status, made.filed_by[:3], made.approved_by[:3]) == ("open", "杨若岚", "李云山")
