"""The map, its tiles and its lists."""

import json
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.context import Scope
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import prefix_of
from anzhi.foundation.regions import queries as regions
from anzhi.foundation.regions.models import Band, Level
from anzhi.foundation.web import answers
from anzhi.foundation.web.pages import Page
from anzhi.foundation.web.requests import Request
from anzhi.network.maps import queries, registry, rules, story, versions
from anzhi.network.maps.registry import Layer

VECTOR, PLAIN = "application/vnd.mapbox-vector-tile", "application/json"
BANDS = {Level.PROVINCE: Band.FAR, Level.PREFECTURE: Band.MIDDLE, Level.COUNTY: Band.NEAR}


class Map(Page):
    """一张图: everything with a place that this person may see, with the same rows as a list beside it."""

    permission = Permission.MAP_VIEW
    title = _("Map")
    template = "maps/map.html"
    scripts = ("maps/js/page.js",)
    styles = ("vendor/maplibre/maplibre-gl.css", "maps/css/marks.css", "maps/css/map.css")

    def context(self) -> dict[str, Any]:
        """Layers, where to look, and who approved the map."""
        area = story.area(self.scope, self.request.GET.get("region") or self.request.GET.get("area", ""))
        return {
            "area": area,
            "layers": story.layers(self.actor, self.scope, area),
            "data": story.settings_of(area),
            "places": story.places(self.scope),
            "approval": settings.MAP_APPROVAL,
            "edition": regions.edition_of(area),
        }


class Answer(Page, abstract=True):
    """An answer for programs about one layer."""

    def layer(self, name: str) -> Layer:
        """The layer, or 404 for what is unknown or not for this person."""
        found = registry.get(name, self.actor)
        if found is None:
            raise Http404
        return found

    def bounded(self) -> Scope:
        """What this person may see; a person without an area has no tiles."""
        if self.scope is None:
            raise Http404
        return self.scope


class Tile(Answer):
    """One vector tile of one layer, cut to the asker's area inside the SQL."""

    permission = Permission.MAP_VIEW

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """200 with the tile, 204 where the layer has nothing to show at this zoom, 304, 404, 503 when too slow."""
        layer, z, x, y = self.layer(kwargs["layer"]), kwargs["z"], kwargs["x"], kwargs["y"]
        if not rules.exists(z, x, y):
            raise Http404
        if not layer.low <= z <= layer.high:
            return HttpResponse(status=204)
        scope = self.bounded()
        etag = answers.tag(layer.name, versions.of(layer), "" if layer.public else scope.prefix)
        if held := answers.known(request, etag):
            return held
        try:
            with transaction.atomic():
                body = queries.tile(layer, scope, z, x, y)
        except OperationalError:  # the time limit; half a tile would be a wrong map
            return HttpResponse(status=503, headers={"Retry-After": "5"})
        return answers.packed(request, body, VECTOR, etag)


class Shapes(Page):
    """Borders of one tier inside a region as GeoJSON, for maps without WebGL. Borders are no secret."""

    permission = Permission.MAP_VIEW

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The collection."""
        code, level = str(kwargs["code"]), kwargs["level"]
        if level not in BANDS or len(code) != 12 or not regions.exists(code):
            raise Http404
        etag = answers.tag(code, level, get_language(), versions.of(registry.known(level)))
        if held := answers.known(request, etag):
            return held
        found = regions.geojson(code, level, BANDS[Level(level)])
        return answers.packed(request, json.dumps(found, ensure_ascii=False).encode(), PLAIN, etag)


class Features(Answer):
    """All rows of a layer in an area, or, where they are too many, how many each county has."""

    permission = Permission.MAP_VIEW

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The rows, each with the address of its page."""
        layer, code, scope = self.layer(kwargs["layer"]), str(kwargs["code"]), self.bounded()
        if layer.public or len(code) != 12 or not scope.contains(code):
            raise Http404
        etag = answers.tag(layer.name, code, get_language(), versions.of(layer), scope.prefix)
        if held := answers.known(request, etag):
            return held
        found = story.with_addresses(layer, queries.features(layer, Scope(prefix_of(code))))
        return answers.packed(request, queries.plain(found).encode(), PLAIN, etag)
