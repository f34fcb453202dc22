"""`manage load_projects`: the real projects of the province, as far as they are known."""

from typing import Any

from django.core.management.base import BaseCommand

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.network.projects.loading import load


class Command(BaseCommand):
    """Registers projects that are missing; one that is there is never touched."""

    help = "Load the real projects. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is missing."""
        with system_scope():
            added = load(by=SYSTEM)
        if options["verbosity"]:
            self.stdout.write(f"{added} projects added")
