"""The sample as a Django app: only its command."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    """The sample province."""

    name = "anzhi.sample"
    label = "sample"
