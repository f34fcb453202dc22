"""The map of a board: colours, names, signs, and where the points are asked for."""

from typing import Any

from django.urls import reverse

from anzhi.foundation.web import cells
from anzhi.network.board import registry
from anzhi.network.board.place import Place, named
from anzhi.network.board.registry import Shade, Sign
from anzhi.network.indicators import registry as indicators
from anzhi.network.indicators.queries import Figure
from anzhi.network.maps import story as maps

ORDER = {"red": 0, "yellow": 1, "blue": 2}


def shades(place: Place) -> list[Shade]:
    """What this person may colour the map by."""
    found = [
        one
        for one in registry.held.shades
        if indicators.known(one.code) and indicators.get(one.code).permission in place.actor.permissions
    ]
    return sorted(found, key=lambda one: one.order)


def chosen(place: Place, wanted: str) -> Shade | None:
    """The one asked for, else the first that has anything to show."""
    offered = shades(place)
    filled = (one for one in offered if place.figure(one.code).total)
    return next((one for one in offered if one.code == wanted), None) or next(filled, None)


def data(place: Place, shade: Shade | None) -> dict[str, Any]:
    """What the map's script reads."""
    found = maps.settings_of(place.code)
    up = {"prefecture": ("530000000000", "prefecture"), "county": (place.code[:4].ljust(12, "0"), "county")}
    shown = signs(place)
    return found | {
        "around": reverse("maps:shapes", args=[int(up[place.level][0]), up[place.level][1]])
        if place.level in up
        else "",
        "values": values(place, shade) if shade else {},
        "names": {unit.code: named(unit.code) for unit in place.units} or {place.code: place.name},
        "signs": [told(one) for one in shown],
        "hot": [one.code for one in shown if one.level == "red"],
        "layers": [layer["name"] for layer in legend(place)],
    }


def values(place: Place, shade: Shade) -> dict[str, Any]:
    """Figure and words of each unit; a unit without rows has no figure."""
    below = place.below(shade.code) if place.units else {place.code: place.figure(shade.code)}
    unit = indicators.get(shade.code).unit

    def said(figure: Figure) -> dict[str, Any] | None:
        if shade.of:
            whole = figure.of(shade.of)
            return (
                {"v": figure.of(shade.part) / whole, "words": f"{figure.of(shade.part) * 100 // whole}%"}
                if whole
                else None
            )
        value = figure.of(shade.part) if shade.part else figure.total
        return {"v": value, "words": unit.brief(value)}

    return {code: known for code, figure in below.items() if (known := said(figure))}


def signs(place: Place) -> list[Sign]:
    """One sign a unit: its worst."""
    found: dict[str, Sign] = {}
    for permission, find in registry.held.signs:
        if permission in place.actor.permissions:
            for one in find(place):
                if one.code not in found or ORDER[one.level] < ORDER[found[one.code].level]:
                    found[one.code] = one
    return list(found.values())


def told(sign: Sign) -> dict[str, Any]:
    """A sign as the map's script reads it."""
    shown = {"code": sign.code, "level": sign.level, "n": sign.n, "url": sign.url}
    return shown | {"words": str(sign.words), "letter": cells.level_letter(sign.level)}


def legend(place: Place) -> list[dict[str, Any]]:
    """Layers of points with their marks and counts."""
    return [layer for layer in maps.layers(place.actor, place.own, place.code) if not layer["signs"]]
