"""Dates, ages, amounts and masks as people read them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import translation

from anzhi.foundation.web import words
from anzhi.foundation.web.templatetags import anzhi as tags

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fixed() -> Any:
    """23 November 2026, in Chinese."""
    with time_machine.travel(NOW, tick=False), translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (0, "刚刚"),
        (59, "刚刚"),
        (60, "1 分钟前"),
        (3599, "59 分钟前"),
        (3600, "1 小时前"),
        (86399, "23 小时前"),
        (86400, "已 1 天"),
        (3715200, "已 43 天"),
    ],
)
def test_age(passed: int, said: str) -> None:
    assert words.age(NOW - timedelta(seconds=passed)) == said


def test_days() -> None:
    assert words.prose_day(date(2026, 11, 3)) == "11月3日"
    assert words.prose_day(date(2025, 1, 3)) == "2025年1月3日"
    assert words.table_day(datetime(2026, 11, 22, 17, tzinfo=UTC)) == "11-23"
    assert tags.ymd(date(2026, 11, 3)) == "2026-11-03"
    with translation.override("en"):
        assert words.prose_day(date(2026, 11, 3)) == "11/3"


def test_money() -> None:
    assert tags.money(Decimal("-412380")) == "−412,380.00"
    assert tags.signed(Decimal("5400000")) == "+5,400,000.00"
    assert tags.wan(Decimal("300000000")) == "30,000.00"
    assert tags.money(None) == tags.wan(None) == tags.signed(None) == tags.figure(None) == tags.md(None) == "—"
    assert tags.in_words(Decimal("4120000")) == "肆佰壹拾贰万元整"
    assert str(tags.short_money(Decimal("300000000"))) == (
        '<span class="az-money" title="300,000,000.00">3.00<small>亿元</small></span>'
    )
    assert words.short_money(Decimal("4120000")) == ("412.00", "万元")
    assert words.short_money(Decimal("9999.99")) == ("9,999.99", "元")


def test_an_account_number_shows_its_ends() -> None:
    assert tags.mask_account("6228480012343071") == "6228 **** **** 3071"


@pytest.mark.parametrize(
    ("label", "said"), [("system", "系统"), ("杨若岚", "杨若岚"), ("", ""), ("systems", "systems")]
)
def test_the_system_is_called_by_its_own_word(label: str, said: str) -> None:
    assert words.person(label) == tags.person(label) == said
