"""Annual plans as a Django app."""

from django.apps import AppConfig


class AnnualConfig(AppConfig):
    """What is to be done in a year, and how far it has come."""

    name = "anzhi.management.annual"
    label = "annual"
