"""Every kind of the real site: found by its name, its hits open, and only for who may see it; hostile questions."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from anzhi.foundation.access.roles import ROLES
from anzhi.foundation.search import registry, services
from anzhi.foundation.search.models import SearchEntry
from anzhi.foundation.search.rules import LONGEST_QUESTION
from authorization.planted import NAME, OWNER, STRANGER, World, plant
from harness.people import client_of, user_at
from supervision.funds.conftest import speak

pytestmark = pytest.mark.django_db
HIT = re.compile(r'<li><a href="([^"]+)"><b>')


@pytest.fixture(autouse=True)
def alone(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: None) -> None:
    settings.FILES_ROOT, settings.INBOX_ROOT, settings.SEALS_ROOT = tmp_path / "files", tmp_path / "inbox", tmp_path
    speak(monkeypatch)


@pytest.fixture
def world() -> World:
    return plant()


def kinds_in(page: str) -> set[str]:
    """The kinds that show hits."""
    labels = {str(known.label): known.name for known in map(registry.kind, registry.names())}
    return {name for label, name in labels.items() if f"{label}</h2>" in page}


def find(client: Client, question: str, **more: str) -> str:
    answer = client.get("/search/", {"q": question, **more})
    assert answer.status_code == 200
    return str(answer.text)


@pytest.mark.parametrize("role", [code for code in ROLES if "search_use" in ROLES[code].permissions])
def test_each_role_finds_its_kinds_and_every_hit_opens(role: str, world: World) -> None:
    client = client_of(user_at(role, region=OWNER))
    page = find(client, NAME)
    mine = {name for name in registry.names() if registry.kind(name).permission in ROLES[role].permissions}
    planted = set(SearchEntry.objects.filter(text__contains=NAME).values_list("kind", flat=True))
    assert kinds_in(page) == mine & planted
    hits = HIT.findall(page)
    assert hits
    assert {url: status for url in hits if (status := client.get(url).status_code) != 200} == {}


def test_a_stranger_finds_none_of_it(world: World) -> None:
    page = find(client_of(user_at("leader", "fund_monitor", region=STRANGER)), NAME)
    assert HIT.findall(page) == []
    assert kinds_in(page) == set()


@pytest.mark.parametrize("name", registry.names() or ["project"])
def test_a_rebuild_finds_what_the_services_wrote(name: str, world: World) -> None:
    """What was entered with the thing, the nightly rebuild enters as well, at the same address."""
    known = ("object_id", "region_code", "url")
    before = set(SearchEntry.objects.filter(kind=name).values_list(*known))
    SearchEntry.objects.filter(kind=name).delete()
    services.rebuild(name)
    assert before <= set(SearchEntry.objects.filter(kind=name).values_list(*known))


@pytest.mark.parametrize(
    "question",
    [
        "' OR 1=1 --",
        "a & !b | (c <-> d):*",
        "\\' \\\\ '' \"",
        "% _ ％ ＿",
        "\x00哨\x00兵",
        "哨 " * 500,
        "𠮷😀👨‍👩‍👧",
        "\u202e兵哨",
        "ﬀ㎏℡",
        "…" * LONGEST_QUESTION,
        "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    ],
    ids=["sql", "tsquery", "quotes", "wildcards", "nul", "long", "astral", "turned", "ligatures", "dots", "half"],
)
def test_a_hostile_question_is_only_words(question: str, world: World) -> None:
    client = client_of(user_at("leader", region=OWNER))
    for more in ({}, {"few": "1"}, {"kind": "project"}, {"kind": "nothing-of-the-kind"}):
        find(client, question, **more)
    assert "<script>" not in find(client, f"<script>alert({question!r})</script>")


def test_a_wildcard_stands_for_itself(world: World) -> None:
    client = client_of(user_at("leader", region=OWNER))
    assert HIT.findall(find(client, f"{NAME[0]}%")) == []
    assert HIT.findall(find(client, f"{NAME[0]}_")) == []
    assert HIT.findall(find(client, NAME[0])), "one character is a question too"


def test_every_word_must_be_there_in_any_order(world: World) -> None:
    client = client_of(user_at("leader", region=OWNER))
    both = HIT.findall(find(client, f"水电站 {NAME}"))
    assert both
    assert both == HIT.findall(find(client, f"{NAME}　水电站")), "a wide space parts words as well"
    assert HIT.findall(find(client, f"{NAME} 没有这样的词")) == []
