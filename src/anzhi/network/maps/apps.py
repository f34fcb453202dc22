"""Maps as a Django app."""

from django.apps import AppConfig


class MapsConfig(AppConfig):
    """Layers, tiles, the one map."""

    name = "anzhi.network.maps"
    label = "maps"
