"""Telling the format of a file by its content; its name may lie."""

import re
from typing import BinaryIO, NamedTuple

from lxml import etree

from anzhi.supervision.funds.readers.model import Format
from anzhi.supervision.funds.readers.problems import refuse

HEAD, STEP = 1 << 16, 1 << 11  # the root and its first child stand in the first lines
_CONTAINERS = {
    "BkToCstmrAcctRpt": "camt.052",
    "BkToCstmrStmt": "camt.053",
    "BkToCstmrDbtCdtNtfctn": "camt.054",
}
_VERSION = re.compile(r"camt\.05[234]\.001\.(\d\d)")
_MT_START = re.compile(rb"(?:^|[\r\n}])\s*:20:", re.MULTILINE)
_MT_INTERIM = re.compile(rb"\{2:[IO]942|^:(?:34F|13D?|90[CD]):", re.MULTILINE)


class Known(NamedTuple):
    """A recognised file."""

    kind: str
    namespace: str = ""
    version: str = ""

    @property
    def format(self) -> Format:
        """The public name of the format."""
        return Format(self.kind, self.version)


def sniff(stream: BinaryIO) -> Known:
    """Look at the head of a file; the stream is rewound."""
    head = stream.read(HEAD)
    stream.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return Known("xlsx")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Known("xls")
    narrow = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\x01\x02\x03 \t\r\n")
    if not narrow:
        raise refuse("file.empty")
    if narrow.startswith(b"<"):
        return _sniff_xml(head, narrow)
    if _MT_START.search(narrow[:8192].replace(b"\r", b"\n")):
        plain = narrow.replace(b"\r", b"\n")
        return Known("mt942" if _MT_INTERIM.search(plain) and b":60" not in plain else "mt940")
    if narrow.startswith((b"{1:", b"%PDF", b"\x1f\x8b", b"Rar!", b"7z")):
        raise refuse("file.unknown")
    return Known("csv")


def _sniff_xml(head: bytes, narrow: bytes) -> Known:
    if re.match(rb"<(!doctype\s+)?html|<table", narrow, re.IGNORECASE):
        raise refuse("file.html")
    if b"<!DOCTYPE" in narrow or b"<!ENTITY" in narrow:
        raise refuse("camt.doctype")
    parser = etree.XMLPullParser(
        events=("start",),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    root = ""
    try:
        for at in range(0, len(head), STEP):
            parser.feed(head[at : at + STEP])
            for _, element in parser.read_events():
                name = etree.QName(element)
                root = root or name.localname
                if known := _container(name):
                    return known
    except etree.XMLSyntaxError as error:
        raise refuse("camt.broken", f"第 {error.lineno} 行", reason=str(error)[:120]) from None
    raise refuse("file.other_xml" if root else "camt.broken", root=root, reason="")


def _container(name: etree.QName) -> Known | None:
    """What an element holds, by its name; None where it holds no statements."""
    kind = next((_CONTAINERS[c] for c in _CONTAINERS if name.localname.startswith(c)), "")
    version = _VERSION.search(name.namespace or "")
    return Known(kind, name.namespace or "", version[1] if version else "") if kind else None
