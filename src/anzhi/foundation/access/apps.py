"""Access as a Django app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Holds no tables; gives the others their gate."""

    name = "anzhi.foundation.access"
    label = "access"
