"""The left list and the phone's tabs: each entry leads somewhere, has a picture, a word and a permission."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web import navigation
from anzhi.foundation.web.navigation import NavEntry
from anzhi.site.home import FIRST
from anzhi.site.navigation import PLATFORMS, TABS
from harness.people import actor, client_for

ENTRIES = list(navigation.held.entries.values())
ICONS = settings.MODULES / "@tabler/icons/icons/outline"
by_name = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.url_name)


@by_name
def test_an_entry_leads_to_a_page(entry: NavEntry) -> None:
    assert reverse(entry.url_name).startswith("/")


@by_name
def test_an_entry_has_a_picture_that_is_there(entry: NavEntry) -> None:
    assert (ICONS / f"{entry.icon}.svg").is_file()


@by_name
def test_an_entry_stands_under_a_platform_and_takes_a_permission(entry: NavEntry) -> None:
    assert entry.platform in {platform.key for platform in PLATFORMS}
    assert isinstance(entry.permission, Permission)


@by_name
def test_an_entry_has_a_chinese_and_an_english_word(entry: NavEntry) -> None:
    with translation.override("zh-hans"):
        chinese = str(entry.label)
    with translation.override("en"):
        english = str(entry.label)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)
    assert english.isascii()


@by_name
def test_who_lacks_the_permission_does_not_see_the_entry(entry: NavEntry) -> None:
    assert entry not in navigation.entries_for(actor())


@pytest.mark.parametrize("place", [*PLATFORMS, *TABS], ids=lambda place: place.icon)
def test_platforms_and_tabs_have_pictures(place: object) -> None:
    assert (ICONS / f"{place.icon}.svg").is_file()  # type: ignore[attr-defined]


def test_there_are_four_platforms_and_five_tabs() -> None:
    assert [platform.key for platform in PLATFORMS] == ["network", "management", "service", "supervision"]
    assert len(TABS) == 5


def test_the_order_is_by_number_and_the_system_comes_last() -> None:
    mine = navigation.entries_for(actor("leader", "fund_monitor", "sysadmin", region="53"))
    assert [entry.order for entry in mine] == sorted(entry.order for entry in mine)


@pytest.fixture
def open_to(db: None) -> Client:
    return client_for("leader", region="53")


def test_home_leads_to_the_first_usual_start_one_may_open(open_to: Client) -> None:
    answer = open_to.get(reverse("home"))
    built = [name for name in FIRST if navigation.address(name)]

    assert answer.status_code == 302
    assert answer["Location"] == reverse(built[0])


def test_home_of_one_without_a_usual_start_lists_what_is_open(db: None) -> None:
    page = client_for("sysadmin", region="53").get(reverse("home"))

    assert page.status_code == 200
    assert reverse("operations:jobs") in page.content.decode()
    assert reverse("funds:accounts") not in page.content.decode()


def test_home_takes_a_login(db: None) -> None:
    answer = Client().get(reverse("home"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(settings.LOGIN_URL)
