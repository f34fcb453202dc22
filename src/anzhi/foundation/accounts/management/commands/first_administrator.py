"""`manage first_administrator`: the one account that no page can open."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.accounts import first


class Command(BaseCommand):
    """Refuses as soon as there is a security administrator: from then on they open accounts."""

    help = "Open the first security administrator of an installation and print the first password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        parser.add_argument("username")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open it, or say why not."""
        try:
            with system_scope():
                password = first.open_first(options["username"], options["name"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"first password of {options['username']} (to be changed at the first log-in): {password}")
