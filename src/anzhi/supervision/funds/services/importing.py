"""A kept file becomes stored rows: the whole file in one transaction, or nothing of it."""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit import door as audit
from anzhi.foundation.jobs import services as jobs
from anzhi.foundation.live import services as live
from anzhi.supervision.funds import hooks, marks, raw
from anzhi.supervision.funds.models import StatementFile, SupervisedAccount
from anzhi.supervision.funds.readers.problems import Refused
from anzhi.supervision.funds.readers.reading import detect, read
from anzhi.supervision.funds.refusals import SENTENCES, ImportRefused, Reason, reason
from anzhi.supervision.funds.rules import common_region
from anzhi.supervision.funds.services import covering, learning, storing
from anzhi.supervision.funds.services.known import CHOSEN, KnownAccounts
from anzhi.supervision.funds.services.staging import Staged, stage
from anzhi.supervision.funds.states import FileState, Source

log = logging.getLogger(__name__)

PROGRESS, SHOWN_FROM = "funds.statement", 1 << 20  # smaller files are done before anybody could look
QUIET_SECONDS = 60
HALF = "balance.open"  # what a sheet cut between two lines looks like
OPEN = (FileState.RECEIVED, FileState.PARSING, FileState.WAITING)
ONLY_ME = "SELECT pg_try_advisory_xact_lock(hashtextextended('funds.statement', %s))"


def import_file(file_id: int) -> StatementFile:
    """Read, check and store a received file; safe to call twice, at once, or after a crash.

    A file that is wrong ends REFUSED with its reasons. Raises what is not the file's fault (a lost
    database, a full disk): then nothing is stored and the file can be tried again.
    """
    marks.phase("begin")
    with system_scope():
        file = _begin(file_id)
        if file.state == FileState.PARSING:
            try:
                _store(file)
                if file.added >= learning.MANY:
                    learning.learn()
            except Refused as refusal:
                _refused(file, ImportRefused.by_reader(refusal))
            except ImportRefused as refusal:
                _refused(file, refusal)
    return file


@transaction.atomic  # outside of a transaction no scope is bound, and no row is seen
def _begin(file_id: int) -> StatementFile:
    StatementFile.objects.filter(pk=file_id, state__in=OPEN).update(state=FileState.PARSING, attempts=F("attempts") + 1)
    return StatementFile.objects.get(pk=file_id)


def _refused(file: StatementFile, refusal: ImportRefused) -> None:
    if file.by_id is None and refusal.regions:
        file.region_code = common_region(refusal.regions)  # nobody's file: those whose accounts it holds look after it
    if not _wait(file, refusal.reasons):
        refuse(file, refusal.reasons)


def _wait(file: StatementFile, reasons: list[Reason]) -> bool:
    """Whether the file may be only half there: it came through the inbox, does not parse, and is still young."""
    if file.source != Source.INBOX or any(known.code in SENTENCES and known.code != HALF for known in reasons):
        return False
    try:
        young = time.time() - Path(file.path).stat().st_mtime < QUIET_SECONDS
    except OSError:
        return False
    if young:
        with transaction.atomic():
            file.state, file.errors = FileState.WAITING, [known.stored() for known in reasons]
            file.save(update_fields=["state", "errors"])
    return young


def _store(file: StatementFile) -> None:
    with _watched(file) as report, transaction.atomic():
        if not _mine(file):
            return
        marks.phase("parse")
        path = raw.path_of(file.sha256)
        if not path.exists():
            raise ImportRefused([reason("file.lost")])
        kind = detect(path, file.mapping_wanted)
        accounts = KnownAccounts(kind.mapping, file.by_prefix, file.for_account)
        events = read(path, kind.mapping or file.mapping_wanted, CHOSEN if file.for_account else "")
        staged = stage(events, kind, accounts, report)
        by = _actor(file)
        with audit.action("statement.imported", by=by, on=file) as facts:
            _land(file, staged)
            facts |= {"entries": file.entries, "added": file.added, "raised": file.raised, "sha256": file.sha256}
            audited = file.region_code
        marks.phase("commit")
        log.info("statement file %s imported in %s", file.pk, audited)


def _land(file: StatementFile, staged: Staged) -> None:
    accounts = covering.lock(staged)
    marks.phase("insert")
    stored = storing.store(file, staged)
    covering.cover(file, staged, accounts)
    _sum_up(file, staged, stored, accounts)
    marks.phase("rules")
    file.raised = hooks.run(hooks.Landed(file.pk, tuple(one.pk for one in accounts), stored.added, staged.days))
    file.state, file.ended_at = FileState.IMPORTED, timezone.now()
    file.save()
    live.publish_in(topic="funds.imported", regions=file.regions, payload={"file": file.pk})


def _sum_up(file: StatementFile, staged: Staged, stored: storing.Stored, accounts: list[SupervisedAccount]) -> None:
    file.kind, file.mapping = staged.kind, staged.mapping
    file.statements, file.entries, file.pending = len(staged.frames), staged.entries, staged.pending
    file.credits, file.debits = staged.credits, staged.debits
    file.added, file.conflicts = stored.added, stored.conflicts
    file.remarks, file.errors = staged.remarks, []
    file.regions = sorted({account.region_code for account in accounts})
    if file.regions:
        file.region_code = common_region(file.regions)


def refuse(file: StatementFile, reasons: list[Reason]) -> None:
    """Note why the file is refused; its bytes stay."""
    with transaction.atomic(), audit.action("statement.refused", by=_actor(file), on=file) as facts:
        facts["reasons"] = [known.code for known in reasons]
        file.errors, file.state = [known.stored() for known in reasons], FileState.REFUSED
        file.ended_at = timezone.now()
        file.save()
        live.publish(topic="funds.refused", region_code=file.region_code, payload={"file": file.pk})


def _mine(file: StatementFile) -> bool:
    """Whether this worker alone has the file, and nobody finished it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(ONLY_ME, [file.pk])
        (locked,) = cursor.fetchone()
    if locked:
        file.refresh_from_db()
    return locked and file.state == FileState.PARSING


def _actor(file: StatementFile) -> Actor:
    if file.by_id is None:
        return SYSTEM
    return Actor(id=file.by_id, name=file.by_name, prefix=file.by_prefix)


def _watched(file: StatementFile) -> AbstractContextManager[Callable[[int], None]]:
    return nullcontext(_silent) if file.size < SHOWN_FROM else _Reported(file)


def _silent(entries: int) -> None:
    """Small files report nothing."""


class _Reported(AbstractContextManager[Callable[[int], None]]):
    """Entries read so far, written over a connection of its own for the page to see."""

    def __init__(self, file: StatementFile) -> None:
        self.work = jobs.progress(kind=PROGRESS, subject=str(file.pk), region_code=file.region_code)

    def __enter__(self) -> Callable[[int], None]:
        return self.work.__enter__().at

    def __exit__(self, *error: object) -> bool | None:
        return self.work.__exit__(*error)  # type: ignore[arg-type]  # the three of __exit__, passed on
