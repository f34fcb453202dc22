"""The sealer: what has been committed becomes a link of the chain.

A seal covers the events of all transactions that had ended below a transaction number (`pg_snapshot_xmin`) and
were not sealed before. No later commit can slip under it: a transaction number below that one is never given
again. (Event numbers cannot serve: a transaction may hold a low one and commit late.)
"""

import logging

from django.db import connection, transaction
from django.utils import timezone

from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit import ledger
from anzhi.foundation.audit.leaves import VERSION, leaves
from anzhi.foundation.audit.models import Seal
from anzhi.foundation.audit.rules import START, Stamp, merkle, pack

log = logging.getLogger(__name__)
LOCK = 0x5EA1


class Disagreement(Exception):
    """The file and the database tell different stories: nothing is sealed until `audit verify` has been read."""


def seal() -> int:
    """Seal what can be sealed; returns how many events. One sealer at a time, others wait."""
    with system_scope(), ledger.held(ledger.path()):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            last = Seal.objects.order_by("-number").first()
            _catch_up(last)
            new = _next(last)
            if new is None:
                return 0
            new.save(force_insert=True)
        ledger.append(ledger.path(), new.stamp)  # after the commit: the file never knows what the database lost
    return new.count


def _next(last: Seal | None) -> Seal | None:
    below = _horizon()
    low = last.below if last else None
    if low is not None and below < low:
        raise Disagreement("transaction numbers began anew: the database was restored from a dump (docs/apps/audit.md)")
    found = list(leaves(VERSION, low, below))
    if not found:
        return None
    stamp = Stamp(
        number=last.number + 1 if last else 1,
        from_id=found[0][0],
        to_id=found[-1][0],
        count=len(found),
        below=below,
        version=VERSION,
        at=timezone.now(),
        root=merkle(found),
        previous=bytes(last.hash) if last else START,
    )
    return Seal(**vars(stamp), hash=stamp.digest(), leaves=pack(found))


def _horizon() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return cursor.fetchone()[0]


def _catch_up(last: Seal | None) -> None:
    """Write the one line that a crash between commit and file may have cost; more than one is no crash."""
    line = _last_line()
    known, made = line.number if line else 0, last.number if last else 0
    if last and line and known == made and line.digest == bytes(last.hash).hex():
        return
    follows = last is not None and line is not None and line.digest == bytes(last.previous).hex()
    if last and known == made - 1 and (follows or made == 1):
        ledger.append(ledger.path(), last.stamp)
    elif known or made:
        raise Disagreement(f"the file ends at seal {known}, the database at seal {made}: run audit verify")


def _last_line() -> ledger.Line | None:
    try:
        return ledger.last(ledger.path())
    except ledger.Unreadable as fault:
        raise Disagreement("the end of the file of seals is no seal: run audit verify") from fault
