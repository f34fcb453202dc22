"""What maps hands to the registries below it: its page, its modules; and the borders to its own registry."""

from django.utils.translation import gettext_lazy as _

from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.web import assets
from anzhi.foundation.web.navigation import NavEntry, register
from anzhi.network.maps import ground, layers, records
from anzhi.network.projects import panels

layers.define()
assets.register("maplibre-gl", "vendor/maplibre/maplibre-gl.mjs")
for module in ("canvas", "flat", "marks", "paint", "plain", "record-flat", "record-near", "tiles"):
    assets.register(f"anzhi/map-{module}", f"maps/js/{module}.js")
register(NavEntry("network", _("Overview"), _("Map"), "maps:map", "map-2", Permission.MAP_VIEW, order=2))
ground.define()
panels.register("project.map", records.of_project)
panels.register("site.map", records.of_site)
