"""Audit as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail."""

    name = "anzhi.foundation.audit"
    label = "audit"
