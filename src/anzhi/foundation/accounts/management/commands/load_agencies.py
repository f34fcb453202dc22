"""`manage load_agencies`: the offices, from the register of regions."""

from typing import Any

from django.core.management.base import BaseCommand

from anzhi.foundation.accounts import reference


class Command(BaseCommand):
    """Idempotent; runs after load_regions."""

    help = "Make the offices of province, prefectures and counties that are not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, and say how many stand on each tier."""
        counts = reference.load()
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{tier} {count}" for tier, count in counts.items()))
