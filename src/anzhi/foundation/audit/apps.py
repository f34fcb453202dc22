"""Audit as a Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    """The trail."""

    name = "anzhi.foundation.audit"
    label = "audit"

    def ready(self) -> None:
        """Let each app's `presenters.py` say how its events read."""
        autodiscover_modules("presenters")
