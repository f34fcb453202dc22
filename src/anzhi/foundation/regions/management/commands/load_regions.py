"""`manage load_regions`: the register of codes, from the pinned package."""

from typing import Any

from django.core.management.base import BaseCommand

from anzhi.foundation.regions.reference import register


class Command(BaseCommand):
    """Idempotent; names changed here by hand (units with a validity date) are left alone."""

    help = "Load the 12-digit codes of province, prefectures, counties, towns and villages."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many of each tier."""
        counts = register.load()
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{level} {count}" for level, count in counts.items()))
