"""A statement file arrives: its bytes are kept, and whether they came before is known."""

from collections.abc import Iterable

from django.conf import settings
from django.db import IntegrityError, transaction

from anzhi.foundation.access import gate
from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit import door as audit
from anzhi.supervision.funds import raw
from anzhi.supervision.funds.models import StatementFile
from anzhi.supervision.funds.states import LIVE_FILES, FileState, Source


def receive(
    blocks: Iterable[bytes], *, name: str, source: Source, by: Actor, mapping: str = "auto", path: str = ""
) -> StatementFile:
    """Keep the bytes and note the file: RECEIVED, or KNOWN when the same bytes are already taken.

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
        path=path,
        region_code=by.region_code or settings.HOME_REGION,
        by_id=by.id,
        by_name=by.label[:120],
        by_prefix=by.prefix,
    )
    with system_scope(), transaction.atomic():
        return _note(file, by)


def _note(file: StatementFile, by: Actor) -> StatementFile:
    try:
        with transaction.atomic(), audit.action("statement.received", by=by, on=file, sha256=file.sha256):
            file.save()
    except IntegrityError:
        file.pk = None
        file.state = FileState.KNOWN
        file.same_as = StatementFile.objects.filter(sha256=file.sha256, state__in=LIVE_FILES).first()
        with audit.action("statement.known", by=by, on=file, sha256=file.sha256):
            file.save()
    return file
