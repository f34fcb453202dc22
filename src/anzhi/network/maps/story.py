"""What the map page says: where to look, which layers there are, how many rows each holds."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.scope import prefix_of
from anzhi.foundation.regions import codes, naming
from anzhi.foundation.regions import queries as regions
from anzhi.network.maps import queries, registry
from anzhi.network.maps.registry import Layer

BELOW = {"province": "prefecture", "prefecture": "county", "county": "county"}


def area(scope: Scope | None, wanted: str) -> str:
    """The region to look at: the one asked for when it lies in the asker's area, else that area itself."""
    own = (scope.prefix if scope else "").ljust(12, "0") if scope and scope.prefix else regions.PROVINCE
    fits = len(wanted) == 12 and wanted.isascii() and wanted.isdigit() and regions.exists(wanted)
    return wanted if fits and scope is not None and scope.contains(wanted) else own


def layers(actor: Actor, scope: Scope | None, code: str) -> list[dict[str, Any]]:
    """The switches of the map with their legend; each figure counts the rows of the area."""
    found = []
    for layer in registry.offered(actor):
        within = Scope(prefix_of(code))
        kinds = queries.kinds(layer, within) if scope else {}
        found.append(
            {
                "name": layer.name,
                "label": layer.label,
                "total": sum(kinds.values()),
                "legend": [(mark, words, kinds.get(kind, 0)) for kind, words, mark in layer.legend],
                "signs": layer.signs,
                "lost": queries.lost(layer, within) if scope else 0,
            }
        )
    return found


def settings_of(code: str) -> dict[str, Any]:
    """What the map's script must know; addresses come from here, so that hashes of files are right."""
    level = codes.level(code)
    shown = level if level in BELOW else "county"
    home = code if level in BELOW else code[:6].ljust(12, "0")
    tiles = reverse("maps:tile", args=["LAYER", 0, 0, 0]).replace("/0/0/0", "/{z}/{x}/{y}")
    return {
        "region": home,
        "name": regions.label(code),
        "level": shown,
        "below": BELOW[shown],
        "tiles": tiles,
        "shapes": reverse("maps:shapes", args=[111, "LEVEL"]).replace("/111/", "/CODE/"),
        "outline": reverse("maps:shapes", args=[int(home), shown]),
        "inside": reverse("maps:shapes", args=[int(home), BELOW[shown]]),
        "features": reverse("maps:features", args=["LAYER", int(home)]),
        "worker": static("vendor/maplibre/maplibre-gl-worker.mjs"),
        "approval": settings.MAP_APPROVAL,
    }


def with_addresses(layer: Layer, found: dict[str, Any]) -> dict[str, Any]:
    """Each row with the address of its page and the name of its area."""
    names = regions.labels(feature["region_code"] for feature in found["features"])
    for feature in found["features"]:
        feature["area"] = names.get(feature["region_code"], feature["region_code"])
        if layer.told and not found["aggregated"]:
            feature |= layer.told(feature)
        if layer.url and not found["aggregated"]:
            feature["url"] = layer.url(feature)
    return found


def places(scope: Scope | None) -> list[tuple[str, str]]:
    """Prefectures and counties of the asker's area to go to, with names that tell two of one name apart."""
    found = []
    for level in ("prefecture", "county"):
        for unit in regions.inside(scope.prefix if scope else "53", level).select_related("parent"):
            above = f"（{unit.parent.short_name}）" if level == "county" and unit.parent else ""
            found.append((unit.code, f"{unit.short_name}{above}"))
    return found


def on_map(code: str) -> str:
    """The short label of a region: 楚雄."""
    return naming.on_map(regions.label(code))
