"""Every address of the site answers through the gate, or is named here with the reason why not."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web.lists import ListPage
from anzhi.foundation.web.pages import DetailPage, Page
from anzhi.site.addresses import addresses

OPEN = {
    "healthz": "the supervisor asks it; it says nothing of any row",
    "i18n/setlang/": "the switch of language also stands on the log-in page",
    "login/": "the entrance",
    "login/passkey/": "the entrance",
    "login/second/": "the entrance",
    "login/closed/": "the entrance",
    "logout/": "the way out",
}


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address with its view."""
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from walk(entry, path)
        elif isinstance(entry, URLPattern):
            yield path, entry.callback


ALL = dict(walk(get_resolver("anzhi.site.urls")))


@pytest.mark.parametrize("path", ALL)
def test_an_address_names_its_permission_or_is_open_for_a_reason(path: str) -> None:
    kind = getattr(ALL[path], "view_class", None)
    permission = getattr(kind, "permission", None)
    if path in OPEN:
        assert permission is None
    elif kind and issubclass(kind, Page) and kind.public:
        assert not ALL[path].login_required
    else:
        assert isinstance(permission, Permission)
        assert getattr(ALL[path], "login_required", True)


UNSEEN = {  # lists and records without a picture
    "regions:file": "the sample gives no boundary file in",
}
NAMED = re.compile(r'(?:at|row)\("([\w:-]+)"')
SHOTS = Path(__file__).parents[2] / "src/anzhi/site/shots/pages.py"


def test_every_list_and_every_record_is_looked_at() -> None:
    """A picture on a desk and on a phone finds what no reader of templates sees: add it to `site/shots/pages.py`."""
    seen = set(NAMED.findall(SHOTS.read_text()))
    lost = {
        address.name
        for address in addresses()
        if address.kind and issubclass(address.kind, ListPage | DetailPage) and address.name not in seen
    }
    assert lost == UNSEEN.keys()


def test_the_list_of_open_addresses_has_no_ghosts() -> None:
    assert not OPEN.keys() - ALL.keys()


def leaves(kind: type[Page]) -> Iterator[type[Page]]:
    """All pages below a class."""
    for child in kind.__subclasses__():
        yield child
        yield from leaves(child)


def test_a_page_class_is_reached_by_an_address_or_is_a_base() -> None:
    reached = {getattr(view, "view_class", None) for view in ALL.values()}
    lost = [
        kind.__qualname__
        for kind in leaves(Page)
        if kind.__module__.startswith("anzhi.")
        and (kind.permission or kind.public)
        and kind not in reached
        and not any(issubclass(other, kind) for other in reached if isinstance(other, type))
    ]
    assert not lost
