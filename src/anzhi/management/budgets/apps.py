"""Budgets as a Django app."""

from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    """What an office may spend on itself, and what it asked to spend."""

    name = "anzhi.management.budgets"
    label = "budgets"
