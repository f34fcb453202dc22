"""`manage load_banks`: the thirteen banks."""

from typing import Any

from django.core.management.base import BaseCommand

from anzhi.supervision.funds.services import banks


class Command(BaseCommand):
    """Idempotent: names are brought up to date, nothing is removed."""

    help = "Load the banks that hold supervised accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them."""
        banks.load()
