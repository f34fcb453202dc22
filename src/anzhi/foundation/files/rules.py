"""What may come in: types told by their first bytes, limits, names that harm nobody. Pure Python."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

MB = 1024 * 1024
MOST_PHOTO = 30 * MB
MOST_DOCUMENT = 100 * MB
MOST_PIXELS = 40_000_000
HEAD = 4096  # bytes that tell the type
THUMBS = (480, 1600)


@dataclass(frozen=True)
class Kind:
    """A type of file: how it is sent, its usual ending, and whether it is a picture."""

    content_type: str
    ending: str
    picture: bool = False


JPEG = Kind("image/jpeg", ".jpg", picture=True)
PNG = Kind("image/png", ".png", picture=True)
WEBP = Kind("image/webp", ".webp", picture=True)
PDF = Kind("application/pdf", ".pdf")
XLS = Kind("application/vnd.ms-excel", ".xls")
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
ZIP = Kind("application/zip", ".zip")
XML = Kind("application/xml", ".xml")
CSV = Kind("text/csv; charset=utf-8", ".csv")
TEXT = Kind("text/plain; charset=utf-8", ".txt")

# what a browser or a PDF reader would find in a "text" that is none
_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|svg|script|body|head|iframe|xsl:|[a-z]+:svg)|%PDF-", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def kind_of(head: bytes) -> Kind | None:
    """The type by the first bytes; None for anything not on the list. A zip is told apart by its contents later."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith((b"%PDF-1.", b"%PDF-2.")):
        return PDF
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return XLS
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ZIP
    return _text_kind(head)


def _text_kind(head: bytes) -> Kind | None:
    if not head or b"\x00" in head or _MARKUP.search(head) or not _readable(head):
        return None
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<?xml"):
        return XML
    if start.startswith(b"<"):
        return None
    first = start.splitlines()[0] if start else b""
    return CSV if b"," in first or b"\t" in first else TEXT


def _readable(head: bytes) -> bool:
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # the last character may be cut in two
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return not any(unicodedata.category(c) == "Cc" and c not in "\t\r\n\f" for c in text)
    return False


def safe_name(name: str, kind: Kind) -> str:
    """The name a person gave, without paths, control and direction marks, with the ending its contents deserve."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    stem = _UNSAFE.sub("_", PurePosixPath(name).stem).strip(". ") or "file"
    return stem[:120] + kind.ending
