"""Everything that holds the words is found, nothing else, and only by those who may."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anzhi.foundation.access.scope import region_scope, system_scope
from anzhi.foundation.search import jobs, queries, registry, services
from anzhi.foundation.search.models import SearchEntry
from anzhi.foundation.search.registry import Found
from anzhi.foundation.search.rules import searchable, terms
from harness import people
from harness.things import FOREIGN, NEAR, found

PROVINCE = people.actor("leader", region="53")


def store(*rows: Found, kind: str = "place") -> None:
    with system_scope():
        services.index(kind, rows)


def titles(question: str, actor: object = PROVINCE, **options: object) -> list[str]:
    with region_scope(actor.prefix):
        groups = queries.search(question, actor, **options)
    return [hit.title for group in groups for hit in group.hits]


@pytest.mark.parametrize(
    "question", ["元谋", "谋县江", "江边安置点", "点", "ＡＺ－53", "az-5", "0012", "江边 元谋", "  元谋　0012 "]
)
def test_any_part_finds_it(db: None, things: list, question: str) -> None:
    store(found(1, "元谋县江边安置点", note="编号 AZ-530012"), found(2, "禄劝县新村"))
    assert titles(question) == ["元谋县江边安置点"]


@pytest.mark.parametrize("question", ["", " ", "元江", "谋江", "县 新乡", "'", "%", "\\", "\x00", "' | '元谋"])
def test_what_is_not_there_is_not_found(db: None, things: list, question: str) -> None:
    store(found(1, "元谋县江边安置点"), found(2, "禄劝县新村"))
    assert titles(question) == []


alphabet = st.sampled_from("元谋县安置点江边新村ABab12 '\\%_&|!:*（）")
documents = st.lists(st.text(alphabet, max_size=12), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents, st.text(alphabet, min_size=1, max_size=5))
def test_the_same_is_found_as_by_looking_at_every_text(db: None, things: list, texts: list[str], asked: str) -> None:
    with system_scope():
        services.remove("place", [str(n) for n in range(10)])
    store(*(found(n, text) for n, text in enumerate(texts)))
    wanted = [n for n, text in enumerate(texts) if terms(asked) and all(t in searchable(text) for t in terms(asked))]
    with region_scope("53"):
        groups = queries.search(asked, PROVINCE)
    assert sorted(int(hit.object_id) for group in groups for hit in group.hits) == wanted


def test_a_hit_early_in_a_short_title_comes_first(db: None, things: list) -> None:
    store(found(1, "旧县新村安置点", note="新村"), found(2, "新村"), found(3, "大新村"), found(4, "别处", text="新村"))
    assert titles("新村") == ["新村", "大新村", "旧县新村安置点", "别处"]


def test_only_the_own_area_is_found(db: None, things: list) -> None:
    store(found(1, "安置点甲"), found(2, "安置点乙", NEAR), found(3, "安置点丙", FOREIGN))
    assert titles("安置点", people.actor("leader", region="532328")) == ["安置点甲"]
    assert sorted(titles("安置点", people.actor("leader", region="5323"))) == ["安置点乙", "安置点甲"]
    assert len(titles("安置点")) == 3
    with region_scope("532328"):  # a query that forgets to ask is held by the database
        assert SearchEntry.objects.count() == 1


def test_only_permitted_kinds_are_found(db: None, things: list) -> None:
    store(found(1, "安置点"))
    store(found(1, "安置点专户"), kind="purse")
    assert titles("安置点", people.actor("officer", region="53")) == ["安置点"]
    assert sorted(titles("安置点")) == ["安置点", "安置点专户"]
    assert titles("安置点", only="purse") == ["安置点专户"]
    assert titles("安置点", people.actor("sysadmin", region="53")) == []


def test_each_kind_tells_how_many_there_are(db: None, things: list) -> None:
    store(*(found(n, f"新村{n}") for n in range(30)))
    with region_scope("53"):
        (group,) = queries.search("新村", PROVINCE, most=5)
    assert (group.total, len(group.hits), group.kind.name) == (30, 5, "place")


def test_a_changed_thing_is_found_by_its_new_name_only(db: None, things: list) -> None:
    store(found(1, "旧名"))
    store(found(1, "新名"))
    assert titles("旧名") == []
    assert titles("新名") == ["新名"]
    with system_scope():
        services.remove("place", ["1"])
    assert titles("新名") == []


def test_a_rebuild_makes_the_index_equal_to_the_things(db: None, things: list) -> None:
    store(found(1, "不在了"), found(2, "旧名"))
    things += [found(2, "新名"), found(3, "又一个")]
    with system_scope():
        jobs.rebuild_all()
        jobs.rebuild("place")
    with system_scope():
        assert sorted(SearchEntry.objects.values_list("title", flat=True)) == ["又一个", "新名"]


def test_a_kind_is_declared_once_and_known(db: None, things: list) -> None:
    with pytest.raises(ValueError, match="twice"):
        registry.register("place", label="", icon="", permission=PROVINCE, rows=list)
    with pytest.raises(LookupError, match="declare it"):
        services.index("nothing", [])
