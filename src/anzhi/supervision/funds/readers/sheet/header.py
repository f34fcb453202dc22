"""Finding the header row: by names, wherever it stands."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from anzhi.supervision.funds.readers.problems import refuse
from anzhi.supervision.funds.readers.sheet import mapping as mappings
from anzhi.supervision.funds.readers.sheet.mapping import (
    GENERIC,
    Layout,
    Mapping,
    plain,
)

Row = Sequence[object]
SEARCHED = 80
"""Rows above the table: banks put titles, notices and totals there."""


class Header(NamedTuple):
    """A recognised table."""

    mapping: Mapping
    layout: Layout
    at: int
    """The row of the header, from 0; data begin after it."""
    columns: dict[str, tuple[int, ...]]


def recognise(rows: Sequence[Row], code: str) -> Header | None:
    """Find the header of mapping `code`, or of the mapping that explains most columns."""
    wanted = mappings.codes() if code == "auto" else [code]
    found = [header for name in wanted if (header := _of_mapping(rows, mappings.load(name)))]
    if not found:
        return None
    return max(found, key=lambda header: _strength(header, rows))


def _width(header: Header) -> int:
    return sum(map(len, header.columns.values()))


def _strength(header: Header, rows: Sequence[Row]) -> tuple[bool, int, bool]:
    """A bank's own names beat the generic ones; names that any bank might use must explain as much."""
    bank = header.mapping.code != GENERIC
    above = "".join(plain(cell) for row in rows[: header.at] for cell in row)
    certain = not header.layout.plain or header.mapping.title.removeprefix("中国") in above
    return bank and certain, _width(header), bank


def _of_mapping(rows: Sequence[Row], mapping: Mapping) -> Header | None:
    best: Header | None = None
    for index, cells in _candidates(rows):
        for layout in mapping.layouts:
            columns = _match(cells, layout)
            if layout.required <= columns.keys():
                header = Header(mapping, layout, index, columns)
                if best is None or _width(header) > _width(best):
                    best = header
    return best


def _candidates(rows: Sequence[Row]) -> Iterator[tuple[int, list[str]]]:
    """Each row, and each pair of rows: a merged cell above, its parts below."""
    for index, row in enumerate(rows[:SEARCHED]):
        cells = [plain(cell) for cell in row]
        yield index, cells
        if index + 1 < len(rows):
            below = [plain(cell) for cell in rows[index + 1]]
            if len(below) == len(cells) and not any(c.isdigit() for cell in below for c in cell):
                yield (
                    index + 1,
                    [low or high for high, low in zip(cells, below, strict=True)],
                )


def _match(cells: Sequence[str], layout: Layout) -> dict[str, tuple[int, ...]]:
    columns: dict[str, tuple[int, ...]] = {}
    for meaning, names in layout.columns.items():
        at = tuple(cells.index(name) for name in names if name in cells)
        if at:
            columns[meaning] = at if meaning == "text" else at[:1]
    return columns


def missing(rows: Sequence[Row], code: str) -> Exception:
    """The refusal that names what the best row still lacks."""
    if code == "auto":
        return refuse("sheet.header_unknown", known="、".join(mappings.codes()))
    mapping = mappings.load(code)
    lacks = [
        (layout.required - _match(cells, layout).keys(), layout)
        for _, cells in _candidates(rows)
        for layout in mapping.layouts
    ]
    if not lacks:
        return refuse("sheet.empty")
    lacking, layout = min(lacks, key=lambda lack: len(lack[0]) / len(lack[1].required))
    names = "、".join(f"「{layout.titles[key]}」" for key in sorted(lacking))
    other = recognise(rows, "auto")
    if other is not None and other.mapping.code != GENERIC:
        return refuse(
            "sheet.other_bank",
            title=mapping.title,
            missing=names,
            other=other.mapping.title,
        )
    return refuse("sheet.columns_missing", title=mapping.title, missing=names)
