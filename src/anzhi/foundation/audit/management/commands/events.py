"""`manage events [--write]`: every kind of event with its sentence, as docs/events.md."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from anzhi.foundation.audit.presenters import known

HEAD = """# Events: what the trail (留痕) can tell

Every write leaves one event by `audit.door.action(name, …)`. Each app says in its `presenters.py` how its events read;
a test holds code, sentences and this list together. Written by `./anzhi manage events --write`.

| event | 中文 | English |
|---|---|---|
"""


def listed() -> str:
    """The page."""
    columns = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            columns[language] = known()
    pairs = zip(columns["zh-hans"], columns["en"], strict=True)
    return HEAD + "".join(f"| `{name}` | {chinese} | {english} |\n" for (name, chinese), (_name, english) in pairs)


class Command(BaseCommand):
    """Prints the page, or writes it."""

    help = "List every kind of event; --write puts it into docs/events.md."

    def add_arguments(self, parser: CommandParser) -> None:
        """--write."""
        parser.add_argument("--write", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print or write."""
        if options["write"]:
            (settings.ROOT / "docs" / "events.md").write_text(listed(), encoding="utf-8")
        else:
            self.stdout.write(listed())
