"""Live as a Django app."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Events for open pages."""

    name = "anzhi.foundation.live"
    label = "live"
