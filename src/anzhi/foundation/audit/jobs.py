"""Background work of the trail: the sealer's loop, hosted by the worker process."""

import logging
from threading import Event as Flag

from django.db import DatabaseError, close_old_connections, connection

from anzhi.foundation.audit.sealing import Disagreement, seal
from anzhi.foundation.jobs import beside

log = logging.getLogger(__name__)
PAUSE = 1.0


@beside.runs
def seal_forever(stop: Flag, pause: float = PAUSE) -> None:
    """Seal once a second until `stop` is set, in the calling thread; a database that is away is waited for."""
    said = ""
    try:
        while not stop.is_set():
            said = _pass(said)
            stop.wait(pause)
        _pass(said)
    finally:
        connection.close()


def _pass(said: str) -> str:
    """One attempt; a fault is logged once, not once a second."""
    try:
        close_old_connections()
        seal()
    except (DatabaseError, Disagreement, OSError) as fault:
        if str(fault) != said:
            log.error("nothing can be sealed: %s", fault)
        return str(fault)
    return ""
