"""The one door: recognise a statement file and stream what is in it.

`read` yields `StatementStart`, `Entry`, `Remark` and `StatementEnd` (see `model`). camt and MT files speak for
themselves; sheets are told by their header row.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from anzhi.supervision.funds.readers import sniffing
from anzhi.supervision.funds.readers.camt.reader import read_camt
from anzhi.supervision.funds.readers.model import Event, Format
from anzhi.supervision.funds.readers.mt.reader import read_mt
from anzhi.supervision.funds.readers.problems import refuse
from anzhi.supervision.funds.readers.sheet.reader import open_table, read_sheet
from anzhi.supervision.funds.readers.text import find_encoding

Source = str | Path | BinaryIO
"""A path, or a binary stream that can seek."""

AUTO = "auto"
SHEETS = frozenset({"csv", "xls", "xlsx"})
_MT_ENCODINGS = ("utf-8", "gb18030", "latin-1")


def detect(source: Source, mapping: str = AUTO) -> Format:
    """Say what kind of file this is; raises `Refused` when it is none we know."""
    with _opened(source) as stream:
        known = sniffing.sniff(stream)
        if known.kind in SHEETS:
            table = open_table(stream, known.kind, mapping)
            return known.format._replace(mapping=table.header.mapping.code, encoding=table.encoding)
        return known.format


def read(source: Source, mapping: str = AUTO, account: str = "") -> Iterator[Event]:
    """Stream the statements of a file; memory does not grow with it.

    `mapping` names the bank mapping of a CSV, XLS or XLSX file; `auto` tells it by the header row. `account`
    stands in for sheets that do not name their account. Raises `Refused`, possibly after the last entry: what
    was read until then does not count.
    """
    with _opened(source) as stream:
        known = sniffing.sniff(stream)
        if known.kind.startswith("camt"):
            yield from read_camt(stream, known.namespace)
        elif known.kind.startswith("mt"):
            encoding = find_encoding(stream, _MT_ENCODINGS)
            text = io.TextIOWrapper(stream, encoding, newline=None)
            try:
                yield from read_mt(text, interim=known.kind == "mt942")
            finally:
                text.detach()
        else:
            yield from read_sheet(open_table(stream, known.kind, mapping), account)


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    """Open a path; take a stream from its beginning."""
    if not isinstance(source, str | Path):
        source.seek(0)
        yield source
        return
    try:
        with Path(source).open("rb") as stream:
            yield stream
    except OSError as error:
        raise refuse("file.unreadable", reason=error.strerror or type(error).__name__) from None
