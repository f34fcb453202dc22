"""Lists: the partial is the page, the state lives in the address, totals are said and checked."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.web.partial import ask, rows_of, swap
from harness.people import client_of, user_at

pytestmark = [pytest.mark.django_db, pytest.mark.urls("foundation.web.listing")]


@pytest.fixture
def province() -> Client:
    """A finance officer of the province."""
    return client_of(user_at("finance", region="53"))


@pytest.mark.parametrize("path", ["/t/list/", "/t/seek/", "/t/summed/"])
@pytest.mark.parametrize("query", ["?level=county", "?sort=-name&page=2", "?q=没有这里", "?valid_from=x"])
def test_page_and_swap_equal_the_page_reloaded(province: Client, path: str, query: str) -> None:
    before, after = province.get(path).text, province.get(path + query)
    partial = ask(province, path + query)
    assert "<html" not in partial.text
    assert "HX-Target" in partial.headers["Vary"]
    assert rows_of(swap(before, partial.text)).split() == rows_of(after.text).split()


def test_an_ordinary_boost_and_history_get_the_whole_page(province: Client) -> None:
    for headers in ({"HX-Target": "body"}, {"HX-Target": "div#rows-of-others"}, {"HX-History-Restore-Request": "true"}):
        assert "<html" in province.get("/t/list/", headers={"HX-Request": "true", **headers}).text


def test_only_my_area_is_listed_and_counted() -> None:
    county = client_of(user_at("finance"))
    page = county.get("/t/list/?level=county").text
    assert "元谋县" in page
    assert "彝良县" not in page
    assert '<span class="az-count">1 条</span>' in page


def test_sorting_is_a_link_that_turns(province: Client) -> None:
    page = province.get("/t/list/?sort=-name").text
    assert 'aria-sort="descending"' in page
    assert "?sort=name" in page
    assert "sort=amount" not in page
    assert province.get("/t/list/?sort=password").status_code == 200


def test_the_total_says_whether_it_equals_the_rows(province: Client) -> None:
    page = province.get("/t/summed/?q=元谋").text
    assert "与所列行相加一致" in page
    assert "合计 1 region" in page
    assert '<td class="az-num">3</td></tr></tfoot>' in page.replace("\n", "")
    assert "与所列行" not in province.get("/t/summed/").text


def test_a_seeking_list_counts_nothing_unless_told(province: Client) -> None:
    assert "az-count" not in province.get("/t/seek/").text
    told = province.get("/t/told/").text
    assert "另有汇总" in told
    assert "不含两州" in told
    assert "7.00" in told


def test_nothing_at_all_is_said_kindly(province: Client) -> None:
    assert "这里还没有内容" in client_of(user_at("finance")).get("/t/none/").text


def test_filtered_to_nothing_names_the_filter_and_offers_to_drop_it(province: Client) -> None:
    page = province.get("/t/list/?level=county&q=没有这里").text
    assert "没有符合的：" in page
    assert "名称 没有这里" in page
    assert 'href="?level=county"' in page
    assert "去掉全部筛选" in page
    wrong = province.get("/t/list/?valid_from=gestern").text
    assert "“gestern”不是日期" in wrong


def test_a_list_costs_few_queries(province: Client) -> None:
    province.get("/t/list/")
    with CaptureQueriesContext(connection) as asked:
        province.get("/t/list/?level=county")
    assert len([one for one in asked.captured_queries if one["sql"].startswith("SELECT")]) <= 12
