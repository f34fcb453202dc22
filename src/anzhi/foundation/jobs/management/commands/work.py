"""`./anzhi worker`: do background work until told to stop."""

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from anzhi.foundation.jobs import beside, worker


class Command(BaseCommand):
    """Runs one worker process."""

    help = "Do background work until SIGTERM; running jobs are finished first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much at a time, and how long a stop may take."""
        parser.add_argument("--concurrency", type=int, default=2)
        parser.add_argument("--grace", type=float, default=20.0, help="seconds a running job may take after SIGTERM")
        parser.add_argument("--queue", action="append", dest="queues", help="only this queue (may be repeated)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped."""
        with beside.running():
            asyncio.run(
                worker.run(concurrency=options["concurrency"], grace=options["grace"], queues=options["queues"])
            )
