"""`manage reference`: load what the law and the map say, before any sample or real row."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Runs each app's own idempotent loader, in the order of `settings.REFERENCE_LOADERS`."""

    help = "Load reference data: regions and boundaries, holidays, parameters. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run them all."""
        for name in settings.REFERENCE_LOADERS:
            call_command(name, verbosity=options["verbosity"])
