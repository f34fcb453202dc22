"""Every list as a sheet: same columns, same order, same totals; written whole inside the scope, then sent."""

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from anzhi.foundation.access.actors import Actor
from anzhi.foundation.web.paging import ordered

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
LIMIT = 200_000  # rows a request may write; beyond it asks to narrow
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML refuses
DANGER = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Trace:
    """What an export's hook is told."""

    title: str
    kind: str
    rows: int
    filters: str
    path: str


class Sheet(FileResponse):
    """A finished file, and what to tell about it."""

    trace: Trace


_hooks: list[Callable[[Actor, Trace], None]] = []


def on_export(hook: Callable[[Actor, Trace], None]) -> None:
    """Call `hook(actor, trace)` after each export, in the request's transaction (the trail registers itself)."""
    _hooks.append(hook)


def tell(actor: Actor, page: Any, response: Sheet) -> None:
    """Tell all hooks."""
    for hook in _hooks:
        hook(actor, response.trace)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(DANGER) else text


def foot(page: Any, columns: list[Any]) -> dict[str, Any]:
    """The total row: label over the columns before the first sum, then the sums in their places."""
    sums = [page.summed.values.get(column.name) for column in columns]
    span = next((at for at, value in enumerate(sums) if value is not None), len(columns))
    cells = [
        {"css": column.css, "text": "" if value is None else column.text(value)}
        for column, value in zip(columns[span:], sums[span:], strict=True)
    ]
    return {"span": max(span, 1), "cells": cells if span else cells[1:]}


def respond(page: Any, kind: str) -> HttpResponseBase:
    """The file of everything the filters leave, or the page again with the reason why not."""
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 — the response closes it
    count = {"csv": _csv, "xlsx": _xlsx}[kind](page, file)
    if count > LIMIT:
        file.close()
        return page.render(status=422, too_many=LIMIT)
    file.seek(0)
    stamp = timezone.localtime()
    name = f"{page.title}-{stamp:%Y%m%d-%H%M}.{kind}"
    response = Sheet(file, as_attachment=True, filename=name, content_type=KINDS[kind])
    response.trace = Trace(str(page.title), kind, count, page.asked.sentence, page.request.path)
    return response


def _lines(page: Any) -> Iterator[list[Any]]:
    columns = list(page.table.columns.values())
    rows = ordered(page.filtered, *page.order)[: LIMIT + 1]
    for row in rows.iterator(chunk_size=2000):
        yield [column.sheet(row) for column in columns]


def _sums(page: Any) -> list[Any]:
    """The total row, when anything was summed."""
    values = page.summed.values
    if not values:
        return []
    columns = page.table.columns.items()
    cells = [column.footed(values[name]) if name in values else "" for name, column in columns]
    if cells[0] == "":
        cells[0] = str(page.summed.label) or _("Total")
    return cells


def _about(page: Any) -> list[tuple[str, str]]:
    return [
        (_("Exported at"), f"{timezone.localtime():%Y-%m-%d %H:%M:%S}"),
        (_("Exported by"), page.actor.label),
        (_("Filters"), page.asked.sentence or _("none")),
    ]


def _csv(page: Any, file: IO[bytes]) -> int:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([safe(str(column.head)) for column in page.table.columns.values()])
    count = 0
    for line in _lines(page):
        count += 1
        writer.writerow([_plain(value) for value in line])
    if sums := _sums(page):
        writer.writerow([_plain(value) for value in sums])
    writer.writerow([])
    for label, value in _about(page):
        writer.writerow([label, safe(value)])
    text.detach()
    return count


def _plain(value: Any) -> Any:
    """A number as a number, nothing as nothing."""
    return value if value is None or isinstance(value, int | Decimal) else safe(str(value))


def _xlsx(page: Any, file: IO[bytes]) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(UNWRITABLE.sub("", str(page.title)).translate(dict.fromkeys(map(ord, r"[]:*?/\ ")))[:31])
    sheet.freeze_panes = "A2"
    columns = list(page.table.columns.values())
    sheet.append([_cell(sheet, str(column.head)) for column in columns])
    formats = [column.number_format for column in columns]
    count = 0
    for line in _lines(page):
        count += 1
        sheet.append([_cell(sheet, value, form) for value, form in zip(line, formats, strict=True)])
    if sums := _sums(page):
        sheet.append([_cell(sheet, value, form) for value, form in zip(sums, formats, strict=True)])
    about = book.create_sheet(pgettext("sheet", "About"))
    for label, value in _about(page):
        about.append([_cell(about, label), _cell(about, value)])
    book.save(file)
    return count


def _cell(sheet: Any, value: Any, number_format: str = "") -> Any:
    """A number as a number; text is text, whatever it begins with."""
    if isinstance(value, int | Decimal):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = number_format or "General"
        return cell
    cell = WriteOnlyCell(sheet, UNWRITABLE.sub("", "" if value is None else str(value))[:32767])
    cell.data_type = "s"
    return cell
