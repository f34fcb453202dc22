"""Addresses: of pages by name, and of a list, whose query string holds its whole state."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

PLACES = ("page", "after", "before", "export")  # where one stands, not what one asks for


def page(name: str, *args: object) -> str:
    """The address of a page, kept: a list asks for one a row, the shell for fifty. Raises NoReverseMatch."""
    return _page(settings.ROOT_URLCONF, name, args)


@lru_cache(maxsize=20_000)
def _page(urls: str, name: str, args: tuple[object, ...]) -> str:
    return reverse(name, urls, args)


def built(name: str) -> str:
    """The address of a page without arguments, "" while it is not built."""
    return _built(settings.ROOT_URLCONF, name)


@lru_cache(maxsize=1_000)
def _built(urls: str, name: str) -> str:
    try:
        return reverse(name, urls)
    except NoReverseMatch:
        return ""


def changed(params: QueryDict, values: Mapping[str, str] | None = None, drop: tuple[str, ...] = ()) -> str:
    """The query string with `drop` gone and `values` set; the place in the list is forgotten."""
    fresh = dict(params.lists())  # a copy of the QueryDict is a deep one, and a page makes dozens of addresses
    for name in (*PLACES, *drop):
        fresh.pop(name, None)
    for name, value in (values or {}).items():
        fresh[name] = [value]
    return "?" + urlencode(fresh, doseq=True)


def moved(params: QueryDict, place: Mapping[str, str]) -> str:
    """The same list at another place."""
    return changed(params, place)


def others(params: QueryDict, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """What a form of its own must carry along as hidden fields."""
    return [
        (name, value)
        for name, values in params.lists()
        for value in values
        if name not in names and name not in PLACES and value
    ]
