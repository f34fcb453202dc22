"""A statement file arrives: its bytes are kept, and whether they came before is known."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from anzhi.foundation.access import gate
from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit import door as audit
from anzhi.foundation.jobs import services as jobs
from anzhi.supervision.funds import raw
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount
from anzhi.supervision.funds.refusals import reason
from anzhi.supervision.funds.services import importing
from anzhi.supervision.funds.states import LIVE_FILES, FileState, Source

TASK = "funds.import"
MOST_ATTEMPTS = 20
FORGOTTEN = """
SELECT f.id, f.attempts FROM funds_statementfile f
WHERE f.state IN ('received', 'parsing')
  AND (f.source <> 'cli' OR f.received_at < now() - interval '1 minute') AND NOT EXISTS (
  SELECT 1 FROM procrastinate_jobs j
  WHERE j.task_name = %s AND j.status IN ('todo', 'doing') AND (j.args ->> 'file')::bigint = f.id)
ORDER BY f.id
"""


def receive(
    blocks: Iterable[bytes],
    *,
    name: str,
    source: Source,
    by: Actor,
    mapping: str = "auto",
    path: str = "",
    account: SupervisedAccount | None = None,
    enqueue: bool = False,
) -> StatementFile:
    """Keep the bytes and note the file: RECEIVED, or KNOWN when the same bytes are already taken.

    `account` is the one that a sheet without account number is for. With `enqueue`, a worker imports it.
    Raises OSError when the disk is full; then nothing is kept.
    """
    gate.demand(by, Permission.STATEMENT_IMPORT)
    kept = raw.keep(blocks)
    file = StatementFile(
        name=name[-255:],
        sha256=kept.sha256,
        size=kept.size,
        source=source,
        mapping_wanted=mapping,
        for_account=account,
        path=path,
        region_code=by.region_code or settings.HOME_REGION,
    )
    _brought(file, by)
    with system_scope(), transaction.atomic():
        return _note(file, by, enqueue)


def again(*, file: StatementFile, by: Actor) -> StatementFile:
    """Try a refused file once more, in the name of who asks now. Raises ValidationError for any other file."""
    gate.demand(by, Permission.STATEMENT_IMPORT, on=file)
    if file.state != FileState.REFUSED:
        raise ValidationError(_("Only a refused file can be tried again."))
    _brought(file, by)
    file.state, file.errors = FileState.RECEIVED, []
    with system_scope(), transaction.atomic():
        return _note(file, by, enqueue=True)


def _brought(file: StatementFile, by: Actor) -> None:
    file.by_id, file.by_name, file.by_prefix = by.id, by.label[:120], by.prefix


def renew(file: StatementFile, blocks: Iterable[bytes]) -> StatementFile:
    """A file that waited for its rest has changed: its new bytes take the place of the old ones."""
    old, kept = file.sha256, raw.keep(blocks)
    file.sha256, file.size, file.state = kept.sha256, kept.size, FileState.RECEIVED
    with system_scope(), transaction.atomic():
        file = _note(file, SYSTEM, enqueue=True)
        if old != kept.sha256 and not StatementFile.objects.filter(sha256=old).exists():
            raw.forget(old)
    return file


def _note(file: StatementFile, by: Actor, enqueue: bool) -> StatementFile:
    raw.name(file.sha256, file.size)
    try:
        with transaction.atomic(), audit.action("statement.received", by=by, on=file, sha256=file.sha256):
            file.save()
    except IntegrityError:
        file.state, file.same_as = FileState.KNOWN, _taken(file.sha256)
        with audit.action("statement.known", by=by, on=file, sha256=file.sha256):
            file.save()
        return file
    if enqueue:
        jobs.enqueue(TASK, file=file.pk)
    return file


def _taken(sha256: str) -> StatementFile | None:
    return StatementFile.objects.filter(sha256=sha256, state__in=LIVE_FILES).first()


def resume() -> int:
    """Enqueue again what was received and has no job any more: the queue was lost, or gave it up.

    A file that failed too often is refused, so that somebody looks.
    """
    with connection.cursor() as cursor:
        cursor.execute(FORGOTTEN, [TASK])
        forgotten = cursor.fetchall()
    for pk, attempts in forgotten:
        if attempts < MOST_ATTEMPTS:
            jobs.enqueue(TASK, file=pk)
        else:
            file = StatementFile.objects.get(pk=pk)
            importing.refuse(file, [reason("file.failed", attempts=attempts)])
    return len(forgotten)
