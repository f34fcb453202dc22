"""The address of a list holds its whole state: small changes to a query string."""

from collections.abc import Mapping

from django.http import QueryDict

PLACES = ("page", "after", "before", "export")  # where one stands, not what one asks for


def changed(params: QueryDict, values: Mapping[str, str] | None = None, drop: tuple[str, ...] = ()) -> str:
    """The query string with `drop` gone and `values` set; the place in the list is forgotten."""
    fresh = params.copy()
    for name in (*PLACES, *drop):
        fresh.pop(name, None)
    for name, value in (values or {}).items():
        fresh[name] = value
    return "?" + fresh.urlencode()


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
