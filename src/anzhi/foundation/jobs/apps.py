"""Jobs as a Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Finds every app's `jobs.py`, so that workers and web processes know the same tasks."""

    name = "anzhi.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Register the tasks of all apps."""
        autodiscover_modules("jobs")
