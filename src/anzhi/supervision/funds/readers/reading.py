"""The one door: recognise a statement file and stream what is in it.

for event in read(path):            # camt and MT speak for themselves, sheets are told by their header
    match event:
        case Entry(): ...
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from anzhi.supervision.funds.readers.model import Event, Format
from anzhi.supervision.funds.readers.problems import refuse

Source = str | Path | BinaryIO
"""A path, or a binary stream that can seek."""

AUTO = "auto"


def detect(source: Source, mapping: str = AUTO) -> Format:
    """Say what kind of file this is; raises `Refused` when it is none we know."""
    raise refuse("file.unknown")


def read(source: Source, mapping: str = AUTO) -> Iterator[Event]:
    """Stream the statements of a file; memory does not grow with it.

    `mapping` names the bank mapping of a CSV, XLS or XLSX file; `auto` tells it by the header row. Raises
    `Refused`, possibly after the last entry: what was read until then does not count.
    """
    detect(source, mapping)
    yield from ()
