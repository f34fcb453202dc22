"""`manage glossary [--write]`: the glossary with its tables as the code has them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from anzhi.site.words import render


class Command(BaseCommand):
    """Prints the page, or writes it; what people wrote above the mark stays."""

    help = "Bring the tables of docs/glossary.md up to date; --write puts them there."

    def add_arguments(self, parser: CommandParser) -> None:
        """--write."""
        parser.add_argument("--write", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print or write."""
        page = settings.ROOT / "docs" / "glossary.md"
        text = render(page.read_text(encoding="utf-8"))
        if options["write"]:
            page.write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text)
