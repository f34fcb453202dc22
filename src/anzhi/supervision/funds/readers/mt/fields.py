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
_FIELD = re.compile(r":(\d\d[A-Z]?|NS):")
_NOISE = str.maketrans("", "", "\x00\x01\x02\x03\x04\x1a\ufeff")
_END_MARK = re.compile(r"-(\}(\{5:.*)?|[A-Z]{3})?|\$")
_TIME_REST = re.compile(r":\d\d:\d\d(\D|$)")
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
    splitter = Splitter()
    for number, line in _numbered(lines):
        yield from splitter.take(line.rstrip("\r\n \t"), number, line.endswith("\n"))
    yield from splitter.finish()


class Splitter:
    """Where in the file we are."""

    def __init__(self) -> None:
        self.current: Field | None = None
        self.inside = False
        self.enveloped = False
        self.loose: Field | None = None
        """A line that belongs to no message (yet)."""

    def take(self, line: str, number: int, closed: bool) -> Iterator[Field]:
        """Read one line; a field comes out when the next one begins."""
        if line.startswith(("{1:", "{2:", "{3:", "{4:")):
            yield from self._flush()
            self.inside, self.loose = False, Field("", [line], number, closed)
            _, block, line = line.partition("{4:")
            self.enveloped = bool(block)
        if self.inside and _END_MARK.fullmatch(line):
            yield from self._flush()
            yield Field(END, [line], number, closed)
            self.inside, self.enveloped, self.loose = False, False, None
        elif (tag := self._tag(line)) is not None:
            yield from self._flush()
            self.current = Field(tag, [line[len(tag) + 2 :]], number, closed)
            self.inside, self.loose = True, None
        elif self.current is not None:
            self.current.lines.append(line)
            self.current = self.current._replace(closed=closed)
        elif line.strip():
            self.loose = Field("", [line], number, closed)

    def _tag(self, line: str) -> str | None:
        found = _FIELD.match(line)
        if found is None or found[1] not in TAGS or _wrapped_time(self.current, line):
            return None
        return found[1] if self.inside or found[1] == "20" else None

    def _flush(self) -> Iterator[Field]:
        if self.current is not None:
            yield self.current
        self.current = None

    def finish(self) -> Iterator[Field]:
        """The file is over: an open envelope or a line that leads nowhere shows that it was cut."""
        if self.enveloped and self.current is not None:
            raise refuse("mt.unfinished", self.current.where)
        yield from self._flush()
        if self.loose is not None and not self.loose.text.startswith(("{5:", "-")):
            raise refuse("mt.cut", self.loose.where, text=self.loose.text[:30])


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Lines without control characters; an envelope that follows another on its last line gets its own."""
    for number, raw in enumerate(lines, 1):
        line = raw.translate(_NOISE)
        if line.startswith("-}") and (at := line.find("{1:")) > 0:
            yield number, line[:at] + "\n"
            line = line[at:]
        yield number, line


def _wrapped_time(current: Field | None, line: str) -> bool:
    """A time of day broken by the line length (`...T16`, `:20:37 ...`) is no field."""
    if current is None or current.tag != "86" or not _TIME_REST.match(line):
        return False
    before = current.lines[-1]
    return len(before) >= 40 and before[-2:].isdigit()
