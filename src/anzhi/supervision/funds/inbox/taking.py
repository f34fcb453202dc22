"""Takes a file from the inbox: new, changed while waiting, or already in hand."""

import errno
import logging
from pathlib import Path

from django.db import transaction

from anzhi.foundation.access.actors import SYSTEM
from anzhi.foundation.access.scope import system_scope
from anzhi.supervision.funds import marks, raw
from anzhi.supervision.funds.inbox import places, settling
from anzhi.supervision.funds.models import StatementFile
from anzhi.supervision.funds.refusals import Reason
from anzhi.supervision.funds.services import importing, receiving
from anzhi.supervision.funds.states import FileState, Source

log = logging.getLogger(__name__)


def take(path: Path) -> StatementFile | None:
    """Receive one file and hand it to a worker; None when there is nothing to take now.

    Raises OSError (ENOSPC) when the disk is full: the file stays where it is.
    """
    if not places.counts(path):
        return None
    marks.phase("arrived")
    with system_scope(), transaction.atomic():
        known = StatementFile.objects.filter(path=str(path), state__in=importing.OPEN).order_by("-pk").first()
    try:
        if known is None:
            file = receiving.receive(
                raw.blocks_of(path), name=path.name, source=Source.INBOX, by=SYSTEM, path=str(path), enqueue=True
            )
        elif known.state == FileState.WAITING:
            file = receiving.renew(known, raw.blocks_of(path))
        else:
            return None  # a worker has it, and puts it away
    except FileNotFoundError:
        return None
    marks.phase("queued")
    if file.state == FileState.KNOWN:
        settling.settle(file)
    return file


def give_up(file: StatementFile) -> None:
    """A file that waited for its rest was taken away: it is refused with what was wrong with it."""
    with system_scope():
        importing.refuse(file, [Reason(**known) for known in file.errors])


def take_all() -> list[Path]:
    """Take what lies in the inbox; answers what could not be taken yet because it is still being written."""
    later = []
    for path in sorted(places.folder().iterdir()):
        if places.counts(path):
            if places.being_written(path):
                later.append(path)
            else:
                attempt(path)
    return later


def attempt(path: Path) -> bool:
    """Take a file and live on when the disk is full; True when there is nothing left to do."""
    try:
        take(path)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        log.error("no room on the disk for %s: it stays in the inbox and is tried again", path.name)
        return False
    return True
