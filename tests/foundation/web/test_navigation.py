"""The shell of the real site: each role sees what it may open, and whatever it sees opens."""

import re

import pytest
from django.test import Client

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.roles import ROLES, permissions_of
from anzhi.foundation.web import navigation
from anzhi.foundation.web.navigation import held
from harness.people import client_of, user_at

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a [^>]*href="([^"#]+)"')
WHOLE_SCREEN = {"/board/"}  # has no shell
START = "/me/"  # a page of everybody's


def part(page: str, begin: str, end: str = "</nav>") -> str:
    """One piece of the shell."""
    return page.partition(begin)[2].partition(end)[0]


def shell(client: Client, path: str = START) -> dict[str, list[str]]:
    """Addresses in the left list, the platforms, and the phone's tabs."""
    page = client.get(path).text
    return {
        "side": LINK.findall(part(page, 'class="az-side"')),
        "platforms": LINK.findall(part(page, 'class="az-plats"')),
        "tabs": LINK.findall(part(page, 'class="az-tabs-phone"')),
    }


def every_entry(client: Client) -> set[str]:
    """The left lists of all platforms this person has."""
    first = shell(client)
    return {url for platform in first["platforms"] for url in shell(client, platform)["side"]} | set(first["side"])


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_sees_is_what_it_may_open(role: str) -> None:
    client, may = client_of(user_at(role)), permissions_of([role]) | {Permission.OWN_ACCOUNT}
    wanted = {
        navigation.address(entry.url_name)
        for entry in held.entries.values()
        if entry.permission in may and navigation.address(entry.url_name)
    }
    assert every_entry(client) == wanted


@pytest.mark.parametrize("role", ROLES)
def test_every_link_of_the_shell_opens(role: str) -> None:
    client = client_of(user_at(role))
    links = every_entry(client) | set(shell(client)["platforms"]) | set(shell(client)["tabs"])
    assert links
    assert {url: status for url in links if (status := client.get(url).status_code) != 200} == {}


def test_a_person_without_a_post_has_no_list_at_all() -> None:
    user = user_at("finance")
    user.posts.update(to_on=user.posts.get().from_on)
    assert shell(client_of(user))["side"] == []


@pytest.mark.parametrize("role", ["leader", "fund_monitor", "sysadmin"])
def test_the_page_one_is_on_is_lit_once(role: str) -> None:
    client = client_of(user_at(role))
    for url in sorted(every_entry(client) - WHOLE_SCREEN):
        side = part(client.get(url).text, 'class="az-side"')
        assert re.findall(r'href="([^"]+)" aria-current="page"', side) == [url]


def test_a_platform_leads_to_a_page_of_its_own() -> None:
    someone = client_of(user_at("leader", "finance", "fund_monitor"))
    for url in set(shell(someone)["platforms"]) - WHOLE_SCREEN:
        bar = part(someone.get(url).text, 'class="az-plats"')
        lit = re.findall(r'href="([^"]+)" aria-current="true"', bar)
        assert lit == [url], "the platform one went to is the one that is lit"


def test_a_role_taken_away_takes_its_entries_away() -> None:
    user = user_at("officer", "auditor_ro")
    client = client_of(user)
    trail = navigation.address("audit:events")
    assert trail in every_entry(client)
    user.grants.filter(role="auditor_ro").delete()
    assert trail not in every_entry(client)
    assert client.get(trail).status_code == 403


def test_figures_beside_entries_are_those_of_the_lists() -> None:
    """One source, one number."""
    client = client_of(user_at("leader", region="53"))
    for entry in navigation.held.entries.values():
        if entry.count and entry.url_name in ("projects:index", "sites:index"):
            url = navigation.address(entry.url_name)
            page = client.get(url).text
            beside = re.search(rf'href="{url}"[^>]*>.*?</a>', part(page, 'class="az-side"'), re.DOTALL)
            assert beside
            counted = re.search(r'<span class="az-count">([\d,]+)', page)
            figure = re.search(r"<em>([\d,]+)</em>", beside[0])
            assert (counted[1] if counted else None) == (figure[1] if figure else None)
