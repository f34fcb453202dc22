"""`manage urls`: the map of the site, as docs/urls.txt keeps it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from anzhi.site.addresses import listing


class Command(BaseCommand):
    """Prints it, or writes the page."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Print or write."""
        parser.add_argument("--write", action="store_true", help="write docs/urls.txt")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do either; elsewhere than in a source tree there is no page to write."""
        if not options["write"]:
            self.stdout.write(listing(), ending="")
            return
        page = settings.ROOT / "docs/urls.txt"
        if not page.parent.is_dir():
            raise CommandError(f"{page.parent} is not here: this is no source tree")
        page.write_text(listing())
