"""Reading a sheet somebody gives in: XLSX or CSV, header found by its names, rows as dictionaries."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl import load_workbook

HEADER_WITHIN = 10  # title rows above the header
MOST_ROWS = 100_000


@dataclass(frozen=True)
class Fault:
    """What is wrong with a sheet, where, and what to do: shown to the person who gave it in."""

    row: int
    field: str
    message: str

    def as_dict(self) -> dict[str, str | int]:
        """For the kept record of a refused file."""
        return {"row": self.row, "field": self.field, "message": self.message}


class SheetRefused(ValueError):
    """The sheet as a whole cannot be read."""

    def __init__(self, message: str, row: int = 0, field: str = "") -> None:
        super().__init__(message)
        self.fault = Fault(row, field, message)


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """(row number as the person sees it, {column: text}) for each filled row below the header.

    Raises SheetRefused when the file is no sheet, a column is missing, or it is too long.
    """
    header: dict[str, int] = {}
    seen = False
    for number, cells in enumerate(_cells(path), start=1):
        texts = [_text(cell) for cell in cells]
        seen = seen or any(texts)
        if not header:
            header = _header(texts, columns, number)
        elif any(texts):
            yield number, {name: texts[at] if at < len(texts) else "" for name, at in header.items()}
        if number > MOST_ROWS:
            raise SheetRefused(_("More than %(most)s rows: split the sheet.") % {"most": MOST_ROWS}, number)
    if not header:
        raise SheetRefused(_("The sheet is empty.")) if not seen else _missing(columns)


def _missing(names: Iterable[str], number: int = 0) -> SheetRefused:
    told = {"names": "、".join(names)}
    return SheetRefused(_("Columns missing: %(names)s. Use the sheet offered here.") % told, number)


def _header(texts: list[str], columns: tuple[str, ...], number: int) -> dict[str, int]:
    found = {name: texts.index(name) for name in columns if name in texts}
    if len(found) == len(columns):
        return found
    if len(found) > len(columns) // 2 or number >= HEADER_WITHIN:
        raise _missing([name for name in columns if name not in found], number)
    return {}


def _cells(path: Path) -> Iterator[tuple]:
    if path.suffix.lower() == ".csv":
        yield from _csv(path)
        return
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever its parts raise on a broken file
        raise SheetRefused(_("This is not an XLSX or CSV sheet that can be opened.")) from error
    try:
        yield from book.worksheets[0].iter_rows(values_only=True)
    finally:
        book.close()


def _csv(path: Path) -> Iterator[tuple]:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise SheetRefused(_("The text is neither UTF-8 nor GB18030."))
    try:
        yield from (tuple(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise SheetRefused(_("This is not an XLSX or CSV sheet that can be opened.")) from error


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):  # fifteen digits are what the spreadsheet itself shows of it
        return format(Decimal(format(cell, ".15g")), "f")
    if hasattr(cell, "strftime"):
        return cell.strftime("%Y-%m-%d")
    return str(cell).strip()
