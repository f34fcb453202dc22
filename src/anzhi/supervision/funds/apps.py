"""Funds as a Django app."""

from django.apps import AppConfig


class FundsConfig(AppConfig):
    """Supervised accounts and what the banks say happened in them."""

    name = "anzhi.supervision.funds"
    label = "funds"
