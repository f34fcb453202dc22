"""`manage load_rules`: the first version of each rule type. Safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.supervision.alerts.services import versions


class Command(BaseCommand):
    """Publishes version 1 of every type that has none."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        with system_scope():
            made = versions.seed(by=SYSTEM)
        if options["verbosity"]:
            self.stdout.write(f"{made} rule versions published")
