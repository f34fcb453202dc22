"""The board of a place, put together from what the apps handed in."""

import logging
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from anzhi.foundation.regions import queries as regions
from anzhi.foundation.web import banner, navigation
from anzhi.network.board import registry, view
from anzhi.network.board.place import Place
from anzhi.network.board.registry import Call, Key, KeyFigure, Panel

log = logging.getLogger(__name__)
COLUMNS = ("left", "middle", "right", "foot")


def tell(place: Place, shade: str) -> dict[str, Any]:
    """Everything the template shows."""
    chosen = view.chosen(place, shade)
    return {
        "place": place,
        "keys": [key for one in registry.keys_for(place.actor) if (key := _key(one, place))],
        "columns": {name: [_panel(one, place) for one in registry.panels_for(place.actor, name)] for name in COLUMNS},
        "call": _call(place),
        "shades": view.shades(place),
        "shade": chosen,
        "layers": view.legend(place),
        "data": view.data(place, chosen),
        "topics": " ".join(sorted(_topics(place))),
        "now": timezone.now(),
        "banner": banner.current(),
        "approval": settings.MAP_APPROVAL,
        "edition": regions.edition_of(place.code),
        "desk": _desk(place),
    }


def _topics(place: Place) -> set[str]:
    return {topic for column in COLUMNS for one in registry.panels_for(place.actor, column) for topic in one.topics}


def _key(one: KeyFigure, place: Place) -> Key | None:
    return _safely(one.name, lambda: one.make(place))


def _panel(one: Panel, place: Place) -> dict[str, Any]:
    shown = {"name": one.name, "weight": one.weight, "template": one.template, "title": one.title(place)}
    told = _safely(one.name, lambda: {"data": one.context(place), "aside": one.aside(place)})
    return shown | (told or {"template": "board/_failed.html", "data": {}, "aside": ""})


def _call(place: Place) -> Call | None:
    for permission, find in registry.held.calls:
        if permission in place.actor.permissions and (found := _safely("call", lambda find=find: find(place))):
            return found
    return None


def _safely(name: str, ask: Any) -> Any:
    """One part's failing question must not take the board away: the part says that it is not known."""
    try:
        with transaction.atomic():
            return ask()
    except DatabaseError:
        log.exception("the board's %s cannot be told", name)
        return None


def _desk(place: Place) -> str:
    """The way to the desk: the first page that is not the board."""
    entries = navigation.entries_for(place.actor)
    return next((navigation.address(one.url_name) for one in entries if one.url_name != "board:board"), "/")
