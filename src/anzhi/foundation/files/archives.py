"""Zip files, and the Office files that are zips: told apart, and refused when they are bombs or hold programs."""

import zipfile
from pathlib import Path

from anzhi.foundation.files import refusals
from anzhi.foundation.files.rules import DOCX, MB, XLSX, ZIP, Kind

MOST_MEMBERS = 5_000
MOST_UNPACKED = 300 * MB
MOST_RATIO = 200


def looked_into(file: Path) -> Kind:
    """What this zip really is."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refusals.damaged() from error
    _weigh(members)
    names = {member.filename for member in members}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise refusals.macros()
    if "[Content_Types].xml" not in names:
        return ZIP
    if "xl/workbook.xml" in names:
        return XLSX
    if "word/document.xml" in names:
        return DOCX
    raise refusals.unknown_type()


def _weigh(members: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    too_dense = unpacked > 10 * MB and unpacked > MOST_RATIO * max(packed, 1)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or too_dense:
        raise refusals.bomb()


def hides_archive(file: Path) -> bool:
    """Whether something that is no zip ends in one: two files in one, made to be taken for another."""
    return zipfile.is_zipfile(file)
