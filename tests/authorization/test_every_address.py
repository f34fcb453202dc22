"""Every address, asked by nobody, by each role of the owning county, and by each role of a foreign one.

The owner's county is full of sentinels. A forbidden or foreign answer may hold none of them, in no form; the owner's
own answer must hold one, which proves that the search would find it.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.access.scope import no_scope, region_scope
from anzhi.foundation.live.models import LiveEvent
from anzhi.site.addresses import Address, addresses
from authorization.asking import Answer, answers
from authorization.planted import OWNER, STRANGER, World, plant, seen
from authorization.register import BARE, ENTRANCE, SHOWS
from foundation.workflow.drawings import chain
from foundation.workflow.offices import in_force
from harness.people import PASSWORD, client_of, user_at
from supervision.funds.conftest import speak

pytestmark = pytest.mark.slow
ALL = list(addresses())
ENTRY = re.compile(r"^(Location|HX-Redirect): /login/", re.MULTILINE)  # the way a refused page or list sends one
WITHOUT_PAGE = {  # asked for by services, streams and parts of pages alone
    *("case_intervene", "case_start", "definition_edit", "definition_publish"),
    *("file_upload", "live_follow", "match_view"),
}
CHANGING = re.compile(
    r"[0-9A-F]{4}-[0-9A-F]{4}|nonce=\S+|csrf\S+\s\S+|\d{1,2}:\d\d(:\d\d(\.\d+)?)?|\d+ (秒|分钟)前|刚刚|[\w/+=-]{32,}"
)


@pytest.fixture(autouse=True)
def alone(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: None) -> None:
    """Own folders, statements that need no file, figures that are counted anew each time."""
    settings.FILES_ROOT, settings.INBOX_ROOT = tmp_path / "files", tmp_path / "inbox"
    settings.SEALS_ROOT = tmp_path
    speak(monkeypatch)


@pytest.fixture
def world() -> World:
    return plant()


def filled(address: Address, world: World) -> Mapping[str, Any]:
    known = SHOWS.get(address.name)
    return (known.fill if known else BARE[address.name][1])(world)


def asked(client: Client, world: World, *, bare: bool = True) -> Iterator[tuple[Address, Answer]]:
    """Every address by one person; those that end the session are left out."""
    client.raise_request_exception = False
    for address in ALL:
        if address.name in SHOWS or (bare and BARE[address.name][0] != ENTRANCE):
            query = SHOWS[address.name].query if address.name in SHOWS else ""
            for answer in answers(client, address, filled(address, world), query):
                yield address, answer


def test_every_address_is_registered_and_none_is_a_ghost() -> None:
    names = {address.name for address in ALL}
    assert len(names) == len(ALL), "two addresses share a name"
    assert names - SHOWS.keys() - BARE.keys() == set(), "new: say in tests/authorization/register.py what it shows"
    assert (SHOWS.keys() | BARE.keys()) - names == set(), "gone"
    assert SHOWS.keys() & BARE.keys() == set()


def test_nobody_sees_nothing(world: World) -> None:
    wrong = [
        (answer.asked, answer.status, seen(answer.text), address.name)
        for address, answer in asked(Client(), world)
        if not ENTRY.search(answer.text) or answer.status not in (200, 302) or seen(answer.text)
    ]
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_a_stranger_sees_nothing_whatever_the_role(role: str, world: World) -> None:
    client, mine = client_of(user_at(role, region=STRANGER, password=PASSWORD)), ROLES[role].permissions
    wrong = []
    for address, answer in asked(client, world):
        allowed = address.permission in mine
        known = SHOWS.get(address.name)
        wanted = (403,) if not allowed else (404, 405) if known and known.hidden else range(200, 500)
        if answer.status not in wanted or (seen(answer.text) and not _said(answer)):
            wrong.append((answer.asked, answer.status, seen(answer.text)))
    assert wrong == []


def _said(answer: Answer) -> bool:
    """The search page repeats the words that were asked for: they are the asker's own."""
    return "/search/" in answer.asked and seen(answer.text) == ["哨兵"] and answer.text.count("哨兵") <= 4


@pytest.mark.parametrize("role", ROLES)
def test_a_role_without_the_permission_is_refused_in_its_own_county(role: str, world: World) -> None:
    client, mine = client_of(user_at(role, region=OWNER, password=PASSWORD)), ROLES[role].permissions
    wrong = []
    for address, answer in asked(client, world, bare=False):
        if address.permission not in mine and (answer.status != 403 or seen(answer.text)):
            wrong.append((answer.asked, answer.status, seen(answer.text)))
        if address.permission in mine and answer.asked.startswith("GET") and answer.status in (403, 404, 500):
            wrong.append((answer.asked, answer.status, "its own role should see it"))
    assert wrong == []


def test_the_owner_finds_the_sentinels_in_every_form_of_every_page(world: World) -> None:
    dumb = []
    for address in ALL:
        if address.name in SHOWS and SHOWS[address.name].told:
            role = next(code for code, role in ROLES.items() if address.permission in role.permissions)
            client = client_of(user_at(role, region=OWNER, password=PASSWORD))
            found = answers(client, address, filled(address, world), SHOWS[address.name].query)
            dumb += [answer.asked for answer in found if not answer.asked.startswith("POST") and not seen(answer.text)]
    assert dumb == []


def test_events_reach_their_own_county_only(world: World) -> None:
    with region_scope(OWNER):
        assert seen(str(list(LiveEvent.objects.values_list("payload", flat=True))))
    for scope in (region_scope(STRANGER), region_scope("5306"), no_scope()):
        with scope:
            assert not LiveEvent.objects.exists()


@pytest.mark.parametrize("role", ["fund_monitor", "auditor_ro"])
def test_nothing_a_stranger_counts_changes(role: str) -> None:
    """Whatever the owner's county gains, a stranger's pages stay as they were, figure for figure."""
    client = client_of(user_at(role, region=STRANGER, password=PASSWORD))
    in_force(chain(key="sentinel"))  # procedures are the same for the whole province: there before, as after
    urls = [reverse(address.name) + SHOWS[address.name].query for address in ALL if _plain(address)]
    for url in urls:
        client.get(url)  # what the first visit changes for the visitor
    before = {url: _still(client.get(url)) for url in urls}
    plant()
    after = {url: _still(client.get(url)) for url in urls}
    changed = {url: _difference(before[url], after[url]) for url in urls if before[url] != after[url]}
    assert changed == {}


def _difference(before: str, after: str) -> list[str]:
    """Lines that came or went."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line[:300] for line in lines if not line.startswith(("@@", "---", "+++"))][:8]


def _plain(address: Address) -> bool:
    return "<" not in address.path and address.name in SHOWS and "audit" not in address.name


def _still(response: Any) -> str:
    """The page without what differs from answer to answer."""
    return CHANGING.sub("", response.content.decode())


def test_permissions_that_no_page_names_are_known() -> None:
    used = {address.permission for address in ALL}
    unused = {permission.value for permission in Permission} - used
    assert unused == WITHOUT_PAGE
