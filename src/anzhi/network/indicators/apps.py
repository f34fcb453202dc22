"""Indicators as a Django app."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Definitions and roll-ups."""

    name = "anzhi.network.indicators"
    label = "indicators"
