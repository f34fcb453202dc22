"""Writes: the report of a file, and the decision about it."""

from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.audit import door as audit
from anzhi.foundation.regions import names
from anzhi.foundation.regions.imports.checking import Wishes, check
from anzhi.foundation.regions.models import BoundaryImport, Edition, ImportState, Region
from anzhi.foundation.regions.reference import editions

PROVINCE = "530000000000"


class NotAcceptable(ValueError):
    """The report forbids it, or the file is another one; the message is a sentence."""


def report(*, by: Actor, path: Path, wishes: Wishes, name: str = "") -> BoundaryImport:
    """Check a file and keep what was found. Boundaries stay as they are."""
    demand(by, Permission.REGION_IMPORT, on=_province())
    checked = check(path, wishes, name)
    found = checked.report
    state = ImportState.REPORTED if found.acceptable else ImportState.REFUSED
    decided = {} if found.acceptable else {"decided_at": timezone.now(), "decided_by": _("the checks")}
    row = BoundaryImport(
        file_name=found.file_name[:200], sha256=found.sha256, level=wishes.level, state=state, report=found.as_json(),
        reported_by=by.name, wishes={"system": wishes.system, "convert": wishes.convert}, **decided,
    )  # fmt: skip
    facts = {"file": found.file_name, "sha256": found.sha256, "acceptable": found.acceptable}
    with transaction.atomic():
        row.save()
        with audit.action("boundaries.reported", by=by, on=row, region_code=PROVINCE, **facts):
            pass
    return row


def accept(
    *, by: Actor, reported: BoundaryImport, path: Path, source: str, valid_from: date, approval: str = ""
) -> None:
    """Store the boundaries of a reported file from a day on; those before it stay, with their last day."""
    demand(by, Permission.REGION_IMPORT, on=_province())
    checked = check(path, Wishes(level=reported.level, **reported.wishes), reported.file_name)
    if checked.report.sha256 != reported.sha256:
        raise NotAcceptable(_("This is not the file that was checked."))
    if not checked.report.acceptable:
        raise NotAcceptable(_("The checks forbid storing this file."))
    facts = {"file": reported.file_name, "sha256": reported.sha256, "source": source, "valid_from": valid_from}
    with audit.action("boundaries.accepted", by=by, on=reported, region_code=PROVINCE, **facts):
        _undecided(reported)
        _later(reported.level, valid_from)
        reported.edition = editions.store(
            reported.level, checked.areas, source=source, approval_number=approval, valid_from=valid_from,
            notes=checked.report.as_json()["findings"],
        )  # fmt: skip
        reported.source, reported.approval_number = source, approval
        _decide(reported, ImportState.ACCEPTED, by)
    names.forget()


def refuse(*, by: Actor, reported: BoundaryImport, reason: str) -> None:
    """Decide against a reported file."""
    demand(by, Permission.REGION_IMPORT, on=_province())
    with audit.action("boundaries.refused", by=by, on=reported, region_code=PROVINCE, reason=reason):
        _undecided(reported)
        _decide(reported, ImportState.REFUSED, by)


def _later(level: str, valid_from: date) -> None:
    """What is in force was in force for a day at least: its history is not written over."""
    open_ = Edition.objects.valid().filter(level=level, valid_from__gte=valid_from).first()
    if open_:
        words = _("A set that holds from %(day)s on is stored already; this one must begin later.")
        raise NotAcceptable(words % {"day": open_.valid_from})


def _undecided(reported: BoundaryImport) -> None:
    """Hold the row until the decision is made: two people may look at the same report."""
    row = BoundaryImport.objects.select_for_update().get(pk=reported.pk)
    if row.state != ImportState.REPORTED:
        raise NotAcceptable(_("This file was decided on already."))


def _decide(reported: BoundaryImport, state: str, by: Actor) -> None:
    reported.state, reported.decided_at, reported.decided_by = state, timezone.now(), by.name
    reported.save()


def _province() -> Region:
    return Region.objects.get(code=PROVINCE)
