"""`manage load_boundaries`: the shipped boundaries, in four bands of detail."""

from typing import Any

from django.core.management.base import BaseCommand

from anzhi.foundation.regions.reference import editions


class Command(BaseCommand):
    """Idempotent; never replaces an official file imported since."""

    help = "Load county, prefecture and province boundaries where none are loaded yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was done to the source."""
        edition = editions.load_shipped()
        if options["verbosity"]:
            self.stdout.write(f"{edition}: {edition.notes}" if edition else "boundaries are already loaded")
