"""A statement file arrives: its bytes are kept, and whether they came before is known."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from anzhi.foundation.access import gate
from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit import door as audit
from anzhi.foundation.jobs import services as jobs
from anzhi.supervision.funds import raw
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount
from anzhi.supervision.funds.services import importing
from anzhi.supervision.funds.states import LIVE_FILES, FileState, Source

TASK = "funds.import"
FORGOTTEN_SECONDS = 60


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
        by_id=by.id,
        by_name=by.label[:120],
        by_prefix=by.prefix,
    )
    with system_scope(), transaction.atomic():
        return _note(file, by, enqueue)


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
    try:
        with transaction.atomic(), audit.action("statement.received", by=by, on=file, sha256=file.sha256):
            file.save()
    except IntegrityError:
        file.state, file.same_as = FileState.KNOWN, _taken(file.sha256)
        with audit.action("statement.known", by=by, on=file, sha256=file.sha256):
            file.save()
        return file
    if enqueue:
        jobs.enqueue(TASK, dedupe=f"{TASK}:{file.pk}", file=file.pk)
    return file


def _taken(sha256: str) -> StatementFile | None:
    return StatementFile.objects.filter(sha256=sha256, state__in=LIVE_FILES).first()


def resume() -> int:
    """Enqueue again what was received and is in nobody's hands: a worker died, or the queue was lost."""
    since = timezone.now() - timedelta(seconds=FORGOTTEN_SECONDS)
    waiting = StatementFile.objects.filter(state__in=(FileState.RECEIVED, FileState.PARSING), received_at__lt=since)
    forgotten = [file for file in waiting.order_by("pk") if importing.is_free(file.pk)]
    for file in forgotten:
        jobs.enqueue(TASK, dedupe=f"{TASK}:{file.pk}", file=file.pk)
    return len(forgotten)
