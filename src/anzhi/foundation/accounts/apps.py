"""Accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Agencies and people."""

    name = "anzhi.foundation.accounts"
    label = "accounts"
