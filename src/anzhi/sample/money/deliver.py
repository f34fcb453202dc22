"""Statements of a period: written as the banks' files, received and imported like any other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from anzhi.foundation.access.actors import SYSTEM
from anzhi.sample.banks import camt, mt940, sheets
from anzhi.sample.banks.told import Told
from anzhi.sample.money.holders import Holder
from anzhi.sample.money.plan import SampleRefused
from anzhi.sample.span import Period
from anzhi.supervision.funds.models import StatementFile
from anzhi.supervision.funds.services import importing, receiving
from anzhi.supervision.funds.states import FileState, Source

SILENT = {"qujing": 3}  # a bank whose link has been dead for so many days at the end


def told(holders: Sequence[Holder], period: Period) -> dict[str, list[Told]]:
    """What the accounts of each bank and way of delivery tell in a period; advances their balances."""
    found: defaultdict[str, list[Told]] = defaultdict(list)
    for holder in holders:
        rows = sorted((r for r in holder.rows if period.holds(r.day)), key=lambda r: (r.day, r.at, r.ref))
        one = Told(holder.bank, holder.number, holder.name, holder.delivery, period, holder.balance, rows)
        holder.balance = one.closing
        key = holder.number if holder.delivery in sheets.WRITERS else holder.bank
        found[key].append(one)
    return found


def write(found: dict[str, list[Told]], folder: Path) -> Iterator[Path]:
    """The files of a period, in the order of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    for key, several in sorted(found.items()):
        first = several[0]
        name = f"{first.bank.upper()}{first.period.last:%Y%m%d}"
        if first.delivery in sheets.WRITERS:
            content, ending = sheets.write(first)
            path = folder / f"{name}_{key[-4:]}.{ending}"
        elif first.delivery == "MT940":
            content, path = mt940.write(several, name), folder / f"{name}.sta"
        else:
            content, path = camt.write(several, name), folder / f"{name}.xml"
        path.write_bytes(content)
        yield path


def take(path: Path) -> StatementFile:
    """Receive and import one file. Raises SampleRefused: the sample's files are right."""
    with path.open("rb") as stream:
        blocks = iter(lambda: stream.read(1 << 20), b"")
        file = receiving.receive(blocks, name=path.name, source=Source.CLI, by=SYSTEM)
    file = importing.import_file(file.pk)
    if file.state != FileState.IMPORTED:
        raise SampleRefused(f"{path.name}: {file.errors[:3]}")
    return file
