"""`manage inbox`: take statement files as they arrive."""

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from anzhi.supervision.funds.inbox import watching


class Command(BaseCommand):
    """Runs until SIGTERM."""

    help = "Watch the inbox folder and hand every statement file that arrives to a worker."

    def handle(self, *args: Any, **options: Any) -> None:
        """Watch."""
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        watching.watch(stop.is_set)
