"""Plans as a Django app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Fund plans and allocations."""

    name = "anzhi.management.plans"
    label = "plans"
