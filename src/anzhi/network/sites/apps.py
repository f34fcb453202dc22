"""Sites as a Django app."""

from django.apps import AppConfig


class SitesConfig(AppConfig):
    """Resettlement sites."""

    name = "anzhi.network.sites"
    label = "sites"
