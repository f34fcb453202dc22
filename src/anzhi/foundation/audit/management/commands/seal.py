"""`manage seal [--loop]`: seal the trail, once or each second."""

import signal
from threading import Event as Flag
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from anzhi.foundation.audit.jobs import seal_forever
from anzhi.foundation.audit.sealing import Disagreement, seal


class Command(BaseCommand):
    """The sealer by hand, or as a process of its own."""

    help = "Seal the events committed so far; --loop goes on each second until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """--loop."""
        parser.add_argument("--loop", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal."""
        if options["loop"]:
            stop = Flag()
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
            seal_forever(stop)
            return
        try:
            self.stdout.write(f"{seal()} events sealed")
        except Disagreement as fault:
            raise CommandError(str(fault)) from fault
