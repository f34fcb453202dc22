"""Parameters as a Django app."""

from django.apps import AppConfig


class ParametersConfig(AppConfig):
    """Limits, weights, thresholds."""

    name = "anzhi.foundation.parameters"
    label = "parameters"
