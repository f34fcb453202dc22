"""Writes: sheets taken over whole or refused and kept; allocations follow the bank."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from anzhi.foundation.access.actors import SYSTEM, Actor
from anzhi.foundation.access.gate import demand
from anzhi.foundation.access.permissions import Permission
from anzhi.foundation.access.scope import system_scope
from anzhi.foundation.audit import door as audit
from anzhi.foundation.money.field import to_fen
from anzhi.foundation.search import services as search
from anzhi.management.plans import checks, finding, hooks, indicators, queries, sheets
from anzhi.management.plans.models import Allocation, PlanFile, PlanLine
from anzhi.management.plans.rules import normal_document
from anzhi.management.plans.sheet_rows import AllocationRow, LineRow, RowForm
from anzhi.network.indicators import services as figures


@dataclass(frozen=True)
class Movement:
    """What the bank rows matched to an allocation add up to (yuan, last day of movement)."""

    allocation_id: int
    sent: Decimal
    sent_on: date | None
    arrived: Decimal
    arrived_on: date | None


def import_lines(*, path: Path, name: str, by: Actor) -> PlanFile:
    """Take over a sheet of plan lines, or keep it with its faults (`PlanFile.accepted`)."""
    demand(by, Permission.PLAN_IMPORT)
    return _take(path, name, "lines", LineRow, _check_lines, _store_lines, by)


def import_allocations(*, path: Path, name: str, by: Actor) -> PlanFile:
    """Take over a sheet of allocations, or keep it with its faults (`PlanFile.accepted`)."""
    demand(by, Permission.PLAN_IMPORT)
    return _take(path, name, "allocations", AllocationRow, _check_allocations, _store_allocations, by)


def settle(*, movements: Iterable[Movement], by: Actor) -> int:
    """Bring allocations to what the bank shows; returns how many changed. Only the system matches rows."""
    demand(by, Permission.PLAN_IMPORT)
    rows = [(m.allocation_id, to_fen(m.sent), m.sent_on, to_fen(m.arrived), m.arrived_on) for m in movements]
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, [list(column) for column in zip(*rows, strict=True)])
        return cursor.rowcount


SETTLE = """
UPDATE plans_allocation a SET sent = m.sent, sent_on = m.sent_on, arrived = m.arrived, arrived_on = m.arrived_on,
  state = CASE WHEN a.state = 'cancelled' THEN a.state
               WHEN m.arrived >= a.amount THEN 'arrived' WHEN m.arrived > 0 THEN 'part_arrived'
               WHEN m.sent >= a.amount THEN 'sent' WHEN m.sent > 0 THEN 'part_sent' ELSE 'approved' END
FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::bigint[], %s::date[])
     AS m(id, sent, sent_on, arrived, arrived_on)
WHERE a.id = m.id AND (a.sent, a.arrived) IS DISTINCT FROM (m.sent, m.arrived)
"""


def _take(
    path: Path,
    name: str,
    kind: str,
    form: type[RowForm],
    check: Callable[[checks.Sheet, Actor], None],
    store: Callable[[checks.Sheet, PlanFile], None],
    by: Actor,
) -> PlanFile:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    sheet = _read(path, form)
    if PlanFile.objects.filter(sha256=digest, accepted=True).exists():
        sheet.faults = [sheets.Fault(0, "", _("This file has been taken over before; nothing was changed."))]
    elif not sheet.faults:
        check(sheet, by)
    accepted = not sheet.faults
    file = PlanFile(
        region_code=by.region_code or "530000000000",
        name=name,
        sha256=digest,
        kind=kind,
        rows=len(sheet.rows),
        errors=[fault.as_dict() for fault in sheet.faults],
        by_label=by.label,
        accepted=accepted,
    )
    verdict = "plan.file_accepted" if accepted else "plan.file_refused"
    with audit.action(verdict, by=by, on=file, kind=kind, rows=len(sheet.rows), faults=len(sheet.faults)):
        file.save()
        if accepted:
            store(sheet, file)
            if kind == "allocations":
                hooks.run(hooks.Taken(file.pk, len(sheet.rows)))
            _index(file)
    return file


def _index(file: PlanFile) -> None:
    rows = list(file.allocations.select_related(*finding.OFFICES))
    with system_scope():  # the other end may lie outside of the giver's area
        search.index(finding.KIND, [entry for row in rows for entry in finding.found(row)])


def _read(path: Path, form: type[RowForm]) -> checks.Sheet:
    try:
        sheet = checks.read(form, sheets.rows(path, form.columns()))
    except sheets.SheetRefused as refused:
        return checks.Sheet(form, faults=[refused.fault])
    if not sheet.rows and not sheet.faults:
        sheet.faults.append(sheets.Fault(0, "", _("The sheet has a header and no rows.")))
    return sheet


def _own(sheet: checks.Sheet, name: str, by: Actor) -> None:
    for number, row in sheet.rows:
        if row[name] is not None and not row[name].region_code.startswith(by.prefix):
            sheet.fault(number, name, _("This office lies outside your area."))


def _check_lines(sheet: checks.Sheet, by: Actor) -> None:
    checks.unrepeated(sheet, queries.numbers_taken(PlanLine, [row["number"] for _n, row in sheet.rows]))
    checks.known(sheet, "agency", queries.agencies_by_name(), _("No open office is named %(value)s."))
    _own(sheet, "agency", by)


def _check_allocations(sheet: checks.Sheet, by: Actor) -> None:
    checks.unrepeated(sheet, queries.numbers_taken(Allocation, [row["number"] for _n, row in sheet.rows]))
    agencies = queries.agencies_by_name()
    lines = queries.lines_by_number({row["line"] for _n, row in sheet.rows})
    uppers = queries.allocations_by_number({row["upstream"] for _n, row in sheet.rows})
    for name in ("from_agency", "to_agency"):
        checks.known(sheet, name, agencies, _("No open office is named %(value)s."))
    checks.known(sheet, "line", lines, _("No plan line has the number %(value)s."))
    checks.known(sheet, "upstream", uppers, _("No allocation has the number %(value)s; import it first."))
    _own(sheet, "from_agency", by)
    if not sheet.faults:
        checks.chained(sheet)
    if not sheet.faults:
        checks.within(sheet, "upstream", queries.left_of_allocations(uppers.values()))
        _within_lines(sheet, lines)


def _within_lines(sheet: checks.Sheet, lines: dict[str, PlanLine]) -> None:
    """Neither what sets out for a line's purpose nor what reaches its office may exceed it."""
    top = [(n, row) for n, row in sheet.rows if row["upstream"] is None]
    checks.within(checks.Sheet(sheet.form, top, sheet.faults), "line", queries.left_of_lines(lines.values()))
    passed = [(n, row) for n, row in sheet.rows if row["upstream"] and _reaches(row)]
    checks.within(checks.Sheet(sheet.form, passed, sheet.faults), "line", queries.left_at_offices(lines.values()))


def _reaches(row: dict[str, Any]) -> bool:
    return row["line"] is not None and row["line"].agency_id == row["to_agency"].pk


def _store_lines(sheet: checks.Sheet, file: PlanFile) -> None:
    PlanLine.objects.bulk_create(
        PlanLine(**row, region_code=row["agency"].region_code, file=file) for _n, row in sheet.rows
    )


def _store_allocations(sheet: checks.Sheet, file: PlanFile) -> None:
    Allocation.objects.bulk_create(
        Allocation(
            **row,
            from_region=row["from_agency"].region_code,
            to_region=row["to_agency"].region_code,
            document_key=normal_document(row["document"]),
            file=file,
        )
        for _n, row in sheet.rows
    )
    receivers = {row["to_agency"].region_code for _n, row in sheet.rows}
    figures.refresh(indicators=[indicators.CODE], regions=receivers, by=SYSTEM)
