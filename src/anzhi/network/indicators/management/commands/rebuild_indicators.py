"""`manage rebuild_indicators`: prove the roll-ups equal to their rows, and replace what differs."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.network.indicators import services


class Command(BaseCommand):
    """Says of each figure how many sums differed; with --strict a difference is an exit code of 1."""

    help = "Compare kept figures with their rows and replace what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether a difference is a failure."""
        parser.add_argument("--strict", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and report."""
        with system_scope():
            proofs = services.rebuild(by=SYSTEM)
        for proof in proofs:
            self.stdout.write(f"{proof.code}: {proof.differing} differing")
        if options["strict"] and any(proof.differing for proof in proofs):
            sys.exit(1)
