"""Plan sheets as an office would write them, taken over by the plans service."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.money.field import to_yuan
from anzhi.management.plans import services
from anzhi.management.plans.models import PlanFile
from anzhi.management.plans.sheet_rows import FUND_TYPES, AllocationRow, LineRow, RowForm
from anzhi.sample.money.batches import Leg

NAMES = {code: name for name, code in FUND_TYPES.items()}


class SampleRefused(RuntimeError):
    """The sample's own sheet or statement was refused: a fault of the sample, told with its reasons."""


def lines(legs: Sequence[Leg], folder: Path, by: Actor) -> None:
    """One plan line for each county's leg."""
    rows = [_line(leg) for leg in legs if leg.line]
    path = _write(folder / f"资金计划_{legs[0].batch.key}.xlsx", LineRow, rows)
    _accepted(services.import_lines(path=path, name=path.name, by=by))


def allocations(legs: Sequence[Leg], folder: Path, by: Actor) -> None:
    """The province's legs first, then those that hang on them."""
    for tier in ("province", "prefecture"):
        chosen = [leg for leg in legs if leg.sender.tier == tier]
        if chosen:
            path = _write(folder / f"拨付_{legs[0].batch.key}_{tier}.xlsx", AllocationRow, map(_allocation, chosen))
            _accepted(services.import_allocations(path=path, name=path.name, by=by))


def _line(leg: Leg) -> tuple:
    head = (leg.line, leg.batch.issued.year, leg.receiver.name, "", "", _type(leg), leg.batch.purpose)
    return (*head, to_yuan(leg.fen), leg.batch.document, leg.batch.issued)


def _allocation(leg: Leg) -> tuple:
    head = (leg.number, leg.line, leg.upper, leg.sender.name, leg.receiver.name, _type(leg), to_yuan(leg.fen))
    return (*head, leg.batch.document, leg.batch.issued, leg.due)


def _type(leg: Leg) -> str:
    return NAMES[leg.batch.fund_type]


def _write(path: Path, form: type[RowForm], rows: Iterable[tuple]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(form.columns()))
    for row in rows:
        sheet.append([str(cell) for cell in row])
    book.save(path)
    return path


def _accepted(file: PlanFile) -> None:
    if not file.accepted:
        raise SampleRefused(f"{file.name}: {file.errors[:5]}")
