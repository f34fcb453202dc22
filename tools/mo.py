"""Writing gettext's binary files, so that a demo needs no gettext."""

import struct
from collections.abc import Iterable

from tools.po import HEADER, Entry

_MAGIC = 0x950412DE
_HEAD = 28


def compile_entries(entries: Iterable[Entry]) -> bytes:
    """The .mo file: two sorted tables of lengths and offsets, then the strings."""
    texts = {"": HEADER} | {_key(entry): "\0".join(entry.texts) for entry in entries}
    pairs = sorted((key.encode(), text.encode()) for key, text in texts.items())
    offset = _HEAD + 16 * len(pairs)
    originals, offset = _table((key for key, _ in pairs), offset)
    translations, offset = _table((text for _, text in pairs), offset)
    head = struct.pack("<7I", _MAGIC, 0, len(pairs), _HEAD, _HEAD + 8 * len(pairs), 0, offset)
    strings = b"".join(key + b"\0" for key, _ in pairs) + b"".join(text + b"\0" for _, text in pairs)
    return head + originals + translations + strings


def _key(entry: Entry) -> str:
    key = f"{entry.context}\x04{entry.msgid}" if entry.context else entry.msgid
    return f"{key}\0{entry.plural}" if entry.plural else key


def _table(strings: Iterable[bytes], offset: int) -> tuple[bytes, int]:
    table = b""
    for string in strings:
        table += struct.pack("<2I", len(string), offset)
        offset += len(string) + 1
    return table, offset
