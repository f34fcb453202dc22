"""Filters: read from the address, said as a sentence, dropped one by one, never a wrong row."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Q
from django.http import QueryDict
from django.utils import translation

from anzhi.foundation.access.scope import region_scope
from anzhi.foundation.accounts.models import User
from anzhi.foundation.regions.models import Boundary, Level, Region
from anzhi.foundation.web import address
from anzhi.foundation.web.filters import AmountRange, Ask, Choice, DateRange, Filters, Search
from anzhi.foundation.web.filters import Region as Area
from harness.people import FOREIGN, code12, user_at


class Many(Filters):
    """One of each kind."""

    level = Choice("级别", choices=Level.choices)
    q = Search("名称", lookups=("name__icontains", "short_name__icontains"))
    valid = DateRange("生效", field="valid_from")
    amount = AmountRange("金额")
    what = Ask("问题", ask={"top": ("顶层", Q(parent=None)), "low": ("村", lambda rows: rows.filter(level="village"))})
    area = Area("地区", "code")


@pytest.fixture(autouse=True)
def chinese() -> Any:
    """In Chinese."""
    with translation.override("zh-hans"):
        yield


def asked(query: str) -> Many:
    """The filters of an address."""
    return Many(QueryDict(query))


def test_nothing_asked_is_nothing_said() -> None:
    found = asked("level=&q=%20&page=3")
    assert (found.values, found.sentence, found.active) == ({}, "", False)


def test_filters_read_as_a_sentence() -> None:
    year = date.today().year  # noqa: DTZ011 — only the year is looked at
    found = asked(f"valid_from={year}-11-01&valid_to={year}-11-23&amount_from=1,000&q=元谋")
    assert found.sentence == "名称 元谋；生效 11月1日 至 11月23日；金额 1,000.00 元 起"
    assert found.values["amount"] == (Decimal(1000), None)


@pytest.mark.parametrize(
    "query",
    [
        "level=planet",
        "valid_from=2026-02-30",
        "valid_from=yesterday",
        "valid_from=2026-02-02&valid_to=2026-02-01",
        "amount_from=viel",
        "amount_to=NaN",
        "amount_to=1e40",
        "amount_from=0.001",
        "area=53",
        "area=x23456789012",
    ],
)
def test_what_makes_no_sense_is_said_and_gives_no_rows(query: str) -> None:
    found = asked(query)
    assert len(found.wrong) == 1
    assert found.active
    with region_scope("53"):
        assert found.apply(Region.objects.all()).query.is_empty()


@pytest.mark.parametrize(
    ("query", "text"), [("valid_to=2024-01-31", "2024年1月31日 止"), ("amount_to=5", "5.00 元 止")]
)
def test_an_open_end(query: str, text: str) -> None:
    assert asked(query).said()[0][1] == text


@pytest.mark.django_db
def test_dropping_one_keeps_the_others_and_forgets_the_page() -> None:
    chips = {chip.name: chip for chip in asked("level=county&q=元&sort=-name&page=3&after=x").chips()}
    assert chips["level"].drop == "?q=%E5%85%83&sort=-name"
    assert ("q", "元") in chips["valid"].hidden
    assert all(name != "page" for name, _ in chips["valid"].hidden)
    chosen = [option for option in chips["level"].options if option.chosen]
    assert [option.label for option in chosen] == [Level.COUNTY.label]


@pytest.mark.django_db
def test_choosing_replaces_the_choice() -> None:
    url = next(o.url for o in asked("level=county&page=2").chips()[0].options if o.label == Level.TOWN.label)
    assert url == "?level=town"


def test_search_is_short_and_without_nul() -> None:
    assert asked("q=" + "x" * 500).values["q"] == "x" * 60
    assert "q" not in asked("q=%00").values


@pytest.mark.django_db
def test_rows_that_fit() -> None:
    def count(query: str) -> int:
        with region_scope("5323"):
            return asked(query).apply(Region.objects.all()).count()

    assert count("level=prefecture") == 16
    assert count("what=top") == 1
    assert count("what=low") == count("level=village")
    assert count("q=元谋&level=county") == 1
    assert count("area=532328000000&level=county") == 1
    assert count(f"area={code12(FOREIGN)}") == 0


class OverFields(Filters):
    """Ranges over a moment and over a number."""

    created_at = DateRange("开通")
    area_km2 = AmountRange("面积")


@pytest.mark.django_db
def test_a_day_of_a_moment_is_the_whole_day_here() -> None:
    user = user_at()
    User.objects.filter(pk=user.pk).update(created_at=datetime(2026, 11, 22, 16, 30, tzinfo=UTC))  # 00:30 of the 23rd

    def found(query: str) -> bool:
        return OverFields(QueryDict(query)).apply(User.objects.filter(pk=user.pk)).exists()

    assert found("created_at_from=2026-11-23&created_at_to=2026-11-23")
    assert found("created_at_to=2026-11-23")
    assert not found("created_at_to=2026-11-22")
    assert not found("created_at_from=2026-11-24")


@pytest.mark.django_db
def test_both_ends_of_a_range_count() -> None:
    one = Boundary.objects.order_by("pk").first()
    assert one
    rows = Boundary.objects.filter(pk=one.pk)
    area = Decimal(one.area_km2).quantize(Decimal("0.01"))
    low, high = area - 1, area + 1
    assert OverFields(QueryDict(f"area_km2_from={low}&area_km2_to={high}")).apply(rows).exists()
    assert not OverFields(QueryDict(f"area_km2_from={high}")).apply(rows).exists()
    assert not OverFields(QueryDict(f"area_km2_to={low}")).apply(rows).exists()


def test_an_area_elsewhere_is_not_one_of_mine() -> None:
    with region_scope("5323"):
        assert "area" in asked(f"area={code12(FOREIGN)}").wrong
        assert asked("area=532328000000").values == {"area": "532328000000"}


@pytest.mark.django_db
def test_a_chosen_area_offers_what_lies_below_it() -> None:
    def offered(query: str) -> list[str]:
        chip = next(chip for chip in asked(query).chips() if chip.name == "area")
        return [option.label for option in chip.options]

    with region_scope("53"):
        assert len(offered("")) == 16
        assert "元谋县" in offered("area=532300000000")
        village = Region.objects.filter(code__startswith="532328", level="village").first()
        assert village
        assert len(offered(f"area={village.code}")) == 16


def test_addresses() -> None:
    params = QueryDict("a=1&a=2&page=4")
    assert address.changed(params) == "?a=1&a=2"
    assert address.moved(params, {"after": "m"}) == "?a=1&a=2&after=m"
    assert address.others(params, ("b",)) == [("a", "1"), ("a", "2")]
