"""Addresses by name are worked out once, and of a list they hold its whole state."""

from typing import Any

import pytest
from django.http import QueryDict
from django.urls import NoReverseMatch
from hypothesis import given
from hypothesis import strategies as st

from anzhi.foundation.web import address

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=6)
QUERIES = st.dictionaries(st.sampled_from(["a", "b", "地", "page", "after"]), st.lists(WORDS, min_size=1, max_size=3))


def query_of(parts: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in parts.items():
        query.setlist(name, values)
    return query


@given(QUERIES, st.dictionaries(st.sampled_from(["a", "c"]), WORDS), st.sets(st.sampled_from(["b", "c"])))
def test_what_is_changed_is_changed_and_all_else_stays(
    parts: dict[str, list[str]], values: dict[str, str], drop: set[str]
) -> None:
    fresh = QueryDict(address.changed(query_of(parts), values, tuple(drop))[1:])
    for name in {*parts, *values, *drop}:
        if name in values:
            assert fresh.getlist(name) == [values[name]]
        elif name in drop or name in address.PLACES:
            assert name not in fresh
        else:
            assert fresh.getlist(name) == parts[name]


def test_the_question_itself_is_never_changed() -> None:
    asked = QueryDict("a=1&a=2&page=4")
    address.changed(asked, {"a": "3"}, ("b",))
    assert asked.urlencode() == "a=1&a=2&page=4"


def test_what_people_typed_cannot_leave_its_parameter() -> None:
    assert address.changed(QueryDict(), {"q": "a&b=c#d ？"}) == "?q=a%26b%3Dc%23d+%EF%BC%9F"


def test_the_same_name_in_two_sites_is_two_addresses(settings: Any) -> None:
    assert address.built("t:list") == ""
    assert address.page("web:setlang") == "/i18n/setlang/"
    settings.ROOT_URLCONF = "foundation.web.listing"
    assert address.built("t:list") == "/t/list/"
    assert address.page("t:detail", "532328000000") == "/t/532328000000/"
    assert address.page("t:detail", "530622000000") == "/t/530622000000/"


def test_a_page_that_is_not_built_is_no_address_or_an_error() -> None:
    assert address.built("nowhere:at-all") == ""
    with pytest.raises(NoReverseMatch):
        address.page("nowhere:at-all")


def test_a_form_carries_along_what_it_does_not_ask() -> None:
    asked = QueryDict("a=1&a=2&q=x&page=3&empty=")
    assert address.others(asked, ("q",)) == [("a", "1"), ("a", "2")]
