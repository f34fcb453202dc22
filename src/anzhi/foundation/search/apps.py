"""Search as a Django app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One index for all that can be found."""

    name = "anzhi.foundation.search"
    label = "search"
