"""`manage permissions`: the page docs/permissions.md."""

from typing import Any

from django.core.management.base import BaseCommand

from anzhi.foundation.access import handbook


class Command(BaseCommand):
    """Prints; whoever calls it redirects."""

    help = "Print docs/permissions.md from the lists of permissions and roles."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the page."""
        self.stdout.write(handbook.render(), ending="")
