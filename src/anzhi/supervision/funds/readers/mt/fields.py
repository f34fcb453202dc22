"""Lines become fields, fields become messages; and the question whether the last message is whole."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from anzhi.supervision.funds.readers.problems import refuse

TAGS = frozenset(
    [
        "20",
        "21",
        "25",
        "25P",
        "28",
        "28C",
        "13",
        "13D",
        "34F",
        "60F",
        "60M",
        "61",
        "86",
        "62F",
        "62M",
        "64",
        "65",
        "90C",
        "90D",
        "NS",
    ]
)
_FIELD = re.compile(r":(\d\d[A-Z]?|NS):(.*)", re.DOTALL)
_NOISE = str.maketrans("", "", "\x00\x01\x02\x03\x04\x1a\ufeff")
END = "end"
"""The tag of the mark that closes a message (`-`, `-}`)."""


class Field(NamedTuple):
    """One tagged field with its continuation lines."""

    tag: str
    lines: list[str]
    number: int
    """The line it starts on."""
    closed: bool
    """Its last line ended with a line break."""

    @property
    def where(self) -> str:
        """The place in the words of the user."""
        return f"第 {self.number} 行"

    @property
    def text(self) -> str:
        """All lines without breaks."""
        return "".join(self.lines)


def fields(lines: Iterable[str]) -> Iterator[Field]:
    """Split lines into fields; what stands between messages is skipped, what is cut off is refused."""
    current: Field | None = None
    inside = False
    loose: tuple[str, int] | None = None
    for number, raw in enumerate(lines, 1):
        line = raw.translate(_NOISE)
        closed, line = line.endswith("\n"), line.rstrip("\r\n \t")
        if line.startswith(("{1:", "{2:", "{3:", "{4:")):
            if current is not None:
                yield current
            current, inside, loose = None, False, (line, number)
            line = line.partition("{4:")[2]
            if not line:
                continue
        if inside and re.fullmatch(r"-\}?(\{5:.*)?|\$", line):
            if current is not None:
                yield current
            yield Field(END, [line], number, closed)
            current, inside, loose = None, False, None
            continue
        started = _FIELD.match(line)
        if started and started[1] in TAGS and (inside or started[1] == "20"):
            if current is not None:
                yield current
            current = Field(started[1], [started[2]], number, closed)
            inside, loose = True, None
        elif inside and current is not None:
            current.lines.append(line)
            current = current._replace(closed=closed)
        elif line.strip():
            loose = (line, number)
    if current is not None:
        yield current
    if loose is not None and not loose[0].startswith(("{5:", "-")):
        raise refuse("mt.cut", f"第 {loose[1]} 行", text=loose[0][:30])
