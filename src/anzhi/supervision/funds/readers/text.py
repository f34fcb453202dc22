"""Which encoding a text file is in: found by reading all of it, said plainly when it is none."""

import codecs
import re
from collections.abc import Sequence
from typing import BinaryIO

from anzhi.supervision.funds.readers.problems import refuse

CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
DEFAULT = ("utf-8", "gb18030")


def find_encoding(stream: BinaryIO, candidates: Sequence[str] = DEFAULT) -> str:
    """The first candidate that decodes every byte. The stream is rewound."""
    stream.seek(0)
    start = stream.read(4)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    tried = (marked,) if marked else candidates
    for encoding in tried:
        if encoding == "gb18030" and "latin-1" in candidates and not looks_chinese(stream):
            continue
        if decodes(stream, encoding):
            stream.seek(0)
            return encoding
    raise refuse("text.encoding", encodings="、".join(tried))


def decodes(stream: BinaryIO, encoding: str) -> bool:
    """Read all of it strictly. A character cut off at the very end means a file cut off."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while chunk := stream.read(CHUNK):
            decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise refuse("text.cut_character") from None
    return True


def looks_chinese(stream: BinaryIO) -> bool:
    """GB pairs have two high bytes nearly always; Latin-1 letters stand alone among ASCII."""
    stream.seek(0)
    even = odd = 0
    while chunk := stream.read(CHUNK):
        for run in _HIGH_RUN.findall(chunk):
            if len(run) % 2:
                odd += 1
            else:
                even += 1
    return even >= odd
