"""Rows out of CSV, XLS and XLSX files, with guards against files made to hurt."""

import csv
import io
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Generator
from typing import BinaryIO

import openpyxl
import xlrd
import xlrd.compdoc

from anzhi.supervision.funds.readers.problems import refuse
from anzhi.supervision.funds.readers.text import find_encoding

Rows = Generator[list[object], None, None]
DELIMITERS = ",\t;|"
XLS_LIMIT = 64 * 2**20
UNPACKED_LIMIT = 512 * 2**20
STRINGS_LIMIT = 96 * 2**20
RATIO_LIMIT = 120
DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
)
"""What xlrd and openpyxl raise on damaged files (XML errors are SyntaxErrors)."""
_FREE = 0xFFFFFFFF
_ESCAPED = re.compile(r'="(.*)"', re.DOTALL)


def csv_rows(stream: BinaryIO, delimiter: str, encoding: str) -> Rows:
    """Rows of a text table; a quote that never closes means a file cut off."""
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, newline="")
    reader = csv.reader(text, delimiter=delimiter)
    row: list[str] = []
    try:
        for row in reader:
            yield [_unescaped(cell) for cell in row]
    except csv.Error as error:
        raise refuse("sheet.csv_malformed", f"第 {reader.line_num} 行", reason=error) from None
    finally:
        if not stream.closed:
            text.detach()
    if row and row[-1].endswith(("\n", "\r")):
        raise refuse("sheet.cut_quote", f"第 {reader.line_num} 行")


def _unescaped(cell: str) -> str:
    """Undo the `="00123"` by which exports keep a spreadsheet from eating zeros."""
    found = _ESCAPED.fullmatch(cell.strip()) if cell.startswith("=") else None
    return found[1] if found else cell


def csv_encoding(stream: BinaryIO) -> str:
    """The encoding of a text table whose last line is whole."""
    encoding = find_encoding(stream)
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - 64))
    tail = stream.read().replace(b"\x00", b"").rstrip(b" \t\x1a")
    stream.seek(0)
    if not tail.endswith((b"\n", b"\r")):
        raise refuse("sheet.cut_line")
    return encoding


def xls_rows(stream: BinaryIO) -> Rows:
    """Rows of the first sheet of an old Excel file (65,536 rows at most, so it may sit in memory)."""
    size = stream.seek(0, os.SEEK_END)
    if size > XLS_LIMIT:
        raise refuse("sheet.too_big", megabytes=XLS_LIMIT // 2**20)
    stream.seek(0)
    content = stream.read()
    if not _holds_its_sectors(content):
        raise refuse("xls.cut")
    try:
        book = xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO())
        sheet = book.sheet_by_index(0)
        mode = book.datemode
        for index in range(sheet.nrows):
            yield [_xls_cell(sheet, index, column, mode) for column in range(sheet.row_len(index))]
    except DAMAGE as error:
        raise refuse("xls.broken", reason=type(error).__name__) from None


def _holds_its_sectors(content: bytes) -> bool:
    """An OLE file lists its sectors; xlrd reads on silently when the last of them are missing."""
    if len(content) < 512 or content[30:32] not in (b"\x09\x00", b"\x0c\x00"):
        return False
    size = 1 << content[30]
    used = 0
    for number, sector in enumerate(struct.unpack_from("<109I", content, 76)):
        table = content[(sector + 1) * size : (sector + 2) * size]
        if sector >= _FREE - 5:
            break
        if len(table) < size:
            return False
        entries = struct.unpack(f"<{size // 4}I", table)
        taken = [index for index, entry in enumerate(entries) if entry != _FREE]
        used = max(used, number * (size // 4) + max(taken, default=0) + 1)
    return len(content) >= (used + 1) * size


def _xls_cell(sheet: xlrd.sheet.Sheet, row: int, column: int, datemode: int) -> object:
    cell = sheet.cell(row, column)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#")
    return cell.value


def xlsx_rows(stream: BinaryIO) -> Rows:
    """Rows of the first sheet, streamed, after the package has been looked over."""
    _inspect(stream)
    stream.seek(0)
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield list(row)
    except DAMAGE as error:
        raise refuse("xlsx.broken", reason=type(error).__name__) from None


def _inspect(stream: BinaryIO) -> None:
    """Refuse bombs, entities and damage before anything is unpacked."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as package:
            parts = package.infolist()
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise refuse("xlsx.no_workbook")
            for part in parts:
                _inspect_part(package, part)
            if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
                raise refuse("xlsx.bomb", part="*")
    except DAMAGE as error:
        raise refuse("xlsx.broken", reason=type(error).__name__) from None


def _inspect_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    big = part.file_size > 8 * 2**20
    if big and part.file_size > RATIO_LIMIT * max(part.compress_size, 1):
        raise refuse("xlsx.bomb", part=part.filename)
    if part.filename.endswith("sharedStrings.xml") and part.file_size > STRINGS_LIMIT:
        raise refuse("xlsx.bomb", part=part.filename)
    if part.filename.endswith((".xml", ".rels")):
        with package.open(part) as content:
            head = content.read(1 << 16).replace(b"\x00", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise refuse("xlsx.doctype", part=part.filename)
