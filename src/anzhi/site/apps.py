"""The site as a Django app: wakes every app's registrations."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SiteConfig(AppConfig):
    """Last in INSTALLED_APPS, so that all registries are there."""

    name = "anzhi.site"
    label = "anzhi_site"

    def ready(self) -> None:
        """Let each app hand its facts to the registries below it."""
        autodiscover_modules("registrations")
