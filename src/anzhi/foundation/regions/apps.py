"""Regions as a Django app."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Administrative regions."""

    name = "anzhi.foundation.regions"
    label = "regions"
