"""The map of the site: every address once, each with its name, none with two spellings."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from anzhi.site import urls

FILES = ("healthz", "favicon.ico", "manifest")  # addresses that others fixed: no slash at their end


def patterns(resolver: URLResolver, prefix: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Every address with its full name."""
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            yield route, f"{space}{one.name}", one


ALL = list(patterns(get_resolver()))
OURS = [(route, name) for route, name, one in ALL if one.callback.__module__.startswith("anzhi.")]


def test_each_name_means_one_address() -> None:
    doubled = {name for name, times in Counter(name for _route, name in OURS).items() if times > 1}
    assert doubled == set()


def test_each_address_leads_to_one_page() -> None:
    doubled = {route for route, times in Counter(route for route, _name, _one in ALL).items() if times > 1}
    assert doubled == set()


def test_every_page_of_ours_has_a_name() -> None:
    assert [route for route, name in OURS if name.endswith("None")] == []


@pytest.mark.parametrize("route", [route for route, _name in OURS])
def test_addresses_are_small_letters_and_end_in_one_slash(route: str) -> None:
    assert route == route.lower() or "<" in route
    assert "//" not in route
    assert route == "" or route.endswith("/") or "." in route.rsplit("/", 1)[-1] or route in FILES


@pytest.mark.parametrize("name", ["handler400", "handler403", "handler404", "handler500"])
def test_every_kind_of_failure_has_its_page(name: str) -> None:
    assert callable(import_string(getattr(urls, name)))


@pytest.mark.parametrize("name", settings.REFERENCE_LOADERS)
def test_every_loader_of_reference_data_is_a_command_that_says_what_it_does(name: str) -> None:
    command = load_command_class(get_commands()[name], name)
    assert isinstance(command, BaseCommand)
    assert command.help
