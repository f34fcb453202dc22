"""Web as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Components, templates and static files."""

    name = "anzhi.foundation.web"
    label = "web"
