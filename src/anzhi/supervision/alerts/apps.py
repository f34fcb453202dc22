"""Alerts as a Django app."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Rules and alerts."""

    name = "anzhi.supervision.alerts"
    label = "alerts"
