"""Watches the inbox until told to stop."""

import logging
import time
from collections.abc import Callable
from pathlib import Path

from django.db import OperationalError, close_old_connections, transaction

from anzhi.foundation.access.scope import system_scope
from anzhi.supervision.funds.inbox import places, taking
from anzhi.supervision.funds.inbox.arrivals import Arrivals
from anzhi.supervision.funds.models import StatementFile
from anzhi.supervision.funds.services import importing
from anzhi.supervision.funds.states import FileState, Source

log = logging.getLogger(__name__)

TICK = 1.0
RESCAN_SECONDS = 30.0


def watch(stopped: Callable[[], bool]) -> None:
    """Take every file that arrives; look after those that wait for their rest."""
    root = places.folder()
    with Arrivals(root) as arrivals:
        scan_at = 0.0
        while not stopped():
            close_old_connections()
            try:
                if time.monotonic() >= scan_at:
                    taking.take_all()
                    scan_at = time.monotonic() + RESCAN_SECONDS
                turn(root, arrivals.wait(TICK))
            except OperationalError as error:
                log.warning("the database does not answer (%s): the folder is scanned again", type(error).__name__)
                scan_at = time.monotonic() + TICK


def turn(root: Path, names: list[str]) -> None:
    """Take what arrived; when nothing did, look after what waits."""
    for name in names:
        taking.attempt(root / name)
    if not names:
        look_after_waiting()


def look_after_waiting(now: float | None = None) -> None:
    """A file that waited is tried again when it changed or has been quiet long enough; then it is final."""
    now = time.time() if now is None else now
    with system_scope(), transaction.atomic():
        waiting = list(StatementFile.objects.filter(source=Source.INBOX, state=FileState.WAITING))
    for file in waiting:
        path = Path(file.path)
        try:
            known = path.stat()
        except FileNotFoundError:
            taking.give_up(file)
            continue
        if known.st_size != file.size or now - known.st_mtime >= importing.QUIET_SECONDS:
            taking.attempt(path)
